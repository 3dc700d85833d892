"""Samples from the blocks of the grammar: a plan that checks, a request as somebody types it, and its surroundings."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from llmsh.check import BoundPlan
from llmsh.errors import PlanError
from llmsh.prompt import Situation, facts_of, one_line
from llmsh.registry import Registry
from llmsh.tuning.context import columns_here, is_said, names_here, result_rows, result_type, spoken_files
from llmsh.tuning.drawing import Drawer, Drawn
from llmsh.tuning.forms import Gap, Slot, parse_pattern
from llmsh.tuning.grammar import Grammar
from llmsh.tuning.grammar_check import bind, previous_type
from llmsh.tuning.grammar_file import Block
from llmsh.tuning.noise import Manners, noisy
from llmsh.tuning.samples import Sample
from llmsh.tuning.slots import Slots
from llmsh.tuning.values_file import Value, plain_value
from llmsh.tuning.wording import FIRST_HELD, Wording
from llmsh.types import Rows

CHINESE = 0.5
"""The share of requests in Chinese, where a block has both languages."""
UNRELATED = 0.15
"""The share of requests that come after another one which they have nothing to do with."""
CHAINED = 0.2
"""The share of requests that go on with a result and come after one that went on with a result itself."""
MEANT = 0.07
"""The share of requests that name a file by its stem or in small letters: "the readme" for README.md."""
TRIES = 30
VALUE = r'([^"\\*]*)', r'([^"\\* ]*)'
"""What a slot of a plan that a block follows may stand for, a bare one too, which no blank may tear."""


@dataclass(frozen=True)
class Earlier:
    """A turn before the request: its request, its plan and what came out of it, where that is still `last`."""

    request: str
    plan: BoundPlan
    last: Rows | None

    @property
    def turns(self) -> tuple[tuple[str, str], ...]:
        """The turn as a sample holds it."""
        return ((self.request, self.plan.text),)


class Sampler:
    """Makes samples of blocks."""

    def __init__(self, grammar: Grammar, slots: Slots, registry: Registry) -> None:
        self.grammar = grammar
        self.slots = slots
        self.registry = registry
        self.drawer = Drawer(grammar, slots)
        self._verbs = {
            language: frozenset(str(value.plan) for value in slots.lists[f"verbs_{language}"])
            for language in ("en", "zh")
        }
        # "show the process" means no file process.py
        self._meaning = self._verbs["en"] | {word for tool in registry for text in (tool.name, *tool.also)
                                             for word in re.findall("[a-z]+", text)}  # fmt: skip
        self.blocks = tuple(grammar.requests())
        self.alone = tuple(block for block in self.blocks if not (block.last or block.after or block.stdin))
        self.by_tool = _by_tool(self.blocks, registry)
        self.by_area: dict[str, list[Block]] = {}
        for block in self.blocks:
            self.by_area.setdefault(block.area, []).append(block)

    def sample(self, block: Block, rng: Random) -> Sample:
        """A sample of a block. Raises PlanError where no draw of it checks."""
        language = self.language(block, rng)
        earlier = self._earlier(block, language, rng)
        last = earlier.last if earlier else None
        given = values_of(block.after, earlier.plan) if block.after and earlier else None
        drawn, bound = self._bound(block, language, rng, given)
        row = bound.plan.steps[0].source.row if bound.plan.steps[0].source else None
        if row is not None and last is not None and row > len(list(last.rows)):
            raise PlanError(f"{block.file}:{block.line}: there is no row {row} in the result drawn")
        names = names_here(bound, self.slots, rng)
        wording = drawn.wording
        if rng.random() < MEANT:
            wording, names = meant(drawn, bound, names, self._meaning, rng)
        request = self.typed(wording, language, rng)
        columns = columns_here(bound, request, self.slots, rng)
        facts = facts_of(request, Situation(names, (), last, block.stdin, columns))
        turns = earlier.turns if earlier else ()
        return Sample(request, bound.text, language, f"grammar/{block.area}", turns, tuple(facts))

    def language(self, block: Block, rng: Random) -> str:
        """The language a request of a block is drawn in."""
        wanted = "zh" if rng.random() < CHINESE else "en"
        return wanted if wanted in block.forms else next(iter(block.forms))

    def typed(self, wording: Wording, language: str, rng: Random, manners: Manners | None = None) -> str:
        """A wording as somebody types it."""
        return one_line(noisy(wording, language, self._verbs[language], rng, manners).spoken())

    def turn(self, blocks: Sequence[Block], language: str, rng: Random) -> Earlier | None:
        """A turn drawn from some blocks in a language; None where that does not succeed."""
        able = [block for block in blocks if language in block.forms]
        if not able:
            return None
        block = rng.choices(able, [item.weight for item in able])[0]
        drawn, bound = self._bound(block, language, rng)
        kind = result_type(bound, previous_type(block, self.registry))
        last = None if is_said(kind) else result_rows(kind, bound, self.slots, rng)
        return Earlier(self.typed(drawn.wording, language, rng), bound, last)

    def _earlier(self, block: Block, language: str, rng: Random) -> Earlier | None:
        """The turn before a request: what the block asks for, or now and then one that has nothing to do with it."""
        if not block.last and not block.after:
            return self._unrelated(block, language, rng) if rng.random() < UNRELATED else None
        wanted = previous_type(block, self.registry)
        if block.after and wanted is not None and is_said(wanted):  # an answer fits one question alone
            blocks = [item for item in self.alone if item.pattern == (block.after,)]
        elif block.after:
            return self._fitting(block, language, rng)
        else:  # a block that goes on with the same type has a result before it, which the prompt does not show
            before = [item for item in self.blocks if item.last == block.last and item is not block]
            chained = before if rng.random() < CHAINED else []
            blocks = [item for item in (*self.alone, *chained) if wanted is self._gives(item)]
            blocks = [item for item in blocks if item.last] if chained else blocks
        found = self.turn(blocks, language, rng)
        if found is None or wanted is None or (found.last is None and not is_said(wanted)):
            raise PlanError(f"{block.file}:{block.line}: no other block gives what this one follows")
        return found

    def _fitting(self, block: Block, language: str, rng: Random) -> Earlier:
        """A turn whose plan is like the one that a block follows. Raises PlanError where none was drawn."""
        able = {id(item) for item in self.alone}
        tools = tools_in(block.after, self.registry)
        blocks = [item for item in self.by_tool.get(tools[-1], ()) if id(item) in able]
        blocks = [item for item in blocks if tools_of(item, self.registry) == tools]
        own = [item for item in blocks if item.file == block.file] or blocks  # written for what follows them
        for attempt in range(2 * TRIES):
            found = self.turn(blocks if attempt < TRIES else own, language, rng)
            if found is not None and found.last is not None and self._fits(block, found.plan):
                return found
        raise PlanError(f"{block.file}:{block.line}: no other block gives what this one follows")

    def _fits(self, block: Block, earlier: BoundPlan) -> bool:
        """Whether a plan is like the one that a block follows: a slot of the file's own kind has a value of it."""
        values = values_of(block.after, earlier)
        kinds = {key: self.grammar.kind(block.area, key[0]) for key in values or ()}
        return values is not None and all(
            not kinds[key] or value.plan in {own.plan for own in kinds[key]} for key, value in values.items()
        )

    def _unrelated(self, block: Block, language: str, rng: Random) -> Earlier | None:
        """A turn that has nothing to do with a request; before a question back none that "it" could mean."""
        found = self.turn(self.alone, language, rng)
        asks = tools_of(block, self.registry) == ["ask"]
        return None if asks and found is not None and found.last is not None else found

    def _gives(self, block: Block) -> type[Rows] | None:
        """The type of the result of a block, as far as its tools tell."""
        tools = [self.registry.get(name) for name in tools_of(block, self.registry)]
        given = [tool.gives for tool in tools if tool is not None and tool.gives is not None]
        named = previous_type(block, self.registry) if block.last else None
        return given[-1] if given else named

    def _bound(
        self, block: Block, language: str, rng: Random, given: Mapping[tuple[str, int], Value] | None = None
    ) -> tuple[Drawn, BoundPlan]:
        """A draw of a block that checks."""
        for attempt in range(TRIES):
            drawn = self.drawer.draw(block, language, rng, given)
            try:
                return drawn, bind(drawn, block, self.registry)
            except PlanError:
                if attempt == TRIES - 1:
                    raise
        raise AssertionError("the last attempt gives back or raises")


