"""/history: earlier lines and what they became."""

from __future__ import annotations

from llmsh.commands.base import Command, Context
from llmsh.types import Column, Rows, Table

SHOWN = 50
COLUMNS = (Column("line"), Column("plan"), Column("status"))


def run(context: Context, words: list[str]) -> Rows:
    """The latest lines, the newest last, or those that hold some words."""
    found = context.turns.search(" ".join(words)) if words else context.turns.recent(SHOWN)
    return Table(COLUMNS, [(turn.get("line"), turn.get("plan"), turn.get("status")) for turn in reversed(found)])


COMMAND = Command("history", "/history [WORDS]", "earlier lines and what they became", run)
