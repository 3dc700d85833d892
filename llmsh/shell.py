"""The main path: `handle(line)` takes a line to its Turn.

line -> route -> command | slash | plan | ask -> planner -> doubt, choose -> executor (effects, policy, worker) -> Turn
"""

from __future__ import annotations

import itertools
import os
import re
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from llmsh.certainty import Choose, Sure, choice_lines, doubt, may_be_misread, may_change
from llmsh.check import BoundPlan, check
from llmsh.columns import columns_named
from llmsh.errors import Denied, Interrupted, LlmshError, PlanError, ToolFailed, UsageError
from llmsh.executor import Executor, Outcome
from llmsh.piped import has_come
from llmsh.plan import parse
from llmsh.planner import Planned, Planner
from llmsh.policy import is_open
from llmsh.prompt import Situation
from llmsh.registry import Registry
from llmsh.route import Routed
from llmsh.session import Session
from llmsh.types import Answer, Observe, Question, Refusal, Route, Rows, Status, Timings, Turn

OTHERS = 2
"""Plans that are shown besides the likeliest."""
LEAVE = re.compile(r"/?(?:exit|quit|logout)(?:\s+([0-9]{1,3}))?")
SPOKEN: tuple[tuple[type[Rows], Status, int], ...] = (
    (Question, Status.ASKED, 3),
    (Answer, Status.ANSWERED, 0),
    (Refusal, Status.REFUSED, 4),
)


@dataclass(frozen=True)
class Shell:
    """A session and the stages a line goes through. `note` shows a plan before it runs; `record` keeps the turn.

    `choose` asks which plan is meant; None where nobody can be asked.
    """

    session: Session
    registry: Registry
    router: Callable[[str], Routed]
    planner: Planner
    executor: Executor
    command: Callable[[str], Turn]
    slash: Callable[[str, Observe], Turn]
    note: Callable[[str], None]
    record: Callable[[Turn], None]
    progress: Callable[[], AbstractContextManager[Observe]]
    sure: Sure
    choose: Choose | None = None
    dry_run: bool = False

    def handle(self, line: str) -> Turn:
        """Take one line to its end. Every error becomes a Turn; only a bug of ours leaves this as an exception."""
        started = time.perf_counter()
        routed = self.router(line)
        try:
            turn = self._way(routed)
        except LlmshError as error:
            turn = _failed(line, routed.route, error)
        except KeyboardInterrupt:
            turn = _failed(line, routed.route, Interrupted("interrupted"))
        total = (time.perf_counter() - started) * 1000
        turn = replace(turn, line=line, route=routed.route, timings=replace(turn.timings, total=total))
        if turn.result is not None and turn.status is Status.DONE and turn.route in (Route.ASK, Route.PLAN):
            self.session.last = turn.result
        self.session.turns.append(turn)
        self.record(turn)
        return turn

    def _way(self, routed: Routed) -> Turn:
        if routed.route is Route.COMMAND:
            return self.command(routed.text)  # the terminal is all its own: no bar may be drawn over it
        if not routed.text:
            raise UsageError("there is nothing to ask", "say what you want done")
        with self.progress() as observe:
            match routed.route:
                case Route.SLASH:
                    return self.slash(routed.text, observe)
                case Route.PLAN:
                    last = None if self.session.last is None else type(self.session.last)
                    return self._run(check(parse(routed.text), self.registry, last=last), None, observe)
                case _:
                    return self._ask(routed.text, observe)

    def _ask(self, request: str, observe: Observe) -> Turn:
        """Plan a request and run it. Where it is not clear which plan is meant, nothing runs until one is chosen."""
        situation = self._situation(request)
        planned = self.planner.plan(request, situation, observe)
        unsure = doubt(planned.plan, planned.confidence, planned.invented, planned.left_out, self.sure)
        if self.dry_run and unsure:
            return replace(self._run(planned.plan, planned, observe), unsure=unsure, message=f"not sure: {unsure}")
        if unsure:
            offered = (planned, *self.planner.others(planned, situation, OTHERS))
            chosen = self.choose(unsure, tuple(plan.plan.text for plan in offered)) if self.choose else None
            if chosen is None:
                return _unclear(unsure, offered, asked=self.choose is not None)
            planned = replace(offered[chosen], timings=planned.timings)
        turn = replace(self._run(planned.plan, planned, observe), unsure=unsure)
        failed = turn.status is Status.FAILED and turn.exit_status == ToolFailed.exit_status
        if unsure or not failed or not may_be_misread(planned.plan, planned.confidence):
            return turn
        return self._second(turn, planned, situation, observe)

    def _second(self, failed: Turn, first: Planned, situation: Situation, observe: Observe) -> Turn:
        """What became of the likeliest other plan that works where the first could not and that is likely by then."""
        for other in self.planner.others(first, situation, OTHERS):
            likely = other.confidence / (1 - first.confidence)
            if may_change(other.plan) or doubt(other.plan, likely, other.invented, other.left_out, self.sure):
                continue
            turn = self._run(other.plan, other, observe)
            if turn.status is Status.DONE:
                return replace(turn, message=f"the likeliest reading failed: {failed.message}")
        return failed

    def _run(self, plan: BoundPlan, planned: Planned | None, observe: Observe) -> Turn:
        """Run a plan, or say what it would do."""
        self.note(plan.text)
        started = time.perf_counter()
        outcome = self.executor.rehearse(plan) if self.dry_run else self.executor.execute(plan, observe)
        spent = (time.perf_counter() - started) * 1000
        turn = replace(_turn(outcome), plan=plan.text, timings=Timings(run=spent))
        if planned is None:
            return turn
        timings = replace(planned.timings, run=spent)
        return replace(turn, confidence=planned.confidence, model=planned.model, timings=timings)

    def _situation(self, request: str) -> Situation:
        last, piped = self.session.last, has_come(self.session.stdin)
        return Situation(_names(), self.session.turns, last, piped, columns_named(request, is_open))


