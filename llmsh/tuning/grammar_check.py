"""Whether the blocks of a grammar are right in form: known names, plans that fit the registry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from llmsh.check import BoundPlan, check
from llmsh.errors import PlanError
from llmsh.plan import parse
from llmsh.registry import Registry
from llmsh.tuning.drawing import Drawer, Drawn, unsaid
from llmsh.tuning.forms import Slot
from llmsh.tuning.grammar import Grammar
from llmsh.tuning.grammar_file import LANGUAGES, REQUEST, Block, GrammarError
from llmsh.tuning.slots import Slots
from llmsh.types import ROW_TYPES, Rows

DRAWS = 8
"""Plans drawn from a block in each language, and again for each of its filters."""


@dataclass(frozen=True)
class Source:
    """What samples are drawn from."""

    grammar: Grammar
    slots: Slots
    registry: Registry

    @property
    def drawer(self) -> Drawer:
        """Draws from the grammar."""
        return Drawer(self.grammar, self.slots)


def grammar_errors(source: Source, areas: set[str] | None = None) -> Iterator[GrammarError]:
    """What is wrong with the blocks of some areas (of all where none is given), in their order."""
    for file in source.grammar.files.values():
        if areas is not None and file.area not in areas:
            continue
        for block in file.blocks:
            error = _wrong_names(source, block) or _wrong_plans(source, block)
            if error is not None:
                yield error


def _wrong_names(source: Source, block: Block) -> GrammarError | None:
    for slot in (part for part in block.pattern if isinstance(part, Slot)):
        grammar = source.grammar
        known = grammar.nouns(block.area, slot.kind) or grammar.kind(block.area, slot.kind)
        if not known and not source.slots.knows(slot.kind):
            return block.error(f"there is no slot kind {slot.kind}", f"the kinds are {', '.join(source.slots.kinds())}")
    for name in block.filters:
        if not source.grammar.filters(block.area, name):
            return block.error(f"there is no filter {name}", f"define it with + {name}: ...")
    message = unsaid(block)
    return block.error(message) if message else None


def _wrong_plans(source: Source, block: Block) -> GrammarError | None:
    """The first plan that does not check: of the block as it is, and with each of its filters alone."""
    if block.kind != REQUEST:
        return None  # a noun and a filter are checked in the plans they are used in
    rng = Random(f"{block.file}:{block.line}")
    for variant in (block, *(replace(block, filters=(name,)) for name in block.filters)):
        for language in LANGUAGES:
            if language not in block.forms:
                continue
            errors = [_error(source, source.drawer.draw(variant, language, rng), block) for _ in range(DRAWS)]
            found = [error for error in errors if error is not None]
            # filters of a block and of a noun in it may give the same argument: such a draw is drawn again
            twice = [error for error in found if "given twice" in error.message]
            if len(found) > len(twice) or len(twice) == DRAWS:
                return next((error for error in found if error not in twice), found[0])
    return None


def _error(source: Source, drawn: Drawn, block: Block) -> GrammarError | None:
    """Why a draw does not check, if it does not."""
    try:
        bind(drawn, block, source.registry)
    except PlanError as error:
        return block.error(f"{error.message}: {drawn.plan}", error.hint)
    return None


def bind(drawn: Drawn, block: Block, registry: Registry) -> BoundPlan:
    """The plan of a draw, checked; its text is canonical. Raises PlanError."""
    bound = check(parse(drawn.plan), registry, last=previous_type(block, registry))
    starts = bound.plan.steps[0].source
    if (starts is not None and starts.name == "stdin") and not block.stdin:
        raise PlanError("the plan starts from stdin: write ~ stdin before it")
    return bound


def previous_type(block: Block, registry: Registry) -> type[Rows] | None:
    """The type of the result that a block follows; None where it follows none. Raises PlanError."""
    if block.last:
        named = [kind for kind in ROW_TYPES if kind.__name__ == block.last]
        if not named:
            raise PlanError(f"there is no type {block.last}", hint=", ".join(kind.__name__ for kind in ROW_TYPES))
        return named[0]
    if not block.after:
        return None
    name = last_tool(block.after)
    tool = registry.get(name)
    if tool is None:
        raise PlanError(f"there is no tool named {name}: {block.after}")
    return tool.gives or tool.takes or Rows


def last_tool(plan: str) -> str:
    """The name of the last tool of a plan, which may hold slots."""
    return plan.rpartition("|")[2].partition("(")[0].strip()
