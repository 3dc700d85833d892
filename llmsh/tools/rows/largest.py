"""The rows with the largest numbers."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import replace

from llmsh.tool import ColumnName, Example, R, tool
from llmsh.tools.values import Picked, number_reader, pick_number, sort_key
from llmsh.types import Row


@tool(
    also=("biggest", "most", "maximum", "max", "top", "newest", "longest", "highest", "最大", "最多", "最新", "最长"),
    examples=(
        Example("what is the biggest file here?", 'find_files(kind="file") | largest()', finds=("big.bin",)),
        Example("the 2 largest log files", 'find_files("logs", name="*.log") | largest(2)',
                finds=("logs/app.log", "logs/error.log")),
        Example("which disk is the fullest?", 'disks() | largest(by="percent")'),
        Example("top 5 files by line count", 'find_files(kind="file") | count_each() | largest(5)'),
        Example("newest md file in docs", 'find_files("docs", name="*.md") | largest(by="modified")',
                finds=("docs/guide.md",)),
        Example("oldest person in data.csv", 'read("data.csv") | table() | largest(by="age")', finds=("Cid",)),
        Example("longest line of notes.txt", 'read("notes.txt") | largest(by="length")', finds=("TODO fix the roof",)),
        Example("what takes up the most space here?", 'disk_usage("*") | largest()', finds=("big.bin",)),
        Example("最近修改的三个文件", 'find_files(kind="file") | largest(3, "modified")', language="zh"),
        Example("images 里最大的文件是哪个？", 'find_files("images", kind="file") | largest()',
                finds=("images/photo.jpg",), language="zh"),
    ),
)  # fmt: skip
def largest(given: R, /, count: int = 1, by: ColumnName = "") -> R:
    """The rows with the largest size, memory, age or number, the largest first.

    Args:
        count: how many.
        by: the column; size, memory or count if left out, or the first with numbers; for lines their number or length.
    """
    picked = pick_number(given, by)
    return replace(picked.rows, rows=_largest(picked, max(count, 0)))


def _largest(picked: Picked[R], count: int) -> Iterator[Row]:
    key = sort_key(number_reader(picked), backwards=True)
    yield from heapq.nlargest(count, picked.rows.rows, key=lambda row: key(picked.cell(row)))
