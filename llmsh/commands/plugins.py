"""/plugins: what was loaded besides llmsh's own tools, and what could not be."""

from __future__ import annotations

from llmsh.commands.base import Command, Context
from llmsh.errors import UsageError
from llmsh.plugins import Loaded
from llmsh.types import Column, Rows, Table

COLUMNS = (Column("plugin"), Column("from"), Column("tools"), Column("error"))


def run(context: Context, words: list[str]) -> Rows:
    """List the plugins; `check` fails where one is broken."""
    if words not in ([], ["list"], ["check"]):
        raise UsageError(f"/plugins has no {' '.join(words)}", f"write it as {COMMAND.usage}")
    broken = [plugin for plugin in context.plugins if plugin.error is not None]
    if words == ["check"] and broken:
        error = broken[0].error
        raise UsageError(f"{len(broken)} of {len(context.plugins)} plugins are broken: {error}", "/plugins list")
    return Table(COLUMNS, [_row(plugin) for plugin in context.plugins])


def _row(plugin: Loaded) -> tuple[str, ...]:
    names = " ".join(tool.name for tool in plugin.tools)
    return (plugin.name, plugin.path, names, "" if plugin.error is None else str(plugin.error))


COMMAND = Command("plugins", "/plugins [list | check]", "which plugins are loaded", run)
