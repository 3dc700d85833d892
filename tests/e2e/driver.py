"""Runs the installed `llmsh` in a small tree with a home of its own: one shot as a program, the REPL in a terminal."""

from __future__ import annotations

import codecs
import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pexpect

PROGRAM = str(Path(sys.executable).parent / "llmsh")
SECONDS = 60.0
SHOWN_SECONDS = 12.0
WHERE = "\x1b[6n"
LONGEST_ESCAPE = 12
ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][AB0]|[=>78])")


@dataclass(frozen=True)
class Ran:
    """What became of a run."""

    status: int
    out: str
    err: str

    @property
    def turns(self) -> list[dict[str, Any]]:
        """The objects of --json."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class Driver:
    """The program with a tree to work in. `answers` is what the scripted model says to a request: a plan, or
    plans with their probabilities."""

    tree: Path
    home: Path
    answers: dict[str, Any] = field(default_factory=dict)
    screens: list[Screen] = field(default_factory=list)

    @property
    def config(self) -> Path:
        """The folder of settings and plugins, made on first use."""
        return _made(self.home / ".config/llmsh")

    @property
    def data(self) -> Path:
        """The folder of the history, made on first use."""
        return _made(self.home / ".local/share/llmsh")

    def plugin(self, name: str, text: str) -> Path:
        """Write a plugin into the user's folder; its file."""
        path = _made(self.config / "plugins") / f"{name}.py"
        path.write_text(text, encoding="utf-8")
        return path

    def environment(self, **changed: str | None) -> dict[str, str]:
        """A user's environment; None takes a variable away."""
        plain: dict[str, str | None] = {
            "PATH": f"{Path(PROGRAM).parent}:/usr/local/bin:/usr/bin:/bin",
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "SHELL": "/bin/bash",
        }
        return {name: value for name, value in {**plain, **changed}.items() if value is not None}

    def command(self, *words: str) -> list[str]:
        """The command line, with the scripted model where no other is named."""
        if "--model" in words:
            return [PROGRAM, *words]
        script = self.home / "answers.json"
        script.write_text(json.dumps(self.answers), encoding="utf-8")
        return [PROGRAM, "--model", f"script:{script}", *words]

    def run(
        self,
        *words: str | bytes,
        stdin: bytes | None = None,
        cwd: Path | None = None,
        env: dict[str, str | None] | None = None,
    ) -> Ran:
        """Run it to its end; `stdin` is piped in where it is given."""
        texts = [os.fsdecode(word) for word in words]
        done = subprocess.run(
            self.command(*texts),
            input=stdin,
            stdin=None if stdin is not None else subprocess.DEVNULL,
            capture_output=True,
            cwd=cwd or self.tree,
            env=self.environment(**(env or {})),
            timeout=SECONDS,
            check=False,
        )
        return Ran(done.returncode, _text(done.stdout), _text(done.stderr))

    def lines(self, *lines: str | bytes, **more: Any) -> Ran:
        """Run lines in one session, as `-c` gives them."""
        return self.run(*[word for line in lines for word in ("-c", line)], **more)

    def json(self, *lines: str, flags: tuple[str, ...] = (), **more: Any) -> list[dict[str, Any]]:
        """The turns of some lines, without what differs from run to run."""
        ran = self.run("--json", *flags, *[word for line in lines for word in ("-c", line)], **more)
        return [timeless(turn) for turn in ran.turns]

    def interrupted(self, *words: str, started: Path) -> Ran:
        """Run it until a file is there, then press Ctrl-C: a signal for its whole process group."""
        with subprocess.Popen(
            self.command(*words),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.tree,
            env=self.environment(),
            start_new_session=True,
        ) as process:
            try:
                while not started.exists():
                    assert process.poll() is None
                    time.sleep(0.02)
                os.killpg(process.pid, signal.SIGINT)
                out, err = process.communicate(timeout=SECONDS)
            finally:
                process.kill()
            return Ran(process.returncode, _text(out), _text(err))

    def bash(self, script: str, **env: str | None) -> Ran:
        """A line of bash in which "$@" is the program."""
        done = subprocess.run(
            ["/bin/bash", "-c", script, "bash", *self.command()],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            cwd=self.tree,
            env=self.environment(**env),
            timeout=SECONDS,
            check=False,
        )
        return Ran(done.returncode, _text(done.stdout), _text(done.stderr))

    def repl(self, *words: str, **env: str | None) -> Screen:
        """The interactive shell in a terminal of 100 columns and 30 lines."""
        program, *rest = self.command(*words)
        child = pexpect.spawn(
            program, rest, cwd=str(self.tree), env=self.environment(**env), dimensions=(30, 100), timeout=SECONDS
        )
        child.delaybeforesend = None
        self.screens.append(Screen(child))
        return self.screens[-1]

    def close(self) -> None:
        """End every terminal that was opened."""
        for screen in self.screens:
            screen.close()

    def files(self) -> dict[str, bytes | str | None]:
        """Everything in the tree: a file's bytes, a link's target, None for a folder."""
        return {str(path.relative_to(self.tree)): _content(path) for path in sorted(self.tree.rglob("*"))}


