"""A process that runs cases one after the other, each from a fresh tree, with the model loaded once.

Over its connection come an Order, then cases; it says Ready, then for each case Started before its lines are run and
Done. What hangs is ended by whoever sent the case, this process with it.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from llmsh.errors import LlmshError
from llmsh.evaluation import programs
from llmsh.evaluation.judge import Gold, Observed, Verdict, judge
from llmsh.evaluation.lines import Session, through_program, within
from llmsh.evaluation.printed import Place
from llmsh.evaluation.suite import Case
from llmsh.evaluation.trees import Ground, changes, snapshot

SURE = ("LLMSH_SURE", "LLMSH_SURE_CHANGING")
"""Settings that an evaluation may vary: with 0 nothing is asked back, and errors can be counted at every coverage."""


class Broken(Exception):
    """A case that cannot be judged: its fixture, setup or gold command does not work."""


@dataclass(frozen=True)
class Order:
    """What a worker is told at its start. `root` is the folder it works in, `cache` the user's own, with the model.

    `dry`: fixtures and gold commands are run, no line is.
    """

    root: str
    cache: str
    model: str | None
    adapter: str | None
    threads: int
    seconds: float
    through_program: bool = False
    dry: bool = False


@dataclass(frozen=True)
class Ready:
    """The model is loaded. `model` says which it is, None where none is."""

    model: dict[str, Any] | None = None


@dataclass(frozen=True)
class Failed:
    """The worker cannot work: the error's message, hint and exit status."""

    message: str
    hint: str
    exit_status: int


@dataclass(frozen=True)
class Started:
    """The lines of a case are being run from now on."""


@dataclass(frozen=True)
class Done:
    """What became of a case; `broken` says why it could not be judged."""

    verdict: Verdict
    turns: tuple[dict[str, Any], ...] = ()
    seconds: float = 0.0
    broken: str = ""


Processes = tuple[programs.Process, ...]
Run = Callable[[Session], tuple[dict[str, Any], ...]]


def main() -> None:
    """Serve cases until the connection is closed."""
    connection = Connection(int(sys.argv[1]))
    try:
        order: Order = connection.recv()
        os.umask(0o022)
        run, ready = _runner(order)
        connection.send(ready)
        while True:
            case: Case = connection.recv()
            connection.send(_judged(case, order, run, connection))
    except LlmshError as error:
        connection.send(Failed(error.message, error.hint, error.exit_status))
    except (EOFError, ConnectionError):  # whoever sends the cases has gone
        return


def _runner(order: Order) -> tuple[Run | None, Ready]:
    """What runs the lines of a case. Raises LlmshError where there is no model."""
    if order.dry:
        return None, Ready()
    words = [
        *(["--model", order.model] if order.model else []),
        *(["--adapter", order.adapter] if order.adapter else []),
    ]
    if order.through_program:
        return through_program(programs.llmsh("llmsh.cli", *words)), Ready()
    run, info = within(order.model, order.adapter, order.threads)
    return run, Ready({"name": info.name, "sha256": info.sha256, "adapter": info.adapter})


def _judged(case: Case, order: Order, run: Run | None, connection: Connection) -> Done:
    ground = Ground(order.root)
    case = case.at(ground.home)
    environment = case_environment(order)
    try:
        processes = _build(case, ground, environment, order)
        gold = None
        if case.gold is not None:
            again = _kept(ground, environment) if not processes else lambda: _build(case, ground, environment, order)
            gold = _gold(case, ground, environment, order, processes)
            processes = again() if run else ()
        if run is None:
            return Done(Verdict(passed=True))
        connection.send(Started())
        started = time.perf_counter()
        observed = _observed(case, ground, environment, run, processes)
        seconds = time.perf_counter() - started
        return Done(judge(case, observed, gold, _place(case, ground)), observed.turns, seconds)
    except Broken as error:
        return Done(Verdict(passed=False), broken=str(error))
    finally:
        programs.end_marked(order.root)


