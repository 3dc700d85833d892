"""Runs the cases of a suite, several at once, each worker in a folder of its own."""

from __future__ import annotations

import os
import tempfile
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from typing import Any

from llmsh.errors import LlmshError
from llmsh.evaluation import programs
from llmsh.evaluation.judge import Verdict
from llmsh.evaluation.results import Result, result
from llmsh.evaluation.suite import Case
from llmsh.evaluation.trees import remove
from llmsh.evaluation.worker import Done, Failed, Order, Ready, Started
from llmsh.types import Observe, Progress

PREPARING = 5
"""How many times the limit of a case its fixture and gold command may take, which have limits of their own."""


@dataclass(frozen=True)
class Settings:
    """How cases are run. `model` and `adapter` are names or absolute paths, `cache` is the user's own llmsh cache."""

    cache: str
    model: str | None = None
    adapter: str | None = None
    jobs: int = 1
    seconds: float = 30.0
    through_program: bool = False
    dry: bool = False


@dataclass
class _Slot:
    """One worker, the case it is at, and when that must be over (infinity while the model is loaded)."""

    order: Order
    worker: programs.Worker
    case: Case | None = None
    ready: bool = False
    running: bool = False
    deadline: float = float("inf")


@dataclass
class _Pool:
    """Cases that wait, workers, and what has become of cases so far."""

    settings: Settings
    waiting: deque[Case]
    slots: list[_Slot] = field(default_factory=list)
    done: dict[str, Result] = field(default_factory=dict)
    model: dict[str, Any] | None = None


def run_cases(
    cases: Sequence[Case], settings: Settings, observe: Observe
) -> tuple[list[Result], dict[str, Any] | None]:
    """What becomes of each case, in their order, and which model answered. Raises LlmshError and KeyboardInterrupt."""
    pool = _Pool(settings, deque(cases))
    with _folder() as folder, _workers(pool, folder, len(cases)):
        while len(pool.done) < len(cases):
            observe(Progress("evaluating" if pool.done else "loading the model", len(pool.done), len(cases)))
            _turn(pool)
    return [pool.done[case.id] for case in cases], pool.model


@contextmanager
def _folder() -> Iterator[str]:
    """A folder for the homes, with a short name: paths in it are typed into requests."""
    folder = tempfile.mkdtemp(prefix="llmsh-eval-")
    try:
        yield folder
    finally:
        remove(folder)


@contextmanager
def _workers(pool: _Pool, folder: str, cases: int) -> Iterator[None]:
    settings = pool.settings
    jobs = max(1, min(settings.jobs, cases))
    threads = max(1, len(os.sched_getaffinity(0)) // jobs)
    try:
        for number in range(jobs):
            order = Order(
                os.path.join(folder, str(number)),
                settings.cache,
                settings.model,
                settings.adapter,
                threads,
                settings.seconds,
                through_program=settings.through_program,
                dry=settings.dry,
            )
            pool.slots.append(_started(order))
        yield
    finally:
        for slot in pool.slots:
            _end(slot)


def _started(order: Order) -> _Slot:
    slot = _Slot(order, programs.Worker(os.environ))
    slot.worker.connection.send(order)
    return slot


def _end(slot: _Slot) -> None:
    slot.worker.end()
    programs.end_marked(slot.order.root)


def _turn(pool: _Pool) -> None:
    """Hear what the workers say, end those that take too long, give those that are free a case."""
    by_connection = {slot.worker.connection: slot for slot in pool.slots}
    patience = min(slot.deadline for slot in pool.slots) - time.monotonic()
    for connection in wait(list(by_connection), max(0.0, min(patience, 1.0))):
        _hear(pool, by_connection[connection])  # type: ignore[index]
    for slot in list(pool.slots):
        if time.monotonic() > slot.deadline:
            _give_up(pool, slot, f"it was not done after {pool.settings.seconds:g} s")
    for slot in pool.slots:
        _give(pool, slot)


def _hear(pool: _Pool, slot: _Slot) -> None:
    try:
        message = slot.worker.connection.recv()
    except (EOFError, ConnectionError):
        if not slot.ready:
            raise LlmshError(f"an evaluating process did not start: {slot.worker.last_words()}") from None
        _give_up(pool, slot, f"llmsh died: {slot.worker.last_words()}")
        return
    match message:
        case Failed():
            raise _error(message)
        case Ready():
            slot.ready, pool.model = True, message.model or pool.model
        case Started():
            slot.running, slot.deadline = True, time.monotonic() + pool.settings.seconds
        case Done() if slot.case is not None:
            outcome = result(slot.case, message.verdict, message.turns, message.seconds, message.broken)
            pool.done[slot.case.id] = outcome
            slot.case, slot.running, slot.deadline = None, False, float("inf")


def _error(failed: Failed) -> LlmshError:
    error = LlmshError(failed.message, failed.hint)
    error.exit_status = failed.exit_status
    return error


def _give_up(pool: _Pool, slot: _Slot, why: str) -> None:
    """End a worker; its case has failed, or cannot be judged where it did not come to its lines. Another one starts."""
    _end(slot)
    if slot.case is not None:
        failed = Verdict(passed=False, reason=why if slot.running else "")
        pool.done[slot.case.id] = result(slot.case, failed, broken="" if slot.running else f"before its lines, {why}")
    pool.slots[pool.slots.index(slot)] = _started(slot.order)


def _give(pool: _Pool, slot: _Slot) -> None:
    if not slot.ready or slot.case is not None:
        return
    busy = any(other.case is not None and other.case.about_processes for other in pool.slots)
    case = _next(pool.waiting, skip_processes=busy)
    if case is not None:
        pool.waiting.remove(case)
        slot.case, slot.deadline = case, time.monotonic() + PREPARING * pool.settings.seconds
        slot.worker.connection.send(case)


def _next(waiting: Iterable[Case], *, skip_processes: bool) -> Case | None:
    return next((case for case in waiting if not (skip_processes and case.about_processes)), None)
