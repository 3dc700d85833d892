"""The mean or the median of a column."""

from __future__ import annotations

from collections.abc import Iterator

from llmsh.errors import ToolFailed
from llmsh.tool import ColumnName, Example, tool
from llmsh.tools.values import Picked, numbers_of, pick_number
from llmsh.types import Column, Number, Row, Rows


@tool(
    also=("mean", "median", "on average", "typical", "平均", "平均值", "中位数"),
    examples=(
        Example("average age in data.csv", 'read("data.csv") | table() | average("age")', finds=(35.25,)),
        Example("what is the mean of numbers.txt?", 'read("numbers.txt") | average()', finds=(12.25,)),
        Example("median of the numbers in numbers.txt", 'read("numbers.txt") | average(median=True)', finds=(7.0,)),
        Example("how large are the files in build on average",
                'find_files("build", kind="file") | average("size")', finds=(15.0,)),
        Example("data.csv 里的平均年龄是多少", 'read("data.csv") | table() | average("age")', finds=(35.25,),
                language="zh"),
    ),
)  # fmt: skip
def average(given: Rows, /, column: ColumnName = "", *, median: bool = False) -> Number:
    """The average of the numbers of a column.

    Args:
        column: which; the size, memory or count if left out, or the first with numbers; for lines the number in each.
        median: the value in the middle instead of the mean.
    """
    picked = pick_number(given, column)
    return Number((Column("value", picked.column.unit),), _averaged(picked, median), given.notes)


def _averaged(picked: Picked[Rows], median: bool) -> Iterator[Row]:
    found = list(numbers_of(picked))
    if not found:
        raise ToolFailed(f"{picked.column.name} holds no numbers to average")
    found.sort()
    middle = len(found) // 2
    if not median:
        yield (sum(found) / len(found),)
    elif len(found) % 2:
        yield (float(found[middle]),)
    else:
        yield ((found[middle - 1] + found[middle]) / 2,)