def tools_of(block: Block, registry: Registry) -> list[str]:
    """The names of the tools in a block's plan, in their order; a noun's own tools are not among them."""
    return tools_in("".join(part if isinstance(part, str) else "\x00" for part in block.pattern), registry)


def tools_in(text: str, registry: Registry) -> list[str]:
    """The names of the tools in the text of a plan, in their order."""
    names = re.findall(r"(?:^|[|\n])\s*([a-z_0-9]+)\(", text)
    return [name for name in names if registry.get(name) is not None]


def values_of(after: str, bound: BoundPlan) -> dict[tuple[str, int], Value] | None:
    """What stands in a plan where the one that a block follows has slots; None where the plan is another one.

    A pattern without slots stands for every plan of its tools.
    """
    pattern = parse_pattern(after)
    slots = [part for part in pattern if isinstance(part, Slot)]
    if not slots:
        return {}
    written = "".join(map(_expected, pattern))
    found = re.fullmatch(written, bound.text)
    return {slot.key: plain_value(text) for slot, text in zip(slots, found.groups(), strict=True)} if found else None


def _expected(part: str | Slot | Gap) -> str:
    """A part of a pattern as a regular expression."""
    if isinstance(part, Slot):
        return VALUE[1] if part.bare else f'"{VALUE[0]}"'
    return ".*" if isinstance(part, Gap) else re.escape(part)


