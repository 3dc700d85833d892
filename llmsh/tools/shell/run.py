"""Run a command line: what no other tool covers (git, package managers, compilers, awk, services)."""

from __future__ import annotations

import os
import select
import selectors
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from typing import BinaryIO

from llmsh.errors import ToolFailed
from llmsh.plain import plain_lines
from llmsh.tool import Example, Paths, tool
from llmsh.tools.paths import expand
from llmsh.types import LINE, Effects, Limits, Row, Rows, Text

PIECE = 1 << 16
LONGEST = 1 << 20
"""Bytes after which a line without an end is given out in parts."""
MOST_NOTES = 200
LINGER = 0.05
"""Seconds of silence after which output that only background processes hold open is taken as complete."""
MOST_LATE = 16
"""Reads after the end of the shell: enough for all that a pipe can hold."""
GRACE = 1.0
"""Seconds a command gets to end when it is stopped."""


def _effects(command: str, writes: tuple[str, ...] = (), network: bool = False, **_: object) -> Effects:
    return Effects(runs=(command,), writes=tuple(expand(writes)), network=network)


@tool(
    effects=_effects,
    limits=Limits(seconds=600, memory=8 << 30, processes=256, file=4 << 30),
    also=(
        "execute",
        "command",
        "git",
        "npm",
        "pip",
        "apt",
        "make",
        "docker",
        "systemctl",
        "awk",
        "sed",
        "运行",
        "执行",
    ),
    examples=(
        Example("show the last five commits", 'run("git log --oneline -5")'),
        Example("git status", 'run("git status")'),
        Example("what did I change since the last commit?", 'run("git diff HEAD")'),
        Example("commit everything with the message fix", 'run("git commit -am \'fix\'", writes=".")'),
        Example("push to the remote please", 'run("git push", writes=".", network=True)'),
        Example("which branch am I on", 'run("git branch --show-current")'),
        Example("create a branch called login and switch to it", 'run("git switch -c login", writes=".")'),
        Example("install the npm packages", 'run("npm install", writes=".", network=True)'),
        Example("build the project with make", 'run("make", writes=".")'),
        Example("run a.py", 'run("python3 a.py", writes=".")', finds=("hello",)),
        Example("restart nginx", 'run("sudo systemctl restart nginx")'),
        Example("which docker containers are running?", 'run("docker ps")'),
        Example("pip install requests", 'run("pip install requests", writes="~/.local", network=True)'),
        Example(
            "print the third column of data.csv with awk",
            "run(\"awk -F, '{print $3}' data.csv\")",
            finds=("city", "Oslo", "Rome", "Oslo", "Bern"),
        ),
        Example("run the tests", 'run("python3 -m pytest", writes=".")'),
        Example("which python version is this", 'run("python3 --version")'),
        Example("ping example.com three times", 'run("ping -c 3 example.com", network=True)'),
        Example("translate names.txt to capital letters with tr", 'read("names.txt") | run("tr a-z A-Z")'),
        Example("运行 script.sh", 'run("./script.sh", writes=".")', finds=("run",), language="zh"),
        Example("查看最近三次提交", 'run("git log --oneline -3")', language="zh"),
        Example("安装 numpy", 'run("pip install numpy", writes="~/.local", network=True)', language="zh"),
    ),
)
def run(
    given: Rows | None,
    /,
    command: str,
    *,
    writes: Paths = (),  # noqa: ARG001  it says what the cage lets the command write
    network: bool = False,  # noqa: ARG001  and this whether it may connect
) -> Text:
    """Run a command line: git, package managers, compilers and whatever no other tool does.

    What is piped in becomes its standard input. It may write only where `writes` says and connect only with network.
    Nothing it starts outlives it.

    Args:
        command: the command line, as a POSIX shell reads it.
        writes: files and folders it changes.
        network: whether it connects to other machines.
    """
    if not command.strip():
        raise ToolFailed("there is no command to run", 'name it: run("git status")')
    notes: list[str] = []
    return Text(LINE, _lines(command, given, notes), notes, command)


