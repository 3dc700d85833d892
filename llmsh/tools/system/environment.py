"""The variables of the session."""

from __future__ import annotations

import difflib
import os
from fnmatch import fnmatchcase

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Glob, tool
from llmsh.types import Column, Table

COLUMNS = (Column("name"), Column("value"))


@tool(
    in_session=True,
    also=("env", "printenv", "variables", "echo $", "环境变量"),
    examples=(
        Example("show the environment variables", "environment()"),
        Example("what is PATH set to?", 'environment("PATH") | select("value")'),
        Example("echo $HOME", 'environment("HOME") | select("value")'),
        Example("which editor is set", 'environment("EDITOR") | select("value")'),
        Example("all variables that begin with XDG", 'environment("XDG*")'),
        Example("is there a proxy configured?", 'environment("*_proxy")'),
        Example("环境变量 PATH 是什么？", 'environment("PATH") | select("value")', language="zh"),
        Example("列出所有环境变量", "environment()", language="zh"),
    ),
)
def environment(name: Glob = "*") -> Table:
    """Environment variables of this session.

    Args:
        name: only this variable, or those a wildcard matches.
    """
    variables = dict(os.environ)
    if name in variables:
        return Table(COLUMNS, [(name, variables[name])])
    found = sorted(each for each in variables if fnmatchcase(each.lower(), name.lower()))
    if not found and not any(char in name for char in "*?["):
        near = difflib.get_close_matches(name.upper(), variables, 1)
        raise ToolFailed(f"the variable {name} is not set", f"did you mean {near[0]}?" if near else "see environment()")
    notes = [] if found else [f"no variable is named like {name}"]
    return Table(COLUMNS, [(each, variables[each]) for each in found], notes)
