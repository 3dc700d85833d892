"""The numbers of a column, added up."""

from __future__ import annotations

from collections.abc import Iterator

from llmsh.tool import ColumnName, Example, tool
from llmsh.tools.values import Picked, numbers_of, pick_number
from llmsh.types import Column, Number, Row, Rows


@tool(
    also=("total", "add up", "altogether", "combined size", "总和", "合计", "加起来", "总大小"),
    examples=(
        Example("total size of the files in build", 'find_files("build", kind="file") | sum()', finds=(30,)),
        Example("add up the numbers in numbers.txt", 'read("numbers.txt") | sum()', finds=(49,)),
        Example("what do the ages in data.csv sum to?", 'read("data.csv") | table() | sum("age")', finds=(141,)),
        Example("how much memory do all processes use together", 'processes() | sum("memory")'),
        Example("how big are the images all in all", 'find_files("images", kind="file") | sum("size")', finds=(5312,)),
        Example("numbers.txt 里的数字加起来是多少", 'read("numbers.txt") | sum()', finds=(49,), language="zh"),
    ),
)  # fmt: skip
def sum(given: Rows, /, column: ColumnName = "") -> Number:  # noqa: A001  a tool is called what people say
    """Add up the numbers of a column.

    Args:
        column: which; the size, memory or count if left out, or the first with numbers; for lines the number in each.
    """
    picked = pick_number(given, column)
    return Number((Column("value", picked.column.unit),), _added(picked), given.notes)


def _added(picked: Picked[Rows]) -> Iterator[Row]:
    total: int | float = 0
    for amount in numbers_of(picked):
        total += amount
    yield (total,)
