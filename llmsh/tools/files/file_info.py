"""Everything the file system knows about some files."""

from __future__ import annotations

import os

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Paths, tool
from llmsh.tools.columns import need
from llmsh.tools.paths import reads, some_targets
from llmsh.types import PATH, Files, Table

SHOWN = ("kind", "size", "permissions", "mode", "owner", "group", "modified", "accessed", "changed", "links", "inode")


@tool(
    effects=reads("paths"),
    also=("stat", "details", "properties", "permissions", "owner", "详细信息", "属性"),
    examples=(
        Example("show the details of notes.txt", 'file_info("notes.txt")', finds=("notes.txt",)),
        Example("who owns script.sh?", 'file_info("script.sh") | select("owner")'),
        Example("when was README.md last changed", 'file_info("README.md") | select("modified")'),
        Example("data.csv 有多大", 'file_info("data.csv") | select("size")', finds=(62,), language="zh"),
    ),
)
def file_info(given: Files | None = None, /, paths: Paths = ()) -> Table:
    """Size, permissions, owner, times and more of files.

    Args:
        paths: the files to look at.
    """
    found = some_targets(paths, given)
    missing = [path for path in found if not os.path.lexists(path)]
    if missing and len(missing) == len(found):
        raise ToolFailed(f"there is no {missing[0]}", "check the name with list_files()")
    rows = Files((PATH,), [(path,) for path in found if os.path.lexists(path)])
    rows.notes.extend(f"there is no {path}" for path in missing)
    facts = need(rows, SHOWN)
    return Table(facts.columns, facts.rows, facts.notes)  # plain Files would show their paths alone