def _by_tool(blocks: Sequence[Block], registry: Registry) -> dict[str, list[Block]]:
    found: dict[str, list[Block]] = {}
    for block in blocks:
        for name in tools_of(block, registry):
            found.setdefault(name, []).append(block)
    return found


def meant(
    drawn: Drawn, bound: BoundPlan, names: list[str], taken: Container[str], rng: Random
) -> tuple[Wording, list[str]]:
    """A wording that names a file or a folder of the working folder less exactly than it is called.

    Stems that are among `taken` are left alone: they would be read as words.
    """
    wording = drawn.wording
    for name in spoken_files(bound):
        written = name.rstrip("/")
        stem = written.split(".")[0]
        said = stem.lower() if not name.endswith("/") else written.lower()
        if (
            re.fullmatch(r"[A-Za-z0-9]{4,}", stem)
            and stem.lower() not in taken
            and said != written
            and written in wording.values
        ):
            at = wording.text.index(chr(FIRST_HELD + wording.values.index(written)))
            shown = said if name.endswith("/") else _called(said, wording.text[:at], drawn.language, rng)
            values = tuple(shown if value == written else value for value in wording.values)
            others = [other for other in names if other.split(".")[0].rstrip("/").lower() != stem.lower()]
            return replace(wording, values=values), sorted([*others, name])
    return wording, names


def _called(stem: str, before: str, language: str, rng: Random) -> str:
    """How a file is called by its stem, after these words."""
    if language == "zh":
        return rng.choice((stem, stem + "文件", stem + "那个文件"))
    if re.search(r"\b(the|my|a|this|file) $", before):
        return stem
    return rng.choice(("the {}", "the {}", "my {}", "the {} file", "{}")).format(stem)
