"""A plugin of tools that misbehave, each in its own way, and some that tell where they run."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from itertools import count as numbers
from typing import Any

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Pids, tool
from llmsh.types import LINE, Changes, Column, Files, Number, Row, Rows, Table, Text

rogue: Callable[..., Any] = tool(examples=(Example("misbehave", "abort()"),) * 3)
PID = (Column("pid"),)


class MyFiles(Files):
    """A type that the shell does not know."""


def wait_for_ever() -> None:
    while True:
        signal.pause()


def child(and_then: Callable[[], object] = wait_for_ever) -> int:
    """Fork a process that stays; its number."""
    pid = os.fork()
    if pid == 0:
        and_then()
        os._exit(0)
    return pid


def socket_number() -> int:
    """The call's own socket."""
    return next(number for number in range(3, 100) if os.path.exists(f"/proc/self/fd/{number}"))


@rogue
def abort() -> Number:
    """Crash in C."""
    os.abort()


@rogue
def segfault() -> Number:
    """Read address 0."""
    ctypes.string_at(0)
    return Number((Column("value"),), [])


@rogue
def divide() -> Number:
    """Crash in Python, after two rows."""

    def rows() -> Iterator[Row]:
        yield (1,)
        yield (2,)
        yield (1 // 0,)

    return Number((Column("value"),), rows())


@rogue
def sys_exit(*, status: int = 0) -> Number:
    """Call sys.exit."""
    sys.exit(status)


@rogue
def hard_exit(*, status: int = 0) -> Number:
    """End without a word."""
    os._exit(status)


@rogue
def interrupt_itself() -> Number:
    """Raise what Ctrl-C raises."""
    raise KeyboardInterrupt


@rogue
def hang() -> Table:
    """Give its own number and that of a child, then nothing more."""

    def rows() -> Iterator[Row]:
        yield (os.getpid(), child())
        wait_for_ever()

    return Table((*PID, Column("child")), rows())


@rogue
def hang_at_once() -> Table:
    """Never return."""
    wait_for_ever()
    return Table(PID, [])


@rogue
def spin() -> Table:
    """Burn processor time."""
    while True:
        pass


@rogue
def flood(*, width: int = 1) -> Text:
    """Lines without end."""
    return Text(LINE, (("x" * width,) for _ in numbers()))


@rogue
def one_huge_line(*, width: int = 1) -> Text:
    """One line."""
    return Text(LINE, [("short",), ("x" * width,)])


@rogue
def eat() -> Number:
    """Take all memory."""
    return Number((Column("value"),), [(len([bytearray(10 << 20) for _ in numbers()]),)])


@rogue
def chatter() -> Number:
    """Write to the standard streams and read from them."""
    sys.stdout.write("noise" * 100_000)
    sys.stderr.write("noise" * 100_000)
    os.write(1, b"\x1b[2Jraw")
    return Number((Column("value"),), [(len(sys.stdin.read()),)])


@rogue
def breed() -> Table:
    """Leave a child, and a grandchild in a session of its own, and end well."""
    there, here = os.pipe()

    def escape() -> None:
        os.setsid()
        if os.fork():
            os._exit(0)
        os.write(here, b"%d" % os.getpid())
        wait_for_ever()

    first = child()
    child(escape)
    return Table(PID, [(first,), (int(os.read(there, 32)),)])


@rogue
def breed_and_abort() -> Table:
    """Leave a child that holds the call's socket, and crash."""

    def rows() -> Iterator[Row]:
        yield (child(),)
        os.abort()

    return Table(PID, rows())


@rogue
def shut() -> Table:
    """Close every file, then give a row."""
    os.closerange(3, 200)
    return Table(PID, [(1,)])


@rogue
def shut_and_hang() -> Table:
    """Close every file, then hang."""
    os.closerange(3, 200)
    wait_for_ever()
    return Table(PID, [])


@rogue
def say(*, code: str = "") -> Table:
    """Send bytes of its own choice (in hexadecimal) to the shell, then hang."""
    os.write(socket_number(), bytes.fromhex(code))
    wait_for_ever()
    return Table(PID, [])


@rogue
def kill_zygote() -> Table:
    """Kill the process that forked it."""
    os.kill(os.getppid(), signal.SIGKILL)
    wait_for_ever()
    return Table(PID, [])


@rogue
def some_then_fail() -> Text:
    """Give two lines and a note, then fail as a program does."""
    text = Text(LINE, [], title="make")

    def rows() -> Iterator[Row]:
        yield ("cc a.c",)
        yield ("cc b.c",)
        text.notes.append("b.o is missing")
        raise ToolFailed("make failed (exit status 7)", "see its output", 7)

    return Text(LINE, rows(), text.notes, text.title)


@rogue
def no_space() -> Text:
    """Fail as a full disk does."""
    raise OSError(28, "No space left on device", "big.iso")


@rogue
def wrong_width() -> Table:
    """Give a row that is too short."""
    return Table((Column("a"), Column("b")), [(1, 2), (3,)])


@rogue
def nothing() -> Table:
    """Give no rows at all."""
    return None  # type: ignore[return-value]


@rogue
def object_row() -> Table:
    """Give what is no scalar."""
    return Table(PID, [(object(),)])  # type: ignore[list-item]


@rogue
def list_row() -> Table:
    """Give a list as a value."""
    return Table(PID, [([1, 2],)])  # type: ignore[list-item]


@rogue
def my_files() -> Files:
    """Files of a type of its own."""
    return MyFiles((Column("path"),), [("a",)])


@rogue
def changed() -> Changes:
    """A deleted file."""
    return Changes((Column("path"),), [("gone.txt",)])


@rogue
def sources(given: Files, /) -> Text:
    """The type and the rows that came through the pipe."""
    return Text(LINE, [(f"{type(given).__name__} {row!r}",) for row in given.rows], given.notes)


@rogue
def maybe(given: Rows | None = None, /, *, pids: Pids = ()) -> Text:
    """What it was called with."""
    return Text(LINE, [(f"{given!r} {pids!r}",)])


@rogue
def surroundings() -> Table:
    """Where it runs."""
    files = sorted(int(name) for name in os.listdir("/proc/self/fd") if os.path.lexists(f"/proc/self/fd/{name}"))
    facts: dict[str, str | int] = {
        "leads its session": int(os.getsid(0) == os.getpid() == os.getpgrp()),
        "files above 2": len([number for number in files if number > 2]),
        "stdin": os.readlink("/proc/self/fd/0"),
        "stdout": os.readlink("/proc/self/fd/1"),
        "stderr": os.readlink("/proc/self/fd/2"),
        "folder": os.getcwd(),
        "PATH": os.environ["PATH"],
        "secret": os.environ.get("API_KEY", ""),
        "memory": resource.getrlimit(resource.RLIMIT_AS)[0],
        "data": resource.getrlimit(resource.RLIMIT_DATA)[0],
        "core": resource.getrlimit(resource.RLIMIT_CORE)[1],
        "model": int(any(name in sys.modules for name in ("llama_cpp", "rich", "typer", "prompt_toolkit"))),
    }
    return Table((Column("name"), Column("value")), list(facts.items()))


TOOLS = (
    abort, segfault, divide, sys_exit, hard_exit, interrupt_itself, hang, hang_at_once, spin, flood, one_huge_line, eat,
    chatter, breed, breed_and_abort, shut, shut_and_hang, say, kill_zygote, some_then_fail, no_space, wrong_width,
    nothing, object_row, list_row, my_files, changed, sources, maybe, surroundings,
)  # fmt: skip


def register(registry: Any) -> None:
    for function in TOOLS:
        registry.tool(function)