def _observed(case: Case, ground: Ground, environment: dict[str, str], run: Run, processes: Processes) -> Observed:
    """What the lines of a case do."""
    before, outside = snapshot(ground.home), list[str]()
    turns = run(Session(case.lines, case.stdin, ground.home, _place(case, ground).cwd, environment, outside))
    ended = tuple(process for process in processes if not programs.is_running(process))
    return Observed(changes(before, snapshot(ground.home)), turns, processes, ended, tuple(outside))


def _place(case: Case, ground: Ground) -> Place:
    return Place(ground.home, os.path.normpath(os.path.join(ground.home, case.cwd)))


def _text(fixture: str) -> str:
    if not fixture:
        return ""
    try:
        with open(fixture, encoding="utf-8") as file:
            return file.read()
    except OSError as error:
        raise Broken(f"{fixture} cannot be read: {error.strerror}") from None


def _kept(ground: Ground, environment: Mapping[str, str]) -> Callable[[], Processes]:
    """Keep a copy of what was built; what is given puts it in place again."""
    copy = ["cp", "-a", *ground.folders, ground.kept()]
    if programs.run(copy, ground.root, environment, None).status != 0:
        raise Broken("the tree that the fixture makes cannot be copied")

    def again() -> Processes:
        programs.end_marked(ground.root)
        ground.restore()
        return ()

    return again


def _gold(case: Case, ground: Ground, environment: Mapping[str, str], order: Order, processes: Processes) -> Gold:
    """What the gold command does in a tree at the very same place."""
    before = snapshot(ground.home)
    cwd = os.path.join(ground.home, case.cwd)
    ran = programs.bash(case.gold or "", cwd, environment, order.seconds, case.stdin)
    if ran.status is None:
        raise Broken(f"the gold command takes longer than {order.seconds:g} s")
    if ran.status in (126, 127):
        raise Broken(f"the gold command cannot be run: {ran.err.strip()}")
    ended = tuple(process.command for process in processes if not programs.is_running(process))
    return Gold(ran.out, ran.status, changes(before, snapshot(ground.home)), ended)


def _build(case: Case, ground: Ground, environment: Mapping[str, str], order: Order) -> Processes:
    """Build the tree from nothing; the processes that its setup has started."""
    programs.end_marked(ground.root)
    ground.clear()
    os.symlink(order.cache, os.path.join(ground.beside("cache"), "llmsh"))
    for script in (_text(case.fixture), case.setup):
        ran = programs.bash(script, ground.home, environment, order.seconds) if script else None
        if ran is not None and ran.status != 0:
            said = ran.err.strip().splitlines()
            what = case.setup if script == case.setup else case.fixture
            raise Broken(f"{what} {'ended with ' + str(ran.status) if ran.status else 'did not end'}: {said[-1:]}")
    if not os.path.isdir(os.path.join(ground.home, case.cwd)):
        raise Broken(f"the fixture makes no folder {case.cwd}")
    wanted = (*case.gone, *case.alive)
    found = programs.settled(ground.root, wanted)
    for command in wanted:
        if not any(programs.is_of(process, command) for process in found):
            raise Broken(f"the setup starts no process {command}")
    return tuple(found)


def case_environment(order: Order) -> dict[str, str]:
    """What every program of a case sees: the user's PATH, a home of its own, and nothing that differs by machine."""
    ground = Ground(order.root)
    user = os.environ.get("USER") or "user"
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": ground.home,
        "USER": user,
        "LOGNAME": user,
        "SHELL": shutil.which("bash") or "/bin/sh",
        "LANG": "C.UTF-8",
        "TERM": "dumb",
        "TZ": "UTC",
        "XDG_CONFIG_HOME": ground.beside("config"),
        "XDG_DATA_HOME": ground.beside("data"),
        "XDG_CACHE_HOME": ground.beside("cache"),
        "GIT_AUTHOR_DATE": "2025-01-15T12:00:00Z",  # so that the same commit has the same name, whenever it is made
        "GIT_COMMITTER_DATE": "2025-01-15T12:00:00Z",
        "LLMSH_HISTORY": "no",
        "LLMSH_THREADS": str(order.threads),
        **{name: os.environ[name] for name in SURE if name in os.environ},
        programs.MARK: order.root,
    }
