"""Whether a plan may be taken as what was meant, or has to be asked about first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from llmsh.check import BoundCall, BoundPlan
from llmsh.clean import clean_line
from llmsh.effects import changes
from llmsh.foreseen import foreseen, takes_processes
from llmsh.plan import one_line
from llmsh.tool import no_effects
from llmsh.types import Answer, Effects, Question, Refusal, Rows

Choose = Callable[[str, tuple[str, ...]], int | None]
"""Asks which of several plans is meant, after saying why it is unclear: the index of one, None where none is."""
FIRST = 3
"""Values, invented or left out, that are named."""
SURE_READING = 0.8
"""A plan that is this sure and fails was read rightly: it is the file that is not there, say."""
SAID = (Question, Answer, Refusal)
UNCLEAR = "it is not clear what is meant"


@dataclass(frozen=True)
class Sure:
    """From which confidence on, in percent, a plan is run unasked: one that only reads, one that may change something.

    0 never asks.
    """

    reading: int
    changing: int


def doubt(plan: BoundPlan, confidence: float, invented: Sequence[str], left_out: Sequence[str], sure: Sure) -> str:
    """Why a plan may not be what was meant, as a sentence; "" where there is no doubt."""
    needed = sure.changing if may_change(plan) else sure.reading
    if not needed or speaks(plan):
        return ""
    if invented:
        return f"{UNCLEAR}: the request does not speak of {', '.join(map(clean_line, invented[:FIRST]))}"
    if left_out:
        return f"{UNCLEAR}: the plan leaves out {', '.join(map(clean_line, left_out[:FIRST]))}"
    return "" if 100 * confidence >= needed else UNCLEAR


def speaks(plan: BoundPlan) -> bool:
    """Whether a plan is words alone: it asks, answers or refuses."""
    return all(step.calls and issubclass(step.calls[-1].tool.gives or Rows, SAID) for step in plan.steps)


def choice_lines(plans: Sequence[str]) -> list[str]:
    """Plans to choose from, one a line, numbered from 1."""
    return [f"  {number}  {one_line(plan)}" for number, plan in enumerate(plans, 1)]


def may_be_misread(plan: BoundPlan, confidence: float) -> bool:
    """Whether a plan that failed may be a wrong reading, so that another may be tried: it only reads and was unsure.

    What a program says when it fails is its answer.
    """
    if confidence >= SURE_READING or may_change(plan):
        return False
    found = [foreseen(bound) for step in plan.steps for bound in step.calls]
    return not any(effects is not None and effects.runs for effects in found)


def may_change(plan: BoundPlan) -> bool:
    """Whether a plan may write, delete, signal or reach the network."""
    return any(_may_change(bound) for step in plan.steps for bound in step.calls)


def _may_change(bound: BoundCall) -> bool:
    """No process is always there: a call that has effects, but none before it knows its process, may stop it."""
    effects = foreseen(bound)
    if effects is None:
        return True
    tool = bound.tool
    unknown = takes_processes(bound) and tool.effects is not no_effects and effects == Effects()
    return unknown or changes(effects) or bool(effects.network or effects.hosts)