def _lines(command: str, given: Rows | None, notes: list[str]) -> Iterator[Row]:
    """The lines of standard output as they come; those of standard error become notes."""
    program = _start(command, given)
    status = 0
    errors = bytearray()
    try:
        rest = bytearray()
        for piece in _pieces(program, errors):
            rest += piece
            *whole, rest = rest.split(b"\n")
            for line in whole:
                yield (_text(line),)
            if len(rest) >= LONGEST:
                yield (_text(rest),)
                rest = bytearray()
        if rest:
            yield (_text(rest),)
        os.waitid(os.P_PID, program.pid, os.WEXITED | os.WNOWAIT)
    finally:
        status = _end(program)
        notes.extend(_said(errors))
    if status:
        raise _failed(status)


def _start(command: str, given: Rows | None) -> subprocess.Popen[bytes]:
    """Start the command in a session of its own: without a terminal it can neither read keys nor push any back."""
    shell = shutil.which("bash") or "/bin/sh"
    with _input(given) as source:
        try:
            return subprocess.Popen(
                [shell, "-c", command],
                stdin=source,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except ValueError:
            raise ToolFailed("a command line cannot hold a zero byte") from None


def _input(given: Rows | None) -> BinaryIO:
    """What the command reads: the piped rows as plain text, held in memory so that both sides may take their time."""
    if given is None:
        return open(os.devnull, "rb")
    with ExitStack() as stack:
        source = stack.enter_context(os.fdopen(os.memfd_create("llmsh-input"), "w+b"))
        for line in plain_lines(given):
            source.write(line.encode("utf-8", "surrogateescape") + b"\n")
        source.seek(0)
        stack.pop_all()  # all went well: whoever asked for it closes it
    return source


def _pieces(program: subprocess.Popen[bytes], errors: bytearray) -> Iterator[bytes]:
    """What the command writes to standard output, until nobody can write any more; errors are gathered meanwhile.

    A process left in the background keeps the pipes open: once the shell has ended and all is quiet, that is the end.
    """
    with selectors.DefaultSelector() as selector:
        for stream in (program.stdout, program.stderr):
            selector.register(stream, selectors.EVENT_READ)  # type: ignore[arg-type]  # both are pipes
        late = 0
        while selector.get_map() and late < MOST_LATE:
            ended = _has_ended(program)
            late += ended
            ready = selector.select(LINGER)
            if not ready and ended:
                return
            for key, _ in ready:
                piece = os.read(key.fd, PIECE)
                if not piece:
                    selector.unregister(key.fileobj)
                elif key.fileobj is program.stdout:
                    yield piece
                else:
                    errors += piece
                    del errors[: max(0, len(errors) - LONGEST)]


def _text(line: bytes | bytearray) -> str:
    return bytes(line).removesuffix(b"\r").decode("utf-8", "surrogateescape")


def _said(errors: bytearray) -> list[str]:
    """The last lines of standard error; of a line that was drawn over again and again, its last state."""
    lines = [_text(line).rpartition("\r")[2] for line in errors.split(b"\n")]
    return [line for line in lines if line.strip()][-MOST_NOTES:]


def _failed(status: int) -> ToolFailed:
    if status > 0:
        hint = {126: "it may not be executed", 127: "it may not be installed, see which()"}.get(status, "")
        return ToolFailed(f"the command ended with status {status}", hint, status)
    name = signal.Signals(-status).name if -status in signal.valid_signals() else str(-status)
    return ToolFailed(f"the command was ended by {name}", "", 128 - status)


def _has_ended(program: subprocess.Popen[bytes]) -> bool:
    """Whether it has; it is not reaped, so that its number, and the group's, can be nobody else's yet."""
    return os.waitid(os.P_PID, program.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _end(program: subprocess.Popen[bytes]) -> int:
    """End what is left of the command and of all it started, and give its status.

    It is asked first, so that git may remove its locks.
    """
    with suppress(ProcessLookupError, PermissionError):
        if not _has_ended(program):
            os.killpg(program.pid, signal.SIGTERM)
            watched = os.pidfd_open(program.pid)
            select.select([watched], [], [], GRACE)
            os.close(watched)
        os.killpg(program.pid, signal.SIGKILL)
    for stream in (program.stdout, program.stderr):
        if stream is not None:
            stream.close()
    return program.wait()
