"""The rows with the smallest numbers."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import replace

from llmsh.tool import ColumnName, Example, R, tool
from llmsh.tools.values import Picked, number_reader, pick_number, sort_key
from llmsh.types import Row


@tool(
    also=("least", "minimum", "min", "oldest", "shortest", "lowest", "最小", "最少", "最旧", "最短"),
    examples=(
        Example("the smallest image", 'find_files("images", kind="file") | smallest()', finds=("images/logo.png",)),
        Example("which log file is the oldest?", 'find_files("logs", name="*.log") | smallest(by="modified")',
                finds=("logs/old.log",)),
        Example("two youngest people in data.csv", 'read("data.csv") | table() | smallest(2, "age")',
                finds=("Bob", "Ann")),
        Example("lowest number in numbers.txt", 'read("numbers.txt") | smallest()', finds=("2",)),
        Example("shortest line of notes.txt please", 'read("notes.txt") | smallest(by="length")', finds=("buy milk",)),
        Example("logs 里最小的文件", 'find_files("logs", kind="file") | smallest()', finds=("logs/old.log",),
                language="zh"),
    ),
)  # fmt: skip
def smallest(given: R, /, count: int = 1, by: ColumnName = "") -> R:
    """The rows with the smallest size, memory, age or number, the smallest first.

    Args:
        count: how many.
        by: the column; size, memory or count if left out, or the first with numbers; for lines their number or length.
    """
    picked = pick_number(given, by)
    return replace(picked.rows, rows=_smallest(picked, max(count, 0)))


def _smallest(picked: Picked[R], count: int) -> Iterator[Row]:
    key = sort_key(number_reader(picked))
    yield from heapq.nsmallest(count, picked.rows.rows, key=lambda row: key(picked.cell(row)))
