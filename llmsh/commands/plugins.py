"""/plugins: what was loaded besides llmsh's own tools, and what could not be."""

from __future__ import annotations

import os
import re

from llmsh.commands.base import Command, Context, said
from llmsh.errors import UsageError
from llmsh.plugins import Loaded
from llmsh.types import Column, Rows, Table

COLUMNS = (Column("plugin"), Column("from"), Column("tools"), Column("error"))


def run(context: Context, words: list[str]) -> Rows:
    """List the plugins; `check` fails where one is broken; `new NAME` writes one to begin with."""
    if len(words) == 2 and words[0] == "new":
        return _new(os.path.join(context.folders.config, "plugins"), words[1])
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


def _new(folder: str, name: str) -> Rows:
    """Write a plugin with one tool. What is there already is never overwritten."""
    if not re.fullmatch(r"[a-z][a-z0-9_]{1,39}", name):
        raise UsageError(f"{name} is no name for a plugin", "lower case, digits and _ only, as in my_tools")
    path = os.path.join(folder, f"{name}.py")
    try:
        os.makedirs(folder, exist_ok=True)
        with open(path, "x", encoding="utf-8") as file:
            file.write(TEMPLATE.replace("NAME", name))
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}", "choose another name") from None
    return said(path, "its tool is there from the next start on; /plugins check says what is wrong with it")


TEMPLATE = '''"""A plugin for llmsh: a typed function is a tool, its examples are what the model learns it from."""

from llmsh.tool import Example, tool
from llmsh.types import LINE, Text


@tool(
    examples=(
        Example("NAME the world", 'NAME("world")', finds=("NAME: world",)),
        Example("please NAME Ann in capitals", 'NAME("Ann", loud=True)'),
        Example("NAME Bob", 'NAME("Bob")'),
        Example("用 NAME 处理 Ann", 'NAME("Ann")', language="zh"),
    ),
)
def NAME(what: str, *, loud: bool = False) -> Text:
    """Say what this tool does in one line: the user and the model read it.

    Args:
        what: what it is about.
        loud: in capitals.
    """
    text = f"NAME: {what}"
    return Text(LINE, [(text.upper() if loud else text,)])


def register(registry):
    registry.tool(NAME)
'''
COMMAND = Command("plugins", "/plugins [list | check | new NAME]", "which plugins are loaded; start a new one", run)
