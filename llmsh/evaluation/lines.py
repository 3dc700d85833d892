"""Runs the lines of a case as one session: in this process with a model that is loaded already, or as a program."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from llmsh.app import Options, build
from llmsh.errors import Interrupted, NoModel
from llmsh.evaluation import programs
from llmsh.loading import ModelLoader
from llmsh.shell import is_nothing, leaving
from llmsh.turn_json import turn_json
from llmsh.types import Confirm, ModelInfo, Preview

STOPS = (NoModel.exit_status, Interrupted.exit_status)
"""Without a model, or once interrupted, the lines that follow are not run."""
NOWHERE = ("/dev/null", "/dev/stdout", "/dev/stderr")


@dataclass(frozen=True)
class Session:
    """The lines of a case and where they are run. `outside` collects calls that were not approved, see approval."""

    lines: tuple[str, ...]
    stdin: str | None
    home: str
    cwd: str
    environment: dict[str, str]
    outside: list[str]


Run = Callable[[Session], tuple[dict[str, Any], ...]]


def within(model: str | None, adapter: str | None, threads: int) -> tuple[Run, ModelInfo]:
    """Runs sessions in this process, each in an app of its own, all with one model. Raises NoModel or ConfigError."""
    options = Options(output="json", yes=False, model=model, adapter=adapter)
    environment = {**os.environ, "LLMSH_THREADS": str(threads), "LLMSH_HISTORY": "no"}
    first = build(options, environment)
    first.close()
    info = first.loader(lambda _: None).info
    return lambda session: _session(session, options, first.loader), info


def through_program(command: list[str]) -> Run:
    """Runs sessions as the installed program does, with --yes. The runs raise NoModel."""

    def run(session: Session) -> tuple[dict[str, Any], ...]:
        words = [*command, "--json", "--yes", *(word for line in session.lines for word in ("-c", line))]
        ran = programs.run(words, session.cwd, session.environment, None, session.stdin)
        if ran.status == NoModel.exit_status:
            raise NoModel(ran.err.strip())
        return tuple(json.loads(line) for line in ran.out.splitlines())

    return run


def _session(session: Session, options: Options, loader: ModelLoader) -> tuple[dict[str, Any], ...]:
    turns = []
    with _place(session):
        app = build(options, session.environment, approval(session), loader)
        try:
            status = 0
            for line in session.lines:
                if is_nothing(line):
                    continue
                if leaving(line, status) is not None:
                    break
                turn = app.shell.handle(line)
                turns.append(turn_json(turn))
                status = turn.exit_status
                if status in STOPS:
                    break
        finally:
            app.close()
    return tuple(turns)


def approval(session: Session) -> Confirm:
    """Approves what --yes would, but for calls that reach for files or processes that are not the case's.

    Whoever evaluates a model that is often wrong must not lose what is his.
    """

    def approve(shown: Preview) -> bool:
        effects = shown.effects
        changed = (*effects.writes, *effects.deletes, *effects.overwrites)
        trash = os.path.join(session.environment["XDG_DATA_HOME"], "Trash")
        inside = all(_is_inside(path, session.home) or _is_inside(path, trash) for path in changed)
        inside = inside and not programs.strangers(effects.signals, session.environment[programs.MARK])
        if not inside:
            session.outside.append(shown.call)
        return inside

    return approve


def _is_inside(path: str, home: str) -> bool:
    if path in NOWHERE:
        return True
    real = os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))  # a link itself may go
    return path == home or real.startswith(os.path.realpath(home) + "/")


@contextmanager
def _place(session: Session) -> Iterator[None]:
    """Environment, working folder and standard input of a session; tools that run in this process look there."""
    before, here, stdin = dict(os.environ), os.getcwd(), sys.stdin
    saved = os.dup(0)
    given = os.memfd_create("stdin")
    os.write(given, (session.stdin or "").encode("utf-8", "surrogateescape"))
    os.lseek(given, 0, os.SEEK_SET)
    try:
        _environment(session.environment)
        os.chdir(session.cwd)
        if session.stdin is not None:
            os.dup2(given, 0)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  what it reads is put back below
        yield
    finally:
        sys.stdin = stdin
        os.dup2(saved, 0)
        for descriptor in (saved, given):
            os.close(descriptor)
        os.chdir(here)
        _environment(before)


def _environment(values: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(values)
