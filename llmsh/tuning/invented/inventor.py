"""Requests for tools that do not exist: the model learns to read signatures it has never seen.

A request stands beside the signatures of up to four invented tools, and an example or two of them. One of them answers
it; or none does, and it is an ordinary request, or one to be refused; or it says too little and is asked about.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from llmsh.check import check
from llmsh.errors import PlanError
from llmsh.plan import parse, print_argument
from llmsh.prompt import example_line, signature_line
from llmsh.registry import Registry
from llmsh.tool import Example
from llmsh.tuning.drawing import expand
from llmsh.tuning.forms import Slot, parse_form
from llmsh.tuning.invented.calls import call_of, drawn_values
from llmsh.tuning.invented.company import Company
from llmsh.tuning.invented.domains import Domain, Family, read_domains
from llmsh.tuning.invented.forms import text_of
from llmsh.tuning.invented.framing import Framer
from llmsh.tuning.invented.steps import SAVING, STEPS
from llmsh.tuning.invented.tools import Invented, invent
from llmsh.tuning.samples import Sample
from llmsh.tuning.sampling import CHINESE as CHINESE_SHARE
from llmsh.tuning.sampling import Sampler, tools_of
from llmsh.tuning.saying import quoted
from llmsh.tuning.values_file import Value
from llmsh.tuning.wording import CHINESE, Held, Wording, tidy

SOURCE = "invented"
TRIES, PHRASE_TRIES = 20, 40
WORDS = ("ask", "answer", "refuse")
OUTCOMES = ("tool", "piped", "ordinary", "refuse", "ask"), (52, 18, 14, 6, 10)
EXAMPLES = (25, 35, 40)
"""How often no example, one and two stand beside the tools."""
NEAREST = 0.75
"""How often it is one of the tool that answers: they are found by their nearness to the request."""
ALIKE = 0.4
"""How often an ordinary request stands beside a tool that is named much like the one it needs."""
SAYINGS = (1, 3, 5)
"""So many phrases are drawn; the one that says most of the flags and choices that nobody must say is taken."""
STEPPED, SAVED = 0.5, 0.25
"""How often lines are sorted or the like before an invented tool takes them; what it gives is saved."""
PIPED, QUOTED = 0.2, 0.15
"""How often the rows of an example go on into other tools; a text or the name of a file is typed in quotes."""


class Inventor:
    """Makes samples beside invented tools. `sampler` gives the ordinary requests."""

    def __init__(self, sampler: Sampler, domains: Sequence[Domain]) -> None:
        self._sampler = sampler
        self._families = [(domain, family) for domain in domains for family in domain.families]
        self._company = Company(self._families, sampler.registry)
        self._framer = Framer(sampler.slots)
        # what is refused for want of a tool must not stand beside a tool that could do it
        self._ordinary = [block for block in sampler.alone if not set(tools_of(block, sampler.registry)) & set(WORDS)]
        self._alike = [(domain, family, block) for domain, family in self._families for block in self._ordinary
                       if set(tools_of(block, sampler.registry)) & set(family.like)]  # fmt: skip

    @classmethod
    def load(cls, sampler: Sampler) -> Inventor:
        """An inventor over the domains that ship with llmsh."""
        return cls(sampler, read_domains(os.path.join(os.path.dirname(__file__), "families")))

    def sample(self, rng: Random) -> Sample:
        """A sample beside up to four invented tools. Raises PlanError where none was drawn."""
        for _ in range(TRIES):
            with contextlib.suppress(PlanError):  # a parameter that a request needs was left out of the tool
                return self._sample(rng)
        raise PlanError("no request was drawn that an invented tool could answer")

    def _sample(self, rng: Random) -> Sample:
        outcome = rng.choices(*OUTCOMES)[0]
        language = "zh" if rng.random() < CHINESE_SHARE else "en"
        if outcome == "ordinary":
            return self._beside(rng)
        if outcome == "ask":
            return self._asked(language, rng)
        if outcome == "refuse":
            return self._refused(language, rng)
        return self._answered(language, rng, piped=outcome == "piped")

    def _beside(self, rng: Random) -> Sample:
        """An ordinary request, now and then beside a tool that it must not be taken for."""
        block = rng.choices(self._ordinary, [block.weight for block in self._ordinary])[0]
        tools = self._company.tools(None, rng)
        if self._alike and rng.random() < ALIKE:
            domain, family, _ = rng.choice(self._alike)
            able = [pair[2] for pair in self._alike if pair[1] is family]
            block = rng.choices(able, [other.weight for other in able])[0]
            rest = [other for other in tools[1:] if other.family is not family]
            tools = [self._company.tool(domain, family, rng, rest), *rest]
        sample = self._sampler.sample(block, rng)
        return replace(sample, facts=(*self._told(tools, rng), *sample.facts), source=f"{SOURCE}/ordinary")

    def _asked(self, language: str, rng: Random) -> Sample:
        """A request that says too little."""
        able = [(domain, family) for domain, family in self._families
                if any(item[0] == language for item in family.unclear)]  # fmt: skip
        domain, family = rng.choice(able)
        _, text, question = rng.choice([item for item in family.unclear if item[0] == language])
        tool = self._company.tool(domain, family, rng)
        parts = expand(parse_form(text), rng)
        slots = {part.kind for part in parts if isinstance(part, Slot)}
        if not slots <= set(tool.names):
            raise PlanError(f"{family.where}: {tool.tool.signature()} cannot do what is asked for by half")
        held = Held()
        values = drawn_values(tool, sorted(slots), language, self._sampler.slots, rng)
        said = {slot: rng.choice(value.forms(language)) for slot, value in values.items()}
        text = Wording(text_of(parts, said, held), tuple(held.texts)).spoken()
        return self._said(text, ("ask", question), self._company.tools(tool, rng), language, rng)

    def _refused(self, language: str, rng: Random) -> Sample:
        """A request that no tool here can do."""
        domain, family = rng.choice([pair for pair in self._families if pair[0].refusals])
        held = Held()
        _, text = self._phrase(invent(domain, family, (), rng), language, held, rng)
        tools = self._company.tools(None, rng, but=domain)
        text = Wording(text, tuple(held.texts)).spoken()
        return self._said(text, ("refuse", domain.refusals[language]), tools, language, rng)

    def _said(self, text: str, back: tuple[str, str], tools: Sequence[Invented], language: str, rng: Random) -> Sample:
        """A request that a word of llmsh answers: `back` is that word, and what is said with it."""
        word, said = back
        plan = check(parse(f"{word}({print_argument(said)})"), self._sampler.registry).text
        request = self._sampler.typed(Wording(tidy(text, language), ()), language, rng)
        return Sample(request, plan, language, f"{SOURCE}/{word}", (), self._told(tools, rng, request))

    def _answered(self, language: str, rng: Random, *, piped: bool) -> Sample:
        """A request that an invented tool answers."""
        able = [pair for pair in self._families if not piped or f"np {language}" in pair[1].phrases]
        domain, family = rng.choices(able, [_weight(family) for _, family in able])[0]
        tool = self._company.tool(domain, family, rng)
        held = Held()
        plan, text = self._planned(tool, language, held, rng, piped=piped)
        tools = self._company.tools(tool, rng)
        registry = Registry((*self._sampler.registry, *(other.tool for other in tools)))
        bound = check(parse(plan), registry)
        request = self._sampler.typed(Wording(tidy(text, language), tuple(held.texts)), language, rng)
        told = self._told(tools, rng, request)
        return Sample(request, bound.text, language, f"{SOURCE}/{'piped' if piped else 'tool'}", (), told)

    def _planned(self, tool: Invented, language: str, held: Held, rng: Random, *, piped: bool) -> tuple[str, str]:
        """A plan that calls a tool, alone or in a pipe, and the request for it."""
        if piped:
            values, text = self._phrase(tool, f"np {language}", held, rng)
            after, text = self._framer.framed(tool, text, language, held, rng)
            return f"{call_of(tool, values)} | {after}", text
        if f"then {language}" in tool.family.phrases and rng.random() < STEPPED:
            return self._stepped(tool, language, held, rng)
        values, text = self._phrase(tool, language, held, rng)
        return call_of(tool, values), text

    def _stepped(self, tool: Invented, language: str, held: Held, rng: Random) -> tuple[str, str]:
        """Lines of a file that go through a tool of llmsh before the invented one."""
        values, text = self._phrase(tool, f"then {language}", held, rng)
        step, text = self._framer.framed(tool, text, language, held, rng, frames=STEPS)
        plan = f"{step} | {call_of(tool, values)}"
        if tool.family.gives in ("Text", "Table") and rng.random() < SAVED:
            after, text = self._framer.framed(tool, text, language, held, rng, frames=SAVING)
            plan += f" | {after}"
        return plan, text

    def _phrase(self, tool: Invented, kind: str, held: Held, rng: Random) -> tuple[dict[str, Value], str]:
        """A wording of a family that its tool can do. Raises PlanError where none was drawn."""
        language = kind[-2:]
        piped = {tool.piped.slot} if tool.piped and kind.startswith("then") else set()
        fitting = []
        for _ in range(PHRASE_TRIES):
            parts = expand(rng.choice(tool.family.phrases[kind]), rng)
            slots = {part.kind for part in parts if isinstance(part, Slot)}
            if tool.required - piped <= slots <= set(tool.names):
                fitting.append((parts, slots))
        if not fitting:
            raise PlanError(f"{tool.family.where}: no request fits {tool.tool.signature()}")
        parts, slots = max(fitting[: rng.choice(SAYINGS)], key=lambda phrase: len(phrase[1] & tool.optional))
        values = drawn_values(tool, sorted(slots), language, self._sampler.slots, rng)
        spoken = {slot: rng.choice(value.forms(language)) for slot, value in values.items()}
        values = {slot: _copied(tool, slot, values[slot], text) for slot, text in spoken.items()}
        said = {slot: _said_so(tool, slot, text, rng) for slot, text in spoken.items()}
        return values, text_of(parts, said, held)

    def _told(self, tools: Sequence[Invented], rng: Random, request: str = "") -> tuple[str, ...]:
        """The tools as a prompt shows them, in any order, and up to two examples, mostly of the first tool."""
        lines = [signature_line(other.tool) for other in rng.sample(tools, len(tools))]
        for _ in range(rng.choices((0, 1, 2), EXAMPLES)[0]):
            example = self._example(tools[0] if rng.random() < NEAREST else rng.choice(tools), rng)
            if example is not None and example.request.lower() != request.lower():
                lines.append(example_line(example))
        return tuple(dict.fromkeys(lines))

    def _example(self, tool: Invented, rng: Random) -> Example | None:
        """A request as the author of a tool would put it beside the tool; None where none was drawn."""
        language = "zh" if rng.random() < CHINESE_SHARE else "en"
        held = Held()
        with contextlib.suppress(PlanError):
            piped = f"np {language}" in tool.family.phrases and rng.random() < PIPED
            call, text = self._planned(tool, language, held, rng, piped=piped)
            plan = check(parse(call), Registry((*self._sampler.registry, tool.tool)))
            return Example(Wording(tidy(text, language), tuple(held.texts)).spoken(), plan.text, language=language)
        return None


def _weight(family: Family) -> int:
    """How often a family is drawn: hard to read in a signature are its flags and choices, and several numbers."""
    kinds = [item.kind for item in family.parameters]
    several = sum(kind in ("int", "float") for kind in kinds) > 1
    return 1 + min(2, sum(kind in ("bool", "choice") for kind in kinds)) + several


def _kind(tool: Invented, slot: str) -> str:
    return next(item.kind for item in tool.family.parameters if item.slot == slot)


def _copied(tool: Invented, slot: str, value: Value, said: str) -> Value:
    """A value as the plan is to have it: a text that is said in another language than it has is not translated."""
    if _kind(tool, slot) == "text" and bool(CHINESE.search(said)) != bool(CHINESE.search(str(value.plan))):
        return replace(value, plan=said)
    return value


def _said_so(tool: Invented, slot: str, said: str, rng: Random) -> str:
    """A value as it is typed: texts and names of files in quotes now and then."""
    return quoted(said, rng) if _kind(tool, slot) in ("text", "path", "lines") and rng.random() < QUOTED else said
