"""/help: how to talk to llmsh."""

from __future__ import annotations

from llmsh.commands.base import Command, Context
from llmsh.types import Column, Rows, Table

LINES = (
    ("find the large files here", "say what you want, in English or Chinese"),
    ("git status", "a command runs as it does in any shell"),
    ("!find large", "! makes a line a command"),
    ("?git status", "? makes a line a request"),
    ('find_files("src") | count()', "a plan runs as it is written"),
    ("/tools", "what plans are made of; /tools NAME for one"),
    ("/models", "which models there are: list, pull, use, check"),
    ("/plugins", "which plugins are loaded, and what is wrong with one: list, check, new NAME"),
    ("/history", "earlier lines; /history WORDS searches them"),
    ("/why", "what the last line became, call by call"),
    ("/mode", "read-only, ask or auto"),
    ("/config", "every setting and where it is set"),
    ("/doctor", "what holds what the model proposes to its word on this machine"),
    ("exit", "leaves, as Ctrl-D does"),
)


def run(context: Context, words: list[str]) -> Rows:  # noqa: ARG001  the form of every command
    """One row for each kind of line."""
    return Table((Column("write"), Column("to")), list(LINES))


COMMAND = Command("help", "/help", "how to talk to llmsh", run)