def is_nothing(line: str) -> bool:
    """Whether there is nothing to do: a line is empty, or a comment."""
    return not line.strip() or line.lstrip().startswith("#")


def leaving(line: str, status: int) -> int | None:
    """The exit status that a line leaves the shell with, `status` where it names none; None where it does not leave."""
    found = LEAVE.fullmatch(line.strip())
    if found is None:
        return None
    return int(found[1]) & 0xFF if found[1] else status


def _unclear(unsure: str, offered: Sequence[Planned], *, asked: bool) -> Turn:
    """A request whose plan was doubted: nothing has run. Whoever was asked has seen the plans."""
    plans = choice_lines([planned.plan.text for planned in offered])
    message = "none of these plans was meant" if asked else "\n".join([unsure, "say which:", *plans])
    hint = "say it in other words" if asked else "say it in other words, or give the plan itself"
    first = offered[0]
    return Turn(
        "", Route.ASK, Status.ASKED, 3, plan=first.plan.text, confidence=first.confidence, message=message, hint=hint,
        unsure=unsure, model=first.model, timings=first.timings,
    )  # fmt: skip


def _turn(outcome: Outcome) -> Turn:
    """The outcome of a plan as a Turn, still without its line."""
    calls = tuple(outcome.records)
    if outcome.error is not None:
        turn = _failed("", Route.PLAN, outcome.error)
        return replace(turn, calls=calls, result=outcome.result)
    for kind, status, exit_status in SPOKEN:
        if isinstance(outcome.result, kind):
            said = "\n".join(str(row[0]) for row in outcome.result.rows)
            return Turn("", Route.PLAN, status, exit_status, message=said, calls=calls)
    return Turn("", Route.PLAN, Status.DONE, calls=calls, result=outcome.result)


def _failed(line: str, route: Route, error: LlmshError) -> Turn:
    """The Turn that an error makes of a line."""
    status = Status.DENIED if isinstance(error, Denied) else Status.FAILED
    column = error.column if isinstance(error, PlanError) and route is Route.PLAN else None
    return Turn(line, route, status, error.exit_status, message=error.message, hint=error.hint, column=column)


def _names() -> list[str]:
    """Names in the working folder for the prompt; only the first few hundred of a huge one are looked at."""
    try:
        with os.scandir(".") as entries:
            found = list(itertools.islice(entries, 500))
    except OSError:
        return []
    shown = [entry.name + "/" * entry.is_dir() for entry in found if not entry.name.startswith(".")]
    return sorted(shown)
