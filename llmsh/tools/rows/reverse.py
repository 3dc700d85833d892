"""Rows in the opposite order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from llmsh.tool import Example, R, tool
from llmsh.types import Row, Rows


@tool(
    also=("tac", "backwards", "upside down", "opposite order", "倒序", "反过来", "颠倒"),
    examples=(
        Example("todo.txt from bottom to top", 'read("todo.txt") | reverse()', finds=("three", "two", "one")),
        Example("show the same list the other way round", "last | reverse()"),
        Example("can I see the last two lines of todo.txt, newest first?", 'read("todo.txt") | last(2) | reverse()',
                finds=("three", "two")),
        Example("把 numbers.txt 的行倒过来显示", 'read("numbers.txt") | reverse()', finds=("4", "33", "2", "10"),
                language="zh"),
    ),
)  # fmt: skip
def reverse(given: R, /) -> R:
    """The rows in the opposite order: the last first."""
    return replace(given, rows=_backwards(given))


def _backwards(given: Rows) -> Iterator[Row]:
    yield from reversed(list(given.rows))
