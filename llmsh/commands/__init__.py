"""Slash commands, one a file: `/tools`, `/models`, ... The same words are subcommands of `llmsh`."""

from __future__ import annotations

import difflib
import shlex

from llmsh.commands import config, doctor, history, mode, models, plugins, tools, why
from llmsh.commands import help as help_command
from llmsh.commands.base import Command, Context
from llmsh.errors import UsageError
from llmsh.types import Rows

COMMANDS: tuple[Command, ...] = (
    help_command.COMMAND,
    tools.COMMAND,
    models.COMMAND,
    plugins.COMMAND,
    history.COMMAND,
    why.COMMAND,
    mode.COMMAND,
    config.COMMAND,
    doctor.COMMAND,
)


def run_command(text: str, context: Context) -> Rows:
    """Run `/name words ...`. Raises UsageError where there is no such command."""
    try:
        name, *words = shlex.split(text.removeprefix("/")) or ["help"]
    except ValueError as error:
        raise UsageError(f"the line does not end: {error}", "close the quotation marks") from None
    for command in COMMANDS:
        if command.name == name:
            return command.run(context, words)
    near = difflib.get_close_matches(name, [command.name for command in COMMANDS], 1)
    raise UsageError(f"there is no command /{name}", f"did you mean /{near[0]}?" if near else "see /help")
