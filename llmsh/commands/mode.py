"""/mode: how much may happen without a question."""

from __future__ import annotations

from llmsh.commands.base import Command, Context, said
from llmsh.errors import UsageError
from llmsh.session import Mode
from llmsh.types import Rows


def run(context: Context, words: list[str]) -> Rows:
    """Show the mode, or set it for this session."""
    if words:
        try:
            context.session.mode = Mode(" ".join(words))
        except ValueError:
            known = ", ".join(mode.value for mode in Mode)
            raise UsageError(f"there is no mode {' '.join(words)}", f"the modes are {known}") from None
    return said(context.session.mode.value)


COMMAND = Command("mode", "/mode [read-only | ask | auto]", "how much may happen without a question", run)
