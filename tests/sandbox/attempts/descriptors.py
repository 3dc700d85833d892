"""What a call may have been left by whoever started it: open files, environment, memory."""

from __future__ import annotations

import ctypes
import fcntl
import gc
import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress

from .attempt import Refused, World, attempt, contents, need

SECRET = re.compile(rb"key-[0-9a-f]{32}")
PAGE = 4096
ARENA = 1 << 20
"""Python takes its memory in pieces of this size."""


def _finds(data: bytes, world: World) -> bool:
    return any(hashlib.sha256(found).hexdigest() == world.secret_hash for found in SECRET.findall(data))


@attempt("read a file that the shell has open")
def leaked_file_fd(world: World) -> None:
    need(_finds(os.pread(world.leaked_file, 1000, 0), world), "it is another file")


@attempt("open a file below a folder that the shell has open")
def leaked_dir_fd(world: World) -> None:
    need(os.read(os.open(".ssh/id_rsa", os.O_RDONLY, dir_fd=world.leaked_folder), 100), "nothing is read")


@attempt("find any open file besides the standard ones and the socket that the answer goes through")
def leaked_any_fd(world: World) -> None:
    numbers = [number for number in range(3, 4096) if _is_open(number)]
    sockets = [number for number in numbers if stat.S_ISSOCK(os.fstat(number).st_mode)]
    need(len(numbers) > 1 or numbers != sockets, "there is none")


@attempt("find a key of the shell in the environment")
def env_secret(world: World) -> None:
    listed = "\n".join(f"{name}={value}" for name, value in os.environ.items()).encode()
    with suppress(OSError, Refused):  # without /proc the environment of this Python is all that can be asked
        listed += contents("/proc/self/environ")
    need(_finds(listed, world), "it is not there")


@attempt("find a key of the shell in the memory of this process")
def mem_secret_scan(world: World) -> None:
    need(any(_finds(piece, world) for piece in _memory()), "it is not there")


# Further ones


@attempt("find a key of the shell in the environment of the process above", alone=True)
def env_secret_of_parent(world: World) -> None:
    need(_finds(contents(f"/proc/{os.getppid()}/environ"), world), "it is not there")


@attempt("find a key of the shell in the environment of the shell")
def env_secret_of_shell(world: World) -> None:
    need(_finds(contents(f"/proc/{world.shell}/environ"), world), "it is not there")


@attempt("find a terminal among the standard files")
def standard_terminal(world: World) -> None:
    need(any(os.isatty(number) for number in (0, 1, 2)), "there is none")


@attempt("find a way to run programs first: LD_PRELOAD, BASH_ENV, PYTHONSTARTUP or . in PATH")
def env_hooks(world: World) -> None:
    path = os.environ.get("PATH", "").split(":")
    hooks = ("LD_PRELOAD", "LD_LIBRARY_PATH", "BASH_ENV", "ENV", "PYTHONSTARTUP", "GIT_EXEC_PATH", "SSH_AUTH_SOCK")
    need(any(name in os.environ for name in hooks) or "." in path or "" in path, "there is none")


def _is_open(number: int) -> bool:
    try:
        fcntl.fcntl(number, fcntl.F_GETFD)
    except OSError:
        return False
    return True


def _memory() -> Iterator[bytes]:
    """The memory of this process, as /proc shows it; without that, the arenas that Python's objects are in."""
    try:
        with open("/proc/self/maps", encoding="ascii") as file:
            ranges = [_range(line) for line in file if line.split()[1].startswith("r") and "[v" not in line]
    except OSError:
        arenas = {id(thing) // ARENA for thing in gc.get_objects()}
        ranges = [(page, page + PAGE) for arena in arenas for page in range(arena * ARENA, (arena + 1) * ARENA, PAGE)]
    for start, end in ranges:
        if end - start < 256 << 20:
            yield from _pages(start, end)


def _range(line: str) -> tuple[int, int]:
    start, _, end = line.split(maxsplit=1)[0].partition("-")
    return int(start, 16), int(end, 16)


def _pages(start: int, end: int) -> Iterator[bytes]:
    """What is there to read: write() says EFAULT of an address that is not, where reading it would end the process."""
    reader, writer = os.pipe()
    try:
        for page in range(start, end, 16 * PAGE):
            size = min(16 * PAGE, end - page)
            if ctypes.CDLL(None).write(writer, ctypes.c_void_p(page), ctypes.c_size_t(size)) > 0:
                yield os.read(reader, size)
    finally:
        os.close(reader)
        os.close(writer)
