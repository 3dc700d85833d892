"""/config: every setting, its value and what it means."""

from __future__ import annotations

import os

from llmsh.commands.base import Command, Context
from llmsh.config import PREFIX, SETTINGS
from llmsh.types import Column, Rows, Table

COLUMNS = (Column("setting"), Column("value"), Column("environment"), Column("means"))


def run(context: Context, words: list[str]) -> Rows:  # noqa: ARG001  the form of every command
    """One row for each setting; the note names the file."""
    rows = [
        (setting.name, _shown(getattr(context.config, setting.name)), PREFIX + setting.name.upper(), setting.help)
        for setting in SETTINGS
    ]
    return Table(COLUMNS, rows, notes=[f"settings are read from {os.path.join(context.folders.config, 'config.toml')}"])


def _shown(value: object) -> str:
    return " ".join(value) if isinstance(value, tuple) else str(value)


COMMAND = Command("config", "/config", "every setting and what it means", run)
