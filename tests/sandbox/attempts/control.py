"""The control of an attempt: the same act in the same world, by a child that nothing confines."""

from __future__ import annotations

import ctypes
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from . import perform
from .attempt import Attempt, World

SECONDS = 20
PR_SET_CHILD_SUBREAPER = 36


def unconfined(attempt: Attempt, world: World, terminal: str) -> str:
    """What `perform` says in a child with a terminal, with all that the shell has open and knows."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(reader)
            signal.alarm(SECONDS)
            os.setsid()
            os.dup2(os.open(terminal, os.O_RDWR), 0)
            os.chdir(world.work)
            os.write(writer, perform(attempt, world).encode()[:1000] + b"\n")
        finally:
            os._exit(0)
    os.close(writer)
    said = os.read(reader, 1001).decode()
    os.close(reader)
    os.waitpid(pid, 0)
    return said.rstrip("\n") or "refused: the process has died"


@contextmanager
def nothing_left() -> Iterator[None]:
    """What controls leave behind is handed to this process and ended."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    before = children()
    try:
        yield
    finally:
        while left := children() - before:
            for pid in left:
                with suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGKILL)
                with suppress(ChildProcessError):
                    os.waitpid(pid, 0)


def children() -> set[int]:
    """The processes whose parent is this one."""
    with open(f"/proc/self/task/{os.getpid()}/children", encoding="ascii") as file:
        return set(map(int, file.read().split()))
