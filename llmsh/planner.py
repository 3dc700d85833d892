"""A request to a checked plan: prompt, constrained decoding, parse, check. It sees neither policy nor executor."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from llmsh.backends.base import Backend, Completion
from llmsh.check import BoundPlan, check
from llmsh.errors import NotUnderstood, PlanError
from llmsh.grammar import grammar
from llmsh.plan import parse
from llmsh.prompt import Prompter, Situation
from llmsh.registry import Registry
from llmsh.types import ModelInfo, Observe, Progress, Rows, Timings


@dataclass(frozen=True)
class Planned:
    """A plan with the model's probability of it, which model it was and what it cost."""

    plan: BoundPlan
    confidence: float
    model: ModelInfo
    timings: Timings


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
        last = None if situation.last is None else type(situation.last)
        prompt = self._prompter.prompt(request, situation, tuned=backend.info.adapter is not None)
        rules = grammar(self._registry, last, has_stdin=situation.has_stdin)
        completion = backend.complete(prompt, rules, self._limit)
        plan = self._read(completion, last)
        return Planned(plan, completion.probability, backend.info, replace(completion.timings, load=load))

    def _read(self, completion: Completion, last: type[Rows] | None) -> BoundPlan:
        if not completion.complete:
            raise NotUnderstood("the model did not come to an end", "say it in fewer or in other words")
        try:
            return check(parse(completion.text), self._registry, last=last)
        except PlanError as error:
            raise NotUnderstood(
                f"the model's plan does not fit: {completion.text} ({error.message})", "say it in other words"
            ) from None
