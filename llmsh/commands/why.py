"""/why: what the last line became, from the record and not from the model."""

from __future__ import annotations

from llmsh.commands.base import Command, Context, said
from llmsh.types import CallRecord, Route, Rows


def run(context: Context, words: list[str]) -> Rows:  # noqa: ARG001  the form of every command
    """Route, plan, confidence, and each call's effects and verdict."""
    turns = [turn for turn in context.session.turns if turn.route is not Route.SLASH]
    if not turns:
        return said("nothing has been asked yet")
    turn = turns[-1]
    lines = [f"line        {turn.line}", f"read as     {turn.route.value}", f"status      {turn.status.value}"]
    if turn.plan is not None:
        lines.append(f"plan        {turn.plan}")
    if turn.model is not None and turn.confidence is not None:
        lines.append(f"model       {turn.model.name}, confidence in this plan {turn.confidence:.2f}")
    if turn.unsure:
        lines.append(f"unsure      {turn.unsure}")
    for call in turn.calls:
        lines += _call(call)
    times = turn.timings
    spent = f"prompt {times.prefill:.0f}, plan {times.decode:.0f}, run {times.run:.0f}"
    lines.append(f"took        {times.total:.0f} ms: {spent}")
    return said(*lines)


def _call(call: CallRecord) -> list[str]:
    touched = {name: value for name, value in vars(call.effects).items() if value}
    effects = "; ".join(f"{name} {_shown(value)}" for name, value in touched.items()) or "touches nothing"
    verdict = call.verdict
    return [f"{call.tool:<11} {verdict.decision.value} ({verdict.rule}): {verdict.reason}", f"            {effects}"]


def _shown(value: object) -> str:
    return ", ".join(str(item) for item in value[:5]) if isinstance(value, tuple) else str(value)


COMMAND = Command("why", "/why", "what the last line became, call by call", run)
