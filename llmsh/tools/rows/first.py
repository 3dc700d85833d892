"""The first rows of anything."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from llmsh.tool import Example, R, tool


@tool(
    also=("head", "top", "limit", "前几个", "开头"),
    examples=(
        Example("the first two lines of names.txt", 'read("names.txt") | first(2)', finds=("carol", "alice")),
        Example("show one python file", 'find_files(name="*.py") | sort() | first()', finds=("a.py",)),
        Example("only the first 3 of them", "last | first(3)"),
        Example("first line of the input", "stdin | first()", finds=("pear",)),
        Example("todo.txt 的前两行", 'read("todo.txt") | first(2)', finds=("one", "two"), language="zh"),
    ),
)
def first(given: R, /, count: int = 1) -> R:
    """The first rows.

    Args:
        count: how many.
    """
    return replace(given, rows=islice(given.rows, max(count, 0)))
