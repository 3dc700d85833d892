"""Reaching other processes of the user: signals, memory, files, limits."""

from __future__ import annotations

import ctypes
import fcntl
import os
import resource
import select
import signal
import struct
import time

from .attempt import INSIDE, LIMIT, Attempt, World, attempt, contents, holds, need
from .calls import CLONE_NEWUTS, call

PTRACE_SEIZE, PTRACE_DETACH = 0x4206, 17
IOPRIO_IDLE = 3 << 13


@attempt("signal a process of the user")
def signal_victim(world: World) -> None:
    os.kill(world.victim, signal.SIGUSR1)


@attempt("signal a process group of the user")
def signal_victim_pgrp(world: World) -> None:
    os.killpg(world.victim, signal.SIGUSR1)


@attempt("signal a thread of the user")
def signal_tgkill(world: World) -> None:
    call("tgkill", world.victim, world.victim, int(signal.SIGUSR1))


@attempt("queue a signal to a process of the user")
def signal_sigqueue(world: World) -> None:
    number = int(signal.SIGUSR1)
    info = struct.pack("iiiiiI", number, 0, -1, 0, os.getpid(), os.getuid()).ljust(128, b"\0")
    call("rt_sigqueueinfo", world.victim, number, info)


@attempt("signal a process of the user through a descriptor of it")
def signal_pidfd(world: World) -> None:
    call("pidfd_send_signal", os.pidfd_open(world.victim), int(signal.SIGUSR1), None, 0)


@attempt("attach to a process of the user as a debugger does")
def ptrace_attach(world: World) -> None:
    call("ptrace", PTRACE_SEIZE, world.victim, 0, 0)


@attempt("read the memory of a process of the user")
def vm_read(world: World) -> None:
    need(_vm(world, "process_vm_readv", ctypes.create_string_buffer(8)) == 8, "nothing is read")


@attempt("write the memory of a process of the user")
def vm_write(world: World) -> None:
    need(_vm(world, "process_vm_writev", ctypes.create_string_buffer(b"evil evi")) == 8, "nothing is written")


@attempt("open the memory of a process of the user as a file")
def proc_mem_open(world: World) -> None:
    os.close(os.open(f"/proc/{world.victim}/mem", os.O_RDWR))


@attempt("read the environment of a process of the user")
def proc_environ(world: World) -> None:
    need(b"VICTIM" in contents(f"/proc/{world.victim}/environ"), "it is another one's")


@attempt("read the command line of a process of the user", floor=LIMIT)
def proc_cmdline(world: World) -> None:
    contents(f"/proc/{world.victim}/cmdline")


@attempt("see what a process of the user has open")
def proc_fd_steal(world: World) -> None:
    os.readlink(f"/proc/{world.victim}/fd/{world.victim_file}")


@attempt("have a process of the user killed first when memory runs out")
def proc_oom_adj(world: World) -> None:
    with open(f"/proc/{world.victim}/oom_score_adj", "w", encoding="ascii") as file:
        file.write("500")


@attempt("take an open file from a process of the user")
def pidfd_getfd(world: World) -> None:
    call("pidfd_getfd", os.pidfd_open(world.victim), world.victim_file, 0)


@attempt("limit a process of the user")
def prlimit_victim(world: World) -> None:
    resource.prlimit(world.victim, resource.RLIMIT_CORE, (0, 0))


@attempt("slow a process of the user")
def renice_victim(world: World) -> None:
    os.setpriority(os.PRIO_PROCESS, world.victim, 19)


@attempt("bind a process of the user to one processor")
def affinity_victim(world: World) -> None:
    os.sched_setaffinity(world.victim, os.sched_getaffinity(0))


@attempt("slow the disk of a process of the user")
def ioprio_victim(world: World) -> None:
    call("ioprio_set", 1, world.victim, IOPRIO_IDLE)


@attempt("enter the namespaces of a process of the user", needs_root=True)
def setns_victim(world: World) -> None:
    call("setns", os.open(f"/proc/{world.victim}/ns/uts", os.O_RDONLY), CLONE_NEWUTS)


