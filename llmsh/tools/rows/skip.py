"""All rows but the first ones, or but the last ones."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from llmsh.tool import Example, R, tool
from llmsh.types import Row


@tool(
    also=("without the first", "all but", "from line", "drop first", "tail -n +2", "跳过", "去掉前几行"),
    examples=(
        Example("names in alphabetical order but not the first five", 'read("names.txt") | sort() | skip(5)',
                finds=("carol", "dave")),
        Example("all python files except the first, by name", 'find_files(name="*.py") | sort() | skip()',
                finds=("src/main.py", "src/util.py", "sub/b.py", "sub/deep/c.py")),
        Example("everything in todo.txt except the last line", 'read("todo.txt") | skip(at_end=True)',
                finds=("one", "two")),
        Example("skip the first 10 of those and show the next 10", "last | skip(10) | first(10)"),
        Example("numbers.txt 从大到小，去掉最大的一个", 'read("numbers.txt") | sort(descending=True) | skip()',
                finds=("10", "4", "2"), language="zh"),
    ),
)  # fmt: skip
def skip(given: R, /, count: int = 1, *, at_end: bool = False) -> R:
    """All rows but the first.

    Args:
        count: how many rows to leave out.
        at_end: leave out the last rows instead.
    """
    count = max(count, 0)
    return replace(given, rows=_but_last(given.rows, count) if at_end else islice(given.rows, count, None))


def _but_last(rows: Iterable[Row], count: int) -> Iterator[Row]:
    """Each row once `count` more have come after it."""
    held: deque[Row] = deque()
    for row in rows:
        held.append(row)
        if len(held) > count:
            yield held.popleft()
