"""The last rows of anything."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace

from llmsh.tool import Example, R, tool
from llmsh.types import Row, Rows


@tool(
    also=("tail", "end", "bottom", "final", "最后几个", "末尾", "最后几行"),
    examples=(
        Example("sort names.txt and show the last two", 'read("names.txt") | sort() | last(2)',
                finds=("carol", "dave")),
        Example("what is the last TODO in notes.txt?", 'read("notes.txt") | keep("TODO") | last()',
                finds=("TODO fix the roof",)),
        Example("the final match for ERROR in logs/app.log", 'search("ERROR", "logs/app.log") | last()'),
        Example("just the last five of those please", "last | last(5)"),
        Example("按名字排序，显示最后一个 log 文件", 'find_files("logs", name="*.log") | sort() | last()',
                finds=("logs/old.log",), language="zh"),
    ),
)  # fmt: skip
def last(given: R, /, count: int = 1) -> R:
    """The last rows.

    Args:
        count: how many.
    """
    return replace(given, rows=_tail(given, max(count, 0)))


def _tail(given: Rows, count: int) -> Iterator[Row]:
    yield from deque(given.rows, maxlen=count)
