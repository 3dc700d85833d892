"""Programs that an evaluation starts: bash for fixtures and gold commands, llmsh itself, and workers of its own.

Everything a case starts carries MARK in its environment, so that it is found and ended whatever it does to get away.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection

MARK = "LLMSH_EVALUATION"
SETTLE_SECONDS = 5.0
FORK_SECONDS = 1.0
TICK = 0.01
# -P and the path: neither the working folder nor PYTHONPATH decides which llmsh is evaluated.
START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from {module} import main; main()"


@dataclass(frozen=True)
class Ran:
    """What a program printed, and its exit status; None where it was ended because it took too long."""

    status: int | None
    out: str
    err: str = ""


@dataclass(frozen=True)
class Process:
    """A running process; the time it began tells it from a later one of the same number."""

    pid: int
    began: str
    command: str


def llmsh(module: str, *words: str) -> list[str]:
    """The command line that runs `main` of a module of this very llmsh."""
    package = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    return [sys.executable, "-P", "-c", START.format(module=module), package, *words]


def bash(script: str, folder: str, environment: Mapping[str, str], seconds: float, stdin: str | None = None) -> Ran:
    """Run a bash script to its end; what it leaves in the background goes on.

    It stands in a file: with `-c` its words would be those of a process, for `pkill -f` and for us.
    """
    with open(_script(environment[MARK]), "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(script)
    return run(["bash", file.name], folder, environment, seconds, stdin)


def _script(mark: str) -> str:
    return os.path.join(mark, "script")


def run(
    command: list[str], folder: str, environment: Mapping[str, str], seconds: float | None, stdin: str | None = None
) -> Ran:
    """Run a program to its end, or for so many seconds.

    Its output goes to files: a pipe would stay open for as long as what it has left in the background.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryFile() as given:
        given.write((stdin or "").encode("utf-8", "surrogateescape"))
        given.seek(0)
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=dict(environment),
            stdin=given if stdin is not None else subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        try:
            status: int | None = process.wait(seconds)
        except subprocess.TimeoutExpired:
            status = None
        finally:
            if process.returncode is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        return Ran(status, _read(out.fileno()), _read(err.fileno()))


class Worker:
    """A process of ours with a connection to it, in a session of its own: Ctrl-C reaches us alone."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        ours, theirs = socket.socketpair()
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115  it lives as long as the process
        with theirs:
            self._process = subprocess.Popen(
                llmsh("llmsh.evaluation.worker", str(theirs.fileno())),
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._stderr,
                cwd="/",
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )
        self.connection: Connection = Connection(ours.detach())

    def last_words(self) -> str:
        """The last line that it wrote to standard error."""
        said = _read(self._stderr.fileno()).strip().splitlines()
        return said[-1] if said else f"it ended with status {self._process.poll()}"

    def end(self) -> None:
        """End it, whatever it does."""
        self.connection.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._stderr.close()


def marked(mark: str) -> list[Process]:
    """The running processes that were started for a case, ourselves and zombies left out."""
    wanted = f"{MARK}={mark}".encode()
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit() and int(name) != os.getpid():
            process = _process(int(name), wanted)
            if process is not None:
                found.append(process)
    return found


def strangers(pids: tuple[int, ...], mark: str) -> set[int]:
    """Those of running processes that were not started for a case; a zombie is nobody's any more."""
    ours = {process.pid for process in marked(mark)}
    return {pid for pid in pids if pid not in ours and (pid < 1 or _began(pid) is not None)}


def is_running(process: Process) -> bool:
    """Whether a process has not ended."""
    return _began(process.pid) == process.began


def settled(mark: str, commands: tuple[str, ...]) -> list[Process]:
    """The processes of a case, once each of `commands` is among them or the time is up.

    `&` returns before the program is there: for a moment its process is one more shell with the script.
    """
    started = time.monotonic()
    while True:
        found, waited = marked(mark), time.monotonic() - started
        missing = [command for command in commands if not any(is_of(process, command) for process in found)]
        shells = [process for process in found if process.command == f"bash {_script(mark)}"]
        if not (missing and waited < SETTLE_SECONDS) and not (shells and waited < FORK_SECONDS):
            return found
        time.sleep(TICK)


def is_of(process: Process, command: str) -> bool:
    """Whether the words of a command line stand in that of a process; the program's folder does not matter."""
    program, *words = command.split()
    found = process.command.split()
    return any(
        os.path.basename(found[at]) == os.path.basename(program) and found[at + 1 : at + 1 + len(words)] == words
        for at in range(len(found))
    )


def end_marked(mark: str) -> None:
    """Kill everything that was started for a case, until nothing is left that could start more."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while (left := marked(mark)) and time.monotonic() < deadline:
        for process in left:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(process.pid, signal.SIGKILL)
        time.sleep(TICK)


def _process(pid: int, wanted: bytes) -> Process | None:
    try:
        with open(f"/proc/{pid}/environ", "rb") as file:
            if wanted not in file.read().split(b"\0"):
                return None
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            words = file.read().decode("utf-8", "surrogateescape").split("\0")
    except OSError:  # it has ended meanwhile, or is another user's
        return None
    began = _began(pid)
    return None if began is None else Process(pid, began, " ".join(" ".join(words).split()))


def _began(pid: int) -> str | None:
    """When a process began, in the kernel's ticks; None where it has ended, also if nobody has asked for its status."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else fields[19]


def _read(descriptor: int) -> str:
    size = os.fstat(descriptor).st_size
    return os.pread(descriptor, size, 0).decode("utf-8", "surrogateescape")