# Further ones


@attempt("signal a process of the user through a file that becomes readable",
         tool=INSIDE, floor=INSIDE, trace=lambda world: _noted(world, signal.SIGIO))  # fmt: skip
def signal_by_file(world: World) -> None:
    reader, writer = os.pipe()
    fcntl.fcntl(reader, fcntl.F_SETOWN, world.victim)
    fcntl.fcntl(reader, fcntl.F_SETFL, fcntl.fcntl(reader, fcntl.F_GETFL) | os.O_ASYNC)
    os.write(writer, b"x")


@attempt("signal the shell itself")
def signal_shell(world: World) -> None:
    os.kill(world.shell, 0)


@attempt("change how a process of the user is scheduled")
def scheduler_victim(world: World) -> None:
    os.sched_setscheduler(world.victim, os.SCHED_BATCH, os.sched_param(0))


@attempt("drop the memory of a process of the user", needs_root=True)
def madvise_victim(world: World) -> None:
    vector = (ctypes.c_size_t * 2)(world.address & ~4095, 4096)
    call("process_madvise", os.pidfd_open(world.victim), vector, 1, 20, 0)


@attempt("compare what two processes have open", feature="kcmp")
def kcmp_victim(world: World) -> None:
    call("kcmp", os.getpid(), world.victim, 0, 0, world.victim_file)


@attempt("move the memory of a process of the user", feature="memory nodes")
def move_pages_victim(world: World) -> None:
    call("move_pages", world.victim, 0, None, None, None, 0)


@attempt("release the memory of a process that is ending", feature="process_mrelease")
def mrelease_victim(world: World) -> None:
    try:
        call("process_mrelease", os.pidfd_open(world.victim), 0)
    except OSError as error:
        if error.errno != 22:  # it may be asked for, only it is not ending
            raise


@attempt("attach to the shell itself as a debugger does")
def ptrace_shell(world: World) -> None:
    call("ptrace", PTRACE_SEIZE, world.shell, 0, 0)


@attempt("wait for the end of a process of the user through a descriptor of it", tool=LIMIT, floor=LIMIT)
def watch_victim(world: World) -> None:
    poller = select.poll()
    poller.register(os.pidfd_open(world.victim), select.POLLIN)
    poller.poll(0)


def _proc(file: str, what: str, sentence: str) -> Attempt:
    def act(world: World) -> None:
        path = f"/proc/{world.victim}/{file}".replace("TASK", f"task/{world.victim}")
        if what == "r":
            contents(path)
        else:
            os.close(os.open(path, os.O_WRONLY))

    act.__name__ = "proc_" + file.replace("/", "_").lower()
    return attempt(sentence)(act)


FILES = (
    _proc("maps", "r", "read where the memory of a process of the user is"),
    _proc("TASK/environ", "r", "read the environment of a thread of the user"),
    _proc("auxv", "r", "read the addresses a process of the user started with"),
    _proc("io", "r", "read how much a process of the user writes"),
    _proc("clear_refs", "w", "open clear_refs of a process of the user"),
    _proc("coredump_filter", "w", "open coredump_filter of a process of the user"),
    _proc("timerslack_ns", "w", "open timerslack_ns of a process of the user"),
    _proc("TASK/comm", "w", "open the name of a thread of the user"),
)


def _vm(world: World, name: str, buffer: ctypes.Array[ctypes.c_char]) -> int:
    local = (ctypes.c_size_t * 2)(ctypes.addressof(buffer), 8)
    remote = (ctypes.c_size_t * 2)(world.address, 8)
    return call(name, world.victim, local, 1, remote, 1, 0)


def _noted(world: World, number: int) -> bool:
    """Whether the victim has got a signal; it is given a moment."""
    deadline = time.monotonic() + 0.3
    while time.monotonic() < deadline:
        if holds(world.signals, f"{int(number)}\n"):
            return True
        time.sleep(0.01)
    return False
