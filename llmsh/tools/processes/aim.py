"""Which processes a call is aimed at: the same in `effects` and in the tool, so what is shown is what is touched."""

from __future__ import annotations

from dataclasses import dataclass

import psutil

from llmsh.errors import ToolFailed
from llmsh.tools.processes.known import called, own_pids
from llmsh.types import Effects, Rows

SAME = 2.0
"""Seconds by which two readings of one start time may differ (the clock may have been set in between)."""


@dataclass(frozen=True)
class Aim:
    """The processes that are there, and a sentence for each that is not or that must be left alone."""

    processes: tuple[psutil.Process, ...]
    problems: tuple[str, ...]


def aim(given: Rows | None, pids: tuple[int, ...], name: str | None) -> Aim:
    """Find the processes that rows, process ids and a name mean; a pid that was given to another one is not meant."""
    wanted = _wanted(given, pids, name)
    own = own_pids() if wanted else frozenset()
    processes: list[psutil.Process] = []
    problems: list[str] = []
    for pid, started in wanted.items():
        try:
            process = psutil.Process(pid)
            same = started is None or abs(process.create_time() - started) < SAME
        except psutil.NoSuchProcess:
            problems.append(f"there is no process {pid}")
            continue
        if pid in own:
            problems.append(f"process {pid} is llmsh itself or what it runs in: it is left alone")
        elif not same:  # the kernel gives numbers out again
            problems.append(f"process {pid} has ended, and its number belongs to another one now: it is left alone")
        else:
            processes.append(process)
    return Aim(tuple(processes), tuple(problems))


def some(given: Rows | None, pids: tuple[int, ...], name: str | None) -> Aim:
    """The same, and an error where there are none."""
    found = aim(given, pids, name)
    if found.processes:
        return found
    if found.problems:
        raise ToolFailed(found.problems[0], "see which processes there are with processes()")
    if name is not None:
        raise ToolFailed(f"no process is named {name}", f'look for it with processes(command="{name}")')
    raise ToolFailed("there are no processes to work on", "give a process id or a name, or pipe processes in")


def gone(pid: object) -> str:
    """What is said of a process that is not the one that was approved, or not any more."""
    return f"process {pid} had ended already, or was not there yet when this was approved: it is left alone"


def signals(given: Rows | None = None, pids: tuple[int, ...] = (), name: str | None = None, **_: object) -> Effects:
    """The effects of a call that touches processes: exactly those it is aimed at now; none where it names none.

    Raises ToolFailed where none of those that it names is there.
    """
    if not name and not _wanted(given, pids, None):
        return Effects()
    return Effects(reads=("/proc",), signals=tuple(process.pid for process in some(given, pids, name).processes))


def _wanted(given: Rows | None, pids: tuple[int, ...], name: str | None) -> dict[int, float | None]:
    """The pids that are meant, each with its start time where that is known."""
    wanted: dict[int, float | None] = {}
    if given is not None:
        columns = [column.name for column in given.columns]
        at = columns.index("started") if "started" in columns else None
        for row in given.rows:
            if isinstance(row[0], int):
                started = None if at is None else row[at]
                wanted[row[0]] = started if isinstance(started, int | float) else None
    wanted.update((pid, None) for pid in pids if pid not in wanted)
    if name:
        own = own_pids()
        wanted.update((process.pid, None) for process in called(name) if process.pid not in own)
    return wanted
