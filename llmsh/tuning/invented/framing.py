"""Tools of llmsh round an invented one: a frame is drawn and filled, and the request for the tool put into it."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from llmsh.errors import PlanError
from llmsh.plan import print_argument
from llmsh.tuning.amounts import counted, words
from llmsh.tuning.drawing import expand
from llmsh.tuning.forms import Slot, parse_form
from llmsh.tuning.invented.chains import CHAINS
from llmsh.tuning.invented.columns import column_said, columns_for, limit_of, other_column, superlatives_of
from llmsh.tuning.invented.forms import text_of, with_noun
from llmsh.tuning.invented.frames import SINGLE, Frame
from llmsh.tuning.invented.tools import Invented
from llmsh.tuning.slots import Slots
from llmsh.tuning.values_file import Value, plain_value
from llmsh.tuning.wording import Held

FRAMES = (*SINGLE, *CHAINS)
DRAWN = {"count": "count", "file": "newfile", "textfile": "textfile"}
"""Slots of a frame that are filled as a slot kind of the grammar is."""


class Framer:
    """Puts frames round the request for an invented tool. `slots` fill them."""

    def __init__(self, slots: Slots) -> None:
        self._slots = slots

    def framed(
        self, tool: Invented, np: str, language: str, held: Held, rng: Random, *, frames: Sequence[Frame] = FRAMES
    ) -> tuple[str, str]:
        """The calls of a frame that fits the tool, and the whole request. Raises PlanError."""
        able = [(frame, columns) for frame in frames for columns in [columns_for(tool, frame.needs)] if columns]
        frame, columns = rng.choice(able)
        written, said = self._filled(tool, rng.choice(columns), language, rng)
        parts = expand(with_noun(parse_form(frame.en if language == "en" else frame.zh), np), rng)
        if any(isinstance(part, Slot) and part.kind not in said for part in parts):
            raise PlanError(f"{tool.family.where}: no other column")
        call = frame.call
        for name, value in written.items():
            call = call.replace(f"{{{name}}}", value)
        return call, text_of(parts, said, held)

    def _filled(self, tool: Invented, column: str, language: str, rng: Random) -> tuple[dict[str, str], dict[str, str]]:
        """What stands in a frame for its slots: in the plan, and in the request."""
        drawn = self._drawn(tool, column, rng)
        limit = limit_of(column, rng)
        written = {"limit!": limit, "column": _written(tool, column)}
        said = {"limit": limit, "column": column_said(tool, column, language, rng)}
        other = other_column(tool, column, rng)
        if other:
            written["column2"], said["column2"] = _written(tool, other), column_said(tool, other, language, rng)
        said |= superlatives_of(column, language, rng)
        for name, value in drawn.items():
            written[name], said[name] = print_argument(value.plan), rng.choice(value.forms(language))
        return written, said

    def _drawn(self, tool: Invented, column: str, rng: Random) -> dict[str, Value]:
        """Values for the slots of a frame that are said as other values are."""
        drawn = {name: self._slots.draw(kind, rng) for name, kind in DRAWN.items()}
        few = rng.randint(2, 6)
        drawn["few"] = Value(few, (str(few), words(few)), (str(few), counted(few)))
        drawn["value"] = rng.choice(tool.kinds.get(column) or (plain_value("x"),))
        return drawn


def _written(tool: Invented, column: str) -> str:
    """A column as the plan has it."""
    return print_argument(tool.columns.get(column, column))
