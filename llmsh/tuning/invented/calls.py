"""Calls of invented tools: values are drawn for their slots, and written into the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from llmsh.plan import print_argument, print_call
from llmsh.tuning.invented.measures import measured
from llmsh.tuning.invented.tools import Invented
from llmsh.tuning.slots import Slots
from llmsh.tuning.values_file import Value
from llmsh.tuning.wording import CHINESE
from llmsh.types import Call

TRIES, AS_EVER = 8, 0.8
"""How often a value is drawn; how often one that is the default is drawn again."""
MEASURED = 0.5
"""How often an amount is any amount, and none of a list."""
STARTS = {"lines": "read({}) | ", "files": "find_files(name={}) | "}
"""How a pipe into an invented tool starts."""
AS_IT_IS = ("int", "float", "bool", "size")
"""Types whose values are no texts in a plan."""


def drawn_values(tool: Invented, kinds: Sequence[str], language: str, slots: Slots, rng: Random) -> dict[str, Value]:
    """Values of some slots of a tool, no two alike but for flags: its own, or those of the grammar."""
    values: dict[str, Value] = {}
    filters = tool.family.gives == "Table"  # rows that a flag does not keep are no filter
    defaults = {
        slot: item.default for slot, name in tool.names.items() for item in tool.tool.parameters if item.name == name
    }
    for kind in kinds:
        own = tool.kinds.get(kind)
        for _ in range(TRIES):
            value = _drawn(tool, kind, slots, rng)
            if own and value.plan == defaults.get(kind) and (filters or rng.random() < AS_EVER):
                continue
            foreign = language == "en" and CHINESE.search(rng.choice(value.forms("en")))
            if not foreign and not any(_alike(value, other) for other in values.values()):
                break
        values[kind] = value
    return values


def _alike(value: Value, other: Value) -> bool:
    """Whether two values could be taken for each other; a flag is said by words of its own."""
    return value.plan == other.plan and not isinstance(value.plan, bool) and not isinstance(other.plan, bool)


def _drawn(tool: Invented, kind: str, slots: Slots, rng: Random) -> Value:
    """A value for a slot: an amount of its measure, one of its own, or one of the grammar."""
    own, measure = tool.kinds.get(kind), tool.domain.measures.get(kind, "")
    amount = measured(measure, rng) if rng.random() < MEASURED else None
    if amount is not None:
        return amount
    return rng.choice(own) if own else slots.draw(tool.domain.draws.get(kind, kind), rng)


def call_of(tool: Invented, values: Mapping[str, Value]) -> str:
    """The plan that calls a tool with the values of its slots."""
    options, before = [], ""
    for slot, value in values.items():
        item = next(item for item in tool.family.parameters if item.slot == slot)
        written = value.plan if item.kind in AS_IT_IS else str(value.plan)
        if item.piped:
            before = STARTS[item.kind].format(print_argument(written))
        else:
            options.append((tool.names[slot], written))
    return before + print_call(Call(tool.tool.name, (), tuple(options)))