class Screen:
    """A terminal with the program in it. `shown` is what came since the last wait, without escape codes."""

    def __init__(self, child: Any) -> None:
        self._child = child
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._pending = ""
        self.shown = ""
        self.raw = ""

    def wait(self, pattern: str) -> str:
        """Wait until the text that follows what was waited for before holds a pattern; gives the text up to its end."""
        deadline = time.monotonic() + SHOWN_SECONDS
        while True:
            found = re.search(pattern, self.shown, re.DOTALL)
            if found:
                before, self.shown = self.shown[: found.end()], self.shown[found.end() :]
                return before
            if time.monotonic() > deadline:
                raise AssertionError(f"no {pattern!r} in {self.shown!r}")
            self._read()

    def prompt(self) -> str:
        """Wait for the next prompt."""
        return self.wait("[❯»◇] ")

    def type(self, text: str) -> None:
        """Press keys."""
        self.send(text.encode())

    def send(self, data: bytes) -> None:
        """Press keys that may be no text. A terminal holds only so many: what it draws is read in between."""
        terminal = self._child.child_fd
        while data:
            if select.select([terminal], [terminal], [], SHOWN_SECONDS)[0]:
                self._read()
            else:
                data = data[os.write(terminal, data[:1024]) :]

    def enter(self, line: str) -> None:
        """Type a line and send it, once it is drawn: Enter must not be read together with a pasted text."""
        self.type(line)
        self.wait(re.escape(line))
        self.type("\r")

    def end(self) -> int:
        """Leave with Ctrl-D; the exit status."""
        self.type("\x04")
        while self.alive():
            continue
        return self.status()

    def alive(self) -> bool:
        """Read what there is; whether more may come."""
        return self._read()

    def status(self) -> int:
        """Wait for the program's end."""
        self._child.close(force=False)
        assert self._child.exitstatus is not None, f"it was ended by signal {self._child.signalstatus}"
        return int(self._child.exitstatus)

    def close(self) -> None:
        """End it, whatever it does, and wait until it has: pexpect gives a killed process a tenth of a second."""
        if self._child.isalive():
            self._child.kill(signal.SIGKILL)
            self._child.wait()
        self._child.close()

    def _read(self) -> bool:
        try:
            text = self._decoder.decode(self._child.read_nonblocking(1 << 16, timeout=1))
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += text
        if WHERE in text:  # as every terminal does; without an answer there is no toolbar
            self.send(b"\x1b[1;1R")
        plain = ESCAPES.sub("", self._pending + text)
        start = plain.rfind("\x1b")
        end = start if start >= len(plain) - LONGEST_ESCAPE and start >= 0 else len(plain)  # the rest of it is to come
        self.shown, self._pending = self.shown + plain[:end], plain[end:]
        return True


def timeless(turn: dict[str, Any]) -> dict[str, Any]:
    """A turn with every time set to 0."""
    calls = [{**call, "ms": 0} for call in turn["calls"]]
    return {**turn, "calls": calls, "timings_ms": dict.fromkeys(turn["timings_ms"], 0)}


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _content(path: Path) -> bytes | str | None:
    if path.is_symlink():
        return str(path.readlink())
    return path.read_bytes() if path.is_file() else None
