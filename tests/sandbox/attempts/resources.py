"""Taking more of the machine than the call was given, or longer."""

from __future__ import annotations

import fcntl
import mmap
import os
import resource
import signal
import time
from contextlib import suppress

from .attempt import INSIDE, LIMIT, Policy, Refused, World, attempt, need, nowhere

BIG = 2 << 30
PAGE = 4096
OPEN = 5000
MANY = 300


def _survives(world: World) -> bool:
    """Whether a lock on the file is still held a moment after the call has ended."""
    deadline = time.monotonic() + 0.3
    with open(f"{world.work}/lock", "w", encoding="ascii") as file:
        while time.monotonic() < deadline:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                time.sleep(0.02)
            else:
                return False
    return True


@attempt("take 2 GiB of memory", alone=True)
def res_memory_2g(world: World) -> None:
    mmap.mmap(-1, BIG, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)


@attempt("make a file of 2 GiB", alone=True)
def res_file_2g(world: World) -> None:
    with open(f"{world.work}/big", "wb") as file:
        file.truncate(BIG)
    os.unlink(f"{world.work}/big")


@attempt("open 5,000 files", feature="that many open files", alone=True)
def res_fds_5000(world: World) -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    number = os.open(world.work, os.O_PATH)
    copies = []
    try:
        for _ in range(OPEN):
            copies.append(os.dup(number))
    finally:
        for copy in copies:
            os.close(copy)


@attempt("start 300 processes", root={Policy.FLOOR: LIMIT}, alone=True)  # the kernel does not hold root to a number
def res_fork_300(world: World) -> None:
    started = []
    try:
        for _ in range(MANY):
            pid = os.fork()
            if pid == 0:
                signal.pause()
                os._exit(0)
            started.append(pid)
    finally:
        for pid in started:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


@attempt("use the processor without a limit", alone=True)
def res_cpu_spin(world: World) -> None:
    need(resource.getrlimit(resource.RLIMIT_CPU)[1] == resource.RLIM_INFINITY, "there is one")


@attempt("leave a copy of the memory when the program crashes", feature="core dumps", alone=True)
def res_core(world: World) -> None:
    need(resource.getrlimit(resource.RLIMIT_CORE)[1] != 0, "none is made")


@attempt("leave a process that outlives the call", floor=INSIDE, strict=INSIDE, trace=_survives)
def bg_survivor(world: World) -> None:
    _daemon(world)


# Further ones


@attempt("raise the limits again", alone=True)
def res_raise(world: World) -> None:
    try:
        for kind in (resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
            resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except ValueError as error:
        raise Refused(str(error)) from None


@attempt("write a file of 2 GiB in pieces far apart", alone=True)
def res_file_sparse(world: World) -> None:
    with open(f"{world.work}/big", "wb") as file:
        file.seek(BIG)
        file.write(b"x")
    os.unlink(f"{world.work}/big")


# No limit of the kernel counts it but those of control groups: it is weighed from outside, once it is taken.
@attempt("take 2 GiB of memory that children would share", alone=True)
def res_shared_2g(world: World) -> None:
    held = mmap.mmap(-1, BIG, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS)
    for start in range(0, BIG, PAGE):
        held[start] = 1
    time.sleep(1)


@attempt("take 2 GiB of memory in a shared file that has no name", alone=True)
def res_memfd_2g(world: World) -> None:
    os.ftruncate(os.memfd_create("big", 0), BIG)


@attempt("run before all other processes", needs_root=True, alone=True)
def res_nice(world: World) -> None:
    os.setpriority(os.PRIO_PROCESS, 0, -10)


@attempt("run in real time", needs_root=True, alone=True)
def res_real_time(world: World) -> None:
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))


@attempt("lock memory so that it cannot be swapped", tool=INSIDE, floor=INSIDE, strict=INSIDE, trace=nowhere)
def res_lock_memory(world: World) -> None:
    import ctypes

    need(ctypes.CDLL(None).mlock(ctypes.create_string_buffer(4096), 4096) == 0, "it is not locked")


@attempt("leave a process that ignores every signal it may", floor=INSIDE, strict=INSIDE, trace=_survives)
def bg_deaf(world: World) -> None:
    _daemon(world, deaf=True)


@attempt("leave 30 processes, each in a session of its own", floor=INSIDE, strict=INSIDE, trace=_survives)
def bg_many(world: World) -> None:
    for _ in range(30):
        _daemon(world, flags=fcntl.LOCK_SH)


def _daemon(world: World, flags: int = fcntl.LOCK_EX, *, deaf: bool = False) -> None:
    """A process in a session of its own, whose parent has gone; it holds a lock as long as it lives, 20 s at most."""
    reader, writer = os.pipe()
    if (pid := os.fork()) == 0:
        os.setsid()
        if os.fork() == 0:
            _stay(world, flags, writer, deaf=deaf)
        os._exit(0)
    os.waitpid(pid, 0)
    os.close(writer)
    if not os.read(reader, 1):
        raise Refused("the process did not start")
    os.close(reader)


def _stay(world: World, flags: int, writer: int, *, deaf: bool) -> None:
    try:
        if deaf:
            for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
                with suppress(OSError):
                    signal.signal(number, signal.SIG_IGN)
        fcntl.flock(os.open(f"{world.work}/lock", os.O_CREAT | os.O_RDWR), flags)
        for number in (0, 1, 2):
            os.dup2(os.open("/dev/null", os.O_RDWR), number)
        os.write(writer, b"x")
        os.close(writer)
        time.sleep(20)
    finally:
        os._exit(0)
