"""Requests for tools that do not exist: the model learns to read signatures it has never seen.

A request stands beside the signatures of up to four invented tools, and an example or two of them. One of them answers
it; or none does, and it is an ordinary request, or one to be refused; or it says too little and is asked about.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from llmsh.check import check
from llmsh.errors import PlanError
from llmsh.plan import parse, print_argument, print_call
from llmsh.prompt import example_line, signature_line
from llmsh.registry import Registry, Tool
from llmsh.tool import Example
from llmsh.tuning.drawing import expand
from llmsh.tuning.forms import Choice, Form, Part, Slot, parse_form
from llmsh.tuning.invented_file import Domain, read_domains
from llmsh.tuning.invented_frames import COLUMNS_ZH, FRAMES
from llmsh.tuning.invented_tools import Invented, invent
from llmsh.tuning.samples import Sample
from llmsh.tuning.sampling import CHINESE as CHINESE_SHARE
from llmsh.tuning.sampling import Sampler, tools_of
from llmsh.tuning.saying import quoted
from llmsh.tuning.values_file import Value
from llmsh.tuning.wording import CHINESE, Held, Wording, tidy
from llmsh.types import Call

SOURCE = "invented"
TRIES = 20
WORDS = ("ask", "answer", "refuse")
OUTCOMES = ("tool", "piped", "ordinary", "refuse", "ask"), (56, 16, 15, 7, 6)
EXAMPLES = (25, 35, 40)
"""How often no example, one and two stand beside the tools."""
NEAREST = 0.75
"""How often it is one of the tool that answers: they are found by their nearness to the request."""
STARTS = {"lines": "read({}) | ", "files": "find_files(name={}) | "}
"""How a pipe into an invented tool starts."""


class Inventor:
    """Makes samples beside invented tools. `sampler` gives the ordinary requests."""

    def __init__(self, sampler: Sampler, domains: Sequence[Domain]) -> None:
        self._sampler = sampler
        self._domains = tuple(domains)
        self._families = [(domain, family) for domain in domains for family in domain.families]
        # what is refused for want of a tool must not stand beside a tool that could do it
        self._ordinary = [block for block in sampler.alone if not set(tools_of(block, sampler.registry)) & set(WORDS)]
        self._frames = [(call, {"en": parse_form(english), "zh": parse_form(chinese)}, column)
                        for call, english, chinese, column in FRAMES]  # fmt: skip

    @classmethod
    def load(cls, sampler: Sampler) -> Inventor:
        """An inventor over the domains that ship with llmsh."""
        return cls(sampler, read_domains(os.path.join(os.path.dirname(__file__), "invented")))

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
            able = self._ordinary
            sample = self._sampler.sample(rng.choices(able, [block.weight for block in able])[0], rng)
            return replace(
                sample, facts=(*self._told(self._tools(None, rng), rng), *sample.facts), source="invented/ordinary"
            )
        if outcome in ("refuse", "ask"):
            return self._said(outcome, language, rng)
        return self._answered(language, rng, piped=outcome == "piped")

    def _answered(self, language: str, rng: Random, *, piped: bool) -> Sample:
        able = [pair for pair in self._families if not piped or f"np {language}" in pair[1].phrases]
        domain, family = rng.choice(able)
        tool = invent(domain, family, self._taken(()), rng)
        held = Held()
        values, text = self._phrase(tool, f"np {language}" if piped else language, held, rng)
        plan = _call(tool, values)
        if piped:
            after, text = self._framed(tool, text, language, held, rng)
            plan += f" | {after}"
        tools = self._tools(tool, rng)
        registry = Registry((*self._sampler.registry, *(other.tool for other in tools)))
        bound = check(parse(plan), registry)
        request = self._sampler.typed(Wording(tidy(text, language), tuple(held.texts)), language, rng)
        told = self._told(tools, rng, request)
        return Sample(request, bound.text, language, f"{SOURCE}/{'piped' if piped else 'tool'}", (), told)

    def _said(self, outcome: str, language: str, rng: Random) -> Sample:
        """A request that no tool here can do, or that says too little."""
        if outcome == "ask":
            able = [(domain, family) for domain, family in self._families
                    if any(item[0] == language for item in family.unclear)]  # fmt: skip
            domain, family = rng.choice(able)
            _, text, question = rng.choice([item for item in family.unclear if item[0] == language])
            tools = self._tools(invent(domain, family, self._taken(()), rng), rng)
            plan = f"ask({print_argument(question)})"
        else:
            domain, family = rng.choice([pair for pair in self._families if pair[0].refusals])
            held = Held()
            _, text = self._phrase(invent(domain, family, (), rng), language, held, rng)
            text = Wording(text, tuple(held.texts)).spoken()
            tools = self._tools(None, rng, but=domain)
            plan = f"refuse({print_argument(domain.refusals[language])})"
        request = self._sampler.typed(Wording(tidy(text, language), ()), language, rng)
        return Sample(request, check(parse(plan), self._sampler.registry).text, language, f"{SOURCE}/{outcome}", (),
                      self._told(tools, rng, request))  # fmt: skip

    def _taken(self, tools: Sequence[Tool]) -> list[str]:
        return [tool.name for tool in (*self._sampler.registry, *tools)]

    def _tools(self, answering: Invented | None, rng: Random, but: Domain | None = None) -> list[Invented]:
        """Tools to choose from: the one that answers first, others of its domain, and some of other domains."""
        tools = [answering] if answering else []
        wanted = rng.choice((1, 2, 2, 3, 3, 4))
        own = [
            pair
            for pair in self._families
            if answering and pair[0] is answering.domain and pair[1] is not answering.family
        ]
        rng.shuffle(own)
        others = [
            pair for pair in self._families if pair[0] is not but and not (answering and pair[0] is answering.domain)
        ]
        chosen = own[: rng.randint(0, len(own))] + rng.sample(others, 6)
        for domain, family in chosen[: wanted - len(tools)]:
            tools.append(invent(domain, family, self._taken([other.tool for other in tools]), rng))
        return tools

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
            values, text = self._phrase(tool, language, held, rng)
            plan = check(parse(_call(tool, values)), Registry((*self._sampler.registry, tool.tool)))
            return Example(Wording(tidy(text, language), tuple(held.texts)).spoken(), plan.text, language=language)
        return None

    def _phrase(self, tool: Invented, kind: str, held: Held, rng: Random) -> tuple[dict[str, Value], str]:
        """A wording of a family that its tool can do. Raises PlanError where none was drawn."""
        for _ in range(40):
            parts = expand(rng.choice(tool.family.phrases[kind]), rng)
            slots = {part.kind for part in parts if isinstance(part, Slot)}
            if tool.required <= slots <= set(tool.names):
                values = self._values(tool, sorted(slots), kind[-2:], rng)
                said = {slot: _quoted(rng.choice(value.forms(kind[-2:])), rng) for slot, value in values.items()}
                return values, _text(parts, said, held)
        raise PlanError(f"{tool.family.where}: no request fits {tool.tool.signature()}")

    def _values(self, tool: Invented, slots: Sequence[str], language: str, rng: Random) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for slot in slots:
            own = tool.domain.kinds.get(slot)
            for _ in range(8):
                value = rng.choice(own) if own else self._sampler.slots.draw(slot, rng)
                foreign = language == "en" and CHINESE.search(rng.choice(value.forms("en")))
                if not foreign and all(value.plan != other.plan for other in values.values()):
                    break
            values[slot] = value
        return values

    def _framed(self, tool: Invented, np: str, language: str, held: Held, rng: Random) -> tuple[str, str]:
        """A row tool behind the invented one, and the whole request."""
        able = [frame for frame in self._frames if _columns(tool, frame[2])]
        call, forms, needed = rng.choice(able)
        column = rng.choice(_columns(tool, needed))
        count, file = self._sampler.slots.draw("count", rng), self._sampler.slots.draw("newfile", rng)
        limit = str(rng.choice((1, 2, 3, 5, 10, 20, 50, 80, 100, 200, 500, 1000)))
        said_column = COLUMNS_ZH.get(column, column) if language == "zh" else column
        said = {"count": rng.choice(count.forms(language)), "file": rng.choice(file.forms(language)), "limit": limit,
                "column": said_column}  # fmt: skip
        drawn = {"count": count.plan, "file": file.plan, "column": column}
        written = {"limit!": limit, **{name: print_argument(value) for name, value in drawn.items()}}
        for name, value in written.items():
            call = call.replace(f"{{{name}}}", value)
        parts = expand(_with_noun(forms[language], np), rng)
        return call, _text(parts, said, held)


def _with_noun(form: Form, np: str) -> Form:
    """A form with its noun phrase put in."""
    parts: list[Part] = []
    for part in form:
        if isinstance(part, Choice):
            parts.append(Choice(tuple(_with_noun(option, np) for option in part.options)))
        else:
            parts.append(np if isinstance(part, Slot) and part.kind == "np" else part)
    return tuple(parts)


def _columns(tool: Invented, needed: str) -> list[str]:
    """The columns that a frame can use: those that the summary names, those of numbers where it needs one."""
    if not needed:
        return ["name"]
    names = [name.rstrip("#") for name in tool.family.columns if needed == "any" or name.endswith("#")]
    return [name for name in names if name in tool.tool.summary]


def _call(tool: Invented, values: Mapping[str, Value]) -> str:
    """The plan that calls a tool with the values of its slots."""
    options, before = [], ""
    for slot, value in values.items():
        item = next(item for item in tool.family.parameters if item.slot == slot)
        written = value.plan if item.kind in ("int", "float", "bool", "size") else str(value.plan)
        if item.piped:
            before = STARTS[item.kind].format(print_argument(written))
        else:
            options.append((tool.names[slot], written))
    return before + print_call(Call(tool.tool.name, (), tuple(options)))


def _text(parts: Sequence[object], said: Mapping[str, str], held: Held) -> str:
    return "".join(held.hold(said[part.kind]) if isinstance(part, Slot) else str(part) for part in parts)


def _quoted(said: str, rng: Random) -> str:
    return quoted(said, rng) if rng.random() < 0.15 else said
