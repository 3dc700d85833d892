"""A request to a checked plan: prompt, constrained decoding, parse, check. It sees neither policy nor executor."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from itertools import chain, islice

from llmsh.backends.base import Backend, Completion, Prompt
from llmsh.certainty import speaks
from llmsh.check import BoundPlan, check
from llmsh.errors import NotUnderstood, PlanError
from llmsh.grammar import grammar
from llmsh.grounding import invented
from llmsh.left_out import left_out
from llmsh.mending import mended
from llmsh.plan import parse
from llmsh.prompt import Prompter, Situation, facts_of, said_before
from llmsh.registry import Registry
from llmsh.spelling import says, spelled
from llmsh.types import ModelInfo, Observe, Progress, Rows, Timings

TRIED = 4
"""Other plans that are written at most, until enough of them are different ones."""


@dataclass(frozen=True)
class Planned:
    """A plan with the confidence in it, which model it was and what it cost.

    `invented` are the values in it that nobody has spoken of, `left_out` the paths of the request that are not in it;
    `reading` is the request as it was read.
    """

    plan: BoundPlan
    confidence: float
    model: ModelInfo
    timings: Timings
    reading: str
    invented: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


class Planner:
    """Asks a model for plans over a registry.

    Args:
        registry: the tools there are.
        prompter: makes prompts over that registry.
        backend: gives the loaded backend; called at the first request, so that the shell starts without it.
            It tells its argument how far fetching and loading have come.
        limit: the most tokens a plan may have.
    """

    def __init__(
        self, registry: Registry, prompter: Prompter, backend: Callable[[Observe], Backend], limit: int
    ) -> None:
        self._registry = registry
        self._backend = backend
        self._limit = limit
        self._prompter = prompter

    def plan(self, request: str, situation: Situation, observe: Observe) -> Planned:
        """The plan for a request. Raises NotUnderstood, NoModel or KeyboardInterrupt."""
        started = time.perf_counter()
        backend = self._backend(observe)
        load = (time.perf_counter() - started) * 1000
        observe(Progress("thinking"))
        planned = self._surer(backend, request, situation)
        thinking = (time.perf_counter() - started) * 1000 - load
        timings = replace(planned.timings, load=load, decode=thinking - planned.timings.prefill)
        return replace(planned, timings=timings)

    def _surer(self, backend: Backend, request: str, situation: Situation) -> Planned:
        """The plan for a request as it was typed, or for it with its misspelled words put right: the surer one.

        Where a word that was put right stands in a value, it may have been a name, so it counts for nothing.
        """
        earlier = [turn.plan or "" for turn in situation.turns]
        right = spelled(request, (*situation.names, *facts_of(request, situation), *earlier))
        readings = [request, right.text] if right.words else [request]
        plans: list[Planned] = []
        problems: list[NotUnderstood] = []
        for reading in readings:
            try:
                plans.append(self._first(backend, reading, situation))
            except NotUnderstood as error:
                problems.append(error)
        if plans and plans[-1].reading != request and _may_be_name(plans[-1].plan, right.words):
            plans.pop()
        if not plans:
            raise problems[0]
        return max(plans, key=lambda plan: (not plan.invented and not plan.left_out, plan.confidence))

    def _first(self, backend: Backend, request: str, situation: Situation) -> Planned:
        """The likeliest plan that fits, says nothing invented and leaves nothing out; else the likeliest that fits."""
        prompt, rules = self._question(backend, request, situation)
        completion = backend.complete(prompt, rules, self._limit)
        others = islice(backend.alternatives(prompt, rules, self._limit), TRIED)
        fits: list[Planned] = []
        problems: list[NotUnderstood] = []
        for tried in chain((completion,), others):
            try:
                fits.append(self._planned(backend, tried, request, situation))
            except NotUnderstood as error:
                problems.append(error)
                continue
            if not fits[-1].invented and not fits[-1].left_out:
                return replace(fits[-1], timings=completion.timings)
        if not fits:
            raise problems[0]
        return replace(fits[0], timings=completion.timings)

    def others(self, planned: Planned, situation: Situation, count: int) -> tuple[Planned, ...]:
        """Up to `count` other plans for the request, as it was read, that do something, the likeliest first."""
        backend, request = self._backend(lambda _: None), planned.reading
        prompt, rules = self._question(backend, request, situation)
        found = {planned.plan.text: planned}
        for completion in islice(backend.alternatives(prompt, rules, self._limit), TRIED):
            try:
                other = self._planned(backend, completion, request, situation)
            except NotUnderstood:
                continue
            if not speaks(other.plan):
                found.setdefault(other.plan.text, other)
            if len(found) > count:
                break
        return tuple(sorted(list(found.values())[1:], key=lambda other: -other.confidence))

    def _question(self, backend: Backend, request: str, situation: Situation) -> tuple[Prompt, str]:
        """The prompt, and the grammar of what may answer it."""
        prompt = self._prompter.prompt(request, situation, tuned=backend.info.adapter is not None)
        return prompt, grammar(self._registry, _type(situation.last), has_stdin=situation.has_stdin)

    def _planned(self, backend: Backend, completion: Completion, request: str, situation: Situation) -> Planned:
        plan = self._read(completion, request, _type(situation.last))
        return Planned(
            plan,
            backend.calibration(completion.probability),
            backend.info,
            completion.timings,
            request,
            invented(plan, said_before(request, situation)),
            left_out(plan, request),
        )

    def _read(self, completion: Completion, request: str, last: type[Rows] | None) -> BoundPlan:
        if not completion.complete:
            raise NotUnderstood("the model did not come to an end", "say it in fewer or in other words")
        try:
            plan = check(parse(completion.text), self._registry, last=last)
            better = mended(plan, request)
            return plan if better is None else check(better, self._registry, last=last)
        except PlanError as error:
            raise NotUnderstood(
                f"the model's plan does not fit: {completion.text} ({error.message})", "say it in other words"
            ) from None


def _may_be_name(plan: BoundPlan, words: Collection[str]) -> bool:
    """Whether a word that was put right stands in a value of a plan, not only in what it says."""
    return says(plan, words) and not speaks(plan)


def _type(rows: Rows | None) -> type[Rows] | None:
    return None if rows is None else type(rows)
