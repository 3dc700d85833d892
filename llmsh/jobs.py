"""Job control: who has the terminal, what was stopped with Ctrl-Z, and `fg`, `bg` and `jobs`.

A command gets a process group of its own and the terminal with it, so that Ctrl-C and Ctrl-Z reach it and not llmsh.
Without a terminal of ours it simply runs beside us.
"""

from __future__ import annotations

import os
import re
import signal
import termios
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from llmsh.clean import clean_line

STDIN = 0
REPORT = 199  # the report's descriptor: where no script puts its own (`exec 9>lock` is common)
BUILTIN = re.compile(r"\s*(?:(fg|bg)(?:\s+%?(\d+))?|(jobs))\s*")
# What a shell catches or ignores for itself and a program must find as the system sets it.
DEFAULTS = (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU, signal.SIGPIPE)
TAKES_TERMINAL = (signal.SIGTTOU, signal.SIGTTIN)
Modes = list[int | list[bytes | int]]


@dataclass
class Job:
    """A command that was stopped, or goes on behind us. `modes` are the terminal's as it left them."""

    number: int
    line: str
    pid: int
    modes: Modes | None = None
    running: bool = False


@dataclass(frozen=True)
class Outcome:
    """How a command ended, or that it was only stopped (`ended` is False)."""

    status: int
    ended: bool = True


class Jobs:
    """Starts commands in the foreground and keeps those that were stopped."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._jobs: list[Job] = []

    def run(self, shell: str, script: str, line: str, environment: dict[str, str], report: int) -> Outcome:
        """Run a script in the foreground; `report` becomes its descriptor REPORT. Raises OSError, ValueError."""
        self._reap()
        ours = _terminal_is_ours()
        group = 0 if ours else os.getpgrp()  # 0: a new one
        pid = os.posix_spawn(
            shell, (shell, "-c", script), environment, file_actions=[(os.POSIX_SPAWN_DUP2, report, REPORT)],
            setpgroup=group, setsigdef=DEFAULTS, setsigmask=(),
        )  # fmt: skip
        number = max((job.number for job in self._jobs), default=0) + 1
        job = Job(number, line, pid)
        return self._foreground(job) if ours else _beside(pid)

    def builtin(self, line: str) -> int | None:
        """Do `fg`, `bg` or `jobs` and return its status; None for any other line."""
        found = BUILTIN.fullmatch(line)
        if found is None:
            return None
        self._reap()
        if found[3]:
            for job in self._jobs:
                self._say(f"[{job.number}] {'running' if job.running else 'stopped'}  {clean_line(job.line)}")
            return 0
        wanted = [job for job in self._jobs if not found[2] or job.number == int(found[2])]
        if not wanted or (found[1] == "fg" and not _terminal_is_ours()):
            self._say(f"{found[1]}: no such job" if self._jobs else f"{found[1]}: there is no stopped job")
            return 1
        return self._resume(wanted[-1], found[1])

    def _resume(self, job: Job, how: str) -> int:
        if how == "bg":
            job.running = True
            self._say(f"[{job.number}] {clean_line(job.line)} &")
            _signal(job.pid, signal.SIGCONT)
            return 0
        self._jobs.remove(job)
        self._say(clean_line(job.line))
        return self._foreground(job).status

    def _foreground(self, job: Job) -> Outcome:
        """Give a job the terminal until it ends or stops, then take the terminal back and set it right."""
        saved = termios.tcgetattr(STDIN)
        _give_terminal(job.pid)
        if job.modes is not None:
            _set_modes(job.modes)
        _signal(job.pid, signal.SIGCONT)  # it may have reached for the terminal before it was given, and been stopped
        code = _wait_in_front(job.pid)
        _give_terminal(os.getpgrp())
        left: Modes = termios.tcgetattr(STDIN)
        if os.WIFSTOPPED(code):
            _set_modes(saved)
            job.modes, job.running = left, False
            self._jobs.append(job)
            self._say(f"\nstopped: {clean_line(job.line)} (fg to go on)")
            return Outcome(128 + os.WSTOPSIG(code), ended=False)
        status = _status(code)
        if status > 128 or _unusable(saved, left):
            _set_modes(saved)
        if status == 128 + signal.SIGINT:
            self._say("")  # the terminal has shown ^C without a line end
        return Outcome(status)

    def _reap(self) -> None:
        """Forget the jobs that ended behind us, and notice those that were stopped there."""
        for job in list(self._jobs):
            try:
                pid, code = os.waitpid(job.pid, os.WNOHANG | os.WUNTRACED)
            except ChildProcessError:
                pid, code = job.pid, 0
            if pid and os.WIFSTOPPED(code):
                job.running = False
            elif pid:
                self._jobs.remove(job)
                self._say(f"[{job.number}] done  {clean_line(job.line)}")


def _beside(pid: int) -> Outcome:
    """Wait for a command in our own process group. Ctrl-C reached it too: its end is awaited, a second one ends it."""
    asked = False
    while True:
        try:
            return Outcome(_status(os.waitpid(pid, 0)[1]))
        except KeyboardInterrupt:
            if asked:
                os.kill(pid, signal.SIGTERM)
            asked = True


def _wait_in_front(pid: int) -> int:
    """Wait until a job ends or stops. An interrupt that was sent to us alone is passed on: the job is what it meant."""
    while True:
        try:
            return os.waitpid(pid, os.WUNTRACED)[1]
        except KeyboardInterrupt:
            _signal(pid, signal.SIGINT)


def _status(code: int) -> int:
    return 128 + os.WTERMSIG(code) if os.WIFSIGNALED(code) else os.WEXITSTATUS(code)


def _terminal_is_ours() -> bool:
    """Whether standard input is our controlling terminal and we are in front; in the background nothing is touched."""
    try:
        return os.isatty(STDIN) and os.tcgetpgrp(STDIN) == os.getpgrp()
    except OSError:
        return False


def _give_terminal(group: int) -> None:
    """Put a process group in front. From behind, the call itself would stop us: hence the block."""
    with _blocked(*TAKES_TERMINAL):
        try:
            os.tcsetpgrp(STDIN, group)
        except OSError:  # the group is gone already, or the terminal is
            return


def _set_modes(modes: Modes) -> None:
    with _blocked(*TAKES_TERMINAL):
        try:
            termios.tcsetattr(STDIN, termios.TCSADRAIN, modes)
        except termios.error:  # the terminal was closed
            return


def _unusable(before: Modes, after: Modes) -> bool:
    """Whether a program left the terminal raw or silent; other wishes (`stty -ixon`) are the user's and stay."""
    keep = ((0, termios.ICRNL), (1, termios.OPOST), (3, termios.ICANON | termios.ECHO | termios.ISIG))
    return any(int(before[place]) & ~int(after[place]) & flags for place, flags in keep)  # type: ignore[arg-type]


def _signal(group: int, number: signal.Signals) -> None:
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return


@contextmanager
def _blocked(*signals: signal.Signals) -> Iterator[None]:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
