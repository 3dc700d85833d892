"""Runs a checked plan: effects, verdict, preview and confirmation, worker, result; call by call, in order.

A pipe is cut into segments. A segment runs in one worker, its rows streaming from call to call. A new one starts at
each call whose effects depend on what flows into it, as in `find_files(...) | delete()`: only then is it known which
files would go, and those are judged, shown and approved. Refusing a call runs nothing of it and nothing after it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace

from llmsh.check import BoundCall, BoundPlan, BoundStep
from llmsh.effects import changes, resolve, union
from llmsh.errors import Denied, Interrupted, LlmshError, ToolFailed
from llmsh.plan import print_call
from llmsh.preview import preview
from llmsh.registry import Tool
from llmsh.sandbox.base import Invocation, Request, Sandbox
from llmsh.sandbox.holding import hold
from llmsh.session import Session
from llmsh.tool import no_effects
from llmsh.types import (
    PATH,
    CallRecord,
    Confirm,
    Decision,
    Effects,
    Files,
    Limits,
    Observe,
    Rows,
    Source,
    Verdict,
    WorkingFolder,
)

Judge = Callable[[Effects], Verdict]
UNKNOWN = Verdict(Decision.ASK, "unknown", "what it touches is known only once the calls before it have run")


@dataclass
class Outcome:
    """What became of a plan: a record for each call, the last rows, and the error that stopped it, if any."""

    records: list[CallRecord] = field(default_factory=list)
    result: Rows | None = None
    error: LlmshError | None = None


@dataclass(frozen=True)
class Executor:
    """Runs plans. `judge` is policy, `confirm` asks the user.

    `details` asks for the size, time and kind of files in the result, not their path alone; `refused` is the hint
    where the user did not approve.
    """

    sandbox: Sandbox
    session: Session
    judge: Judge
    confirm: Confirm
    details: bool = True
    refused: str = ""

    def execute(self, plan: BoundPlan, observe: Observe) -> Outcome:
        """Run every step; stop at the first call that fails or is refused. `observe` hears of progress."""
        outcome = Outcome(result=self.session.last)
        for index, step in enumerate(plan.steps):
            self._step(step, outcome, observe, final=index == len(plan.steps) - 1)
            if outcome.error is not None:
                return outcome
        return outcome

    def rehearse(self, plan: BoundPlan) -> Outcome:
        """Effects and verdict of every call. Nothing runs: of what flows through a pipe only the roots are known."""
        outcome = Outcome()
        for step in plan.steps:
            roots: tuple[str, ...] = ()
            for bound in step.calls:
                given = Files((PATH,), [(path,) for path in roots]) if bound.tool.takes and roots else None
                effects = self._effects(bound, given)
                piped = bound is not step.calls[0] or step.source is not None
                verdict = self._foreseen(effects) if piped and _depends(bound) else self.judge(effects)
                outcome.records.append(CallRecord(bound.tool.name, bound.arguments, effects, verdict))
                roots = effects.reads or roots
        return outcome

    def _foreseen(self, effects: Effects) -> Verdict:
        """The verdict on a call of whose files only the roots are known: it is final where it would deny any change.

        What is deleted below a root is not the root, which is why the root itself is judged as merely written to.
        """
        touched = (*effects.deletes, *effects.overwrites, *effects.writes)
        verdict = self.judge(replace(effects, writes=touched, deletes=(), overwrites=()))
        known = effects != Effects() and not changes(effects)
        return verdict if known or verdict.decision is Decision.DENY else UNKNOWN

    def _step(self, step: BoundStep, outcome: Outcome, observe: Observe, *, final: bool) -> None:
        try:
            given = self._start(step.source, outcome.result)
            parts = list(_segments(step))
            for index, segment in enumerate(parts):
                details = final and index == len(parts) - 1 and self.details
                given = self._segment(segment, given, outcome, observe, details=details)
            outcome.result = given
        except LlmshError as error:
            outcome.error, outcome.result = error, getattr(error, "rows", None)
        except KeyboardInterrupt:
            outcome.error, outcome.result = Interrupted("interrupted"), None

    def _start(self, source: Source | None, last: Rows | None) -> Rows | None:
        if source is None:
            return None
        rows = self.session.stdin if source.name == "stdin" else last
        if rows is None:
            hint = (
                "pipe something in: cat file | llmsh -c ..." if source.name == "stdin" else "say which files you mean"
            )
            raise ToolFailed(f"there is nothing in {source.name}", hint)
        if source.row is None:
            return rows
        kept = list(rows.rows)
        if source.row > len(kept):
            raise ToolFailed(f"{source.name} has {len(kept)} rows, there is no row {source.row}")
        return replace(rows, rows=[kept[source.row - 1]])

    def _segment(
        self, calls: list[BoundCall], given: Rows | None, outcome: Outcome, observe: Observe, *, details: bool
    ) -> Rows | None:
        effects = self._all_effects(calls, given)
        with hold(union(effects).signals) as processes:
            if processes:  # looked at once more now that they are held: only then is a number known to mean its process
                effects = self._all_effects(calls, given)
            verdicts = [self._approved(bound, effect, outcome) for bound, effect in zip(calls, effects, strict=True)]
            records = [
                CallRecord(bound.tool.name, bound.arguments, effect, verdict)
                for bound, effect, verdict in zip(calls, effects, verdicts, strict=True)
            ]
            if calls[0].tool.in_session:
                return _recorded(outcome, records, lambda: self._in_session(calls[0], given))
            request = self._request(calls, given, union(effects), processes, details=details)
            return _recorded(outcome, records, lambda: self.sandbox.run(request, observe))

    def _all_effects(self, calls: list[BoundCall], given: Rows | None) -> list[Effects]:
        return [self._effects(bound, given if index == 0 else None) for index, bound in enumerate(calls)]

    def _effects(self, bound: BoundCall, given: Rows | None) -> Effects:
        return resolve(bound.tool.effects(given=given, **bound.arguments), self.session.cwd)

    def _approved(self, bound: BoundCall, effects: Effects, outcome: Outcome) -> Verdict:
        """The verdict, once it is allowed or approved. Raises Denied, with the call on record as never run."""
        verdict = self.judge(effects)
        if verdict.decision is Decision.ALLOW:
            return verdict
        shown = preview(print_call(bound.call), effects, verdict)
        if verdict.decision is Decision.ASK and self.confirm(shown):
            return verdict
        outcome.records.append(CallRecord(bound.tool.name, bound.arguments, effects, verdict))
        if verdict.decision is Decision.DENY:
            raise Denied(f"{shown.call} is not allowed: {verdict.reason}")
        raise Denied(f"{shown.call} was not approved: {verdict.reason}", self.refused)

    def _in_session(self, bound: BoundCall, given: Rows | None) -> Rows:
        piped = () if bound.tool.takes is None else (given,)
        result: Rows = bound.tool.function(*piped, **bound.arguments)
        kept = replace(result, rows=list(result.rows))
        if isinstance(kept, WorkingFolder):
            folder = str(next(iter(kept.rows))[0])
            try:
                self.session.go(folder)
            except OSError as error:
                raise ToolFailed(f"{folder} cannot be entered: {error.strerror}", "name another folder") from None
        return kept

    def _request(
        self,
        calls: list[BoundCall],
        given: Rows | None,
        effects: Effects,
        processes: Mapping[int, int],
        *,
        details: bool,
    ) -> Request:
        return Request(
            calls=tuple(Invocation(bound.tool.name, bound.arguments) for bound in calls),
            given=given,
            cwd=self.session.cwd,
            environment=self.session.environment,
            effects=effects,
            limits=_loosest([bound.tool for bound in calls]),
            details=details,
            processes=processes,
        )


def _recorded(outcome: Outcome, records: list[CallRecord], run: Callable[[], Rows]) -> Rows:
    """Run calls and put on record what became of them, also where that is an error or Ctrl-C."""
    started = time.perf_counter()
    error: str | None = "interrupted"
    try:
        rows = run()
        error = None
    except LlmshError as failure:
        error = failure.message
        raise
    finally:
        ms = (time.perf_counter() - started) * 1000
        outcome.records += [replace(record, ok=error is None, error=error, ms=ms) for record in records]
    return rows


def _segments(step: BoundStep) -> Iterator[list[BoundCall]]:
    """Cut a pipe before each call whose effects depend on its input, and around each that runs in the session."""
    segment: list[BoundCall] = []
    for bound in step.calls:
        if segment and (_depends(bound) or bound.tool.in_session or segment[-1].tool.in_session):
            yield segment
            segment = []
        segment.append(bound)
    if segment:
        yield segment


def _depends(bound: BoundCall) -> bool:
    """Whether what a call does depends on what flows into it."""
    return bound.tool.takes is not None and bound.tool.effects is not no_effects


def _loosest(tools: list[Tool]) -> Limits:
    limits = [tool.limits for tool in tools]
    return Limits(**{item.name: max(getattr(limit, item.name) for limit in limits) for item in fields(Limits)})
