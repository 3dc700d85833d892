"""The rows in which one column compares with a value."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Literal

from llmsh.errors import ToolFailed
from llmsh.plain import plain_value
from llmsh.tool import ColumnName, Example, R, tool
from llmsh.tools.patterns import compile_pattern
from llmsh.tools.values import number, pick
from llmsh.types import Column, Row, Scalar, Unit
from llmsh.units import parse_moment, parse_seconds, parse_size

Operator = Literal["=", "!=", ">", ">=", "<", "<=", "contains", "starts", "ends", "matches"]
Test = Callable[[Scalar], bool]
ORDERS: dict[str, Callable[[float, float], bool]] = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le,
}  # fmt: skip
PARTS: dict[str, Callable[[str, str], bool]] = {
    "contains": operator.contains, "starts": str.startswith, "ends": str.endswith,
}  # fmt: skip
EXPECTED = {
    Unit.BYTES: "a size such as 500, 10K or 1.5G",
    Unit.TIME: "a time such as 7d, today or 2024-01-31",
    Unit.SECONDS: "a duration such as 90s, 10min or 2h",
    Unit.PERCENT: "a percentage such as 80",
}
TRUE = ("true", "yes", "1")


@tool(
    also=("filter", "only", "whose", "with", "larger than", "more than", "筛选", "过滤", "大于", "小于", "只要"),
    examples=(
        Example("files here bigger than 1 MB", 'find_files() | where("size", ">", "1M")', finds=("big.bin",)),
        Example("which people in data.csv are older than 30?", 'read("data.csv") | table() | where("age", ">", "30")',
                finds=("Ann", "Cid", "Dee")),
        Example("name of everyone in data.csv whose city is Oslo",
                'read("data.csv") | table() | where("city", "=", "Oslo") | select("name")', finds=("Ann", "Cid")),
        Example("processes using more than 500 MB of memory", 'processes() | where("memory", ">", "500M")'),
        Example("docs files not touched in the last week",
                'find_files("docs", name="*.md") | where("modified", "<", "7d")',
                finds=("docs/intro.md",)),
        Example("numbers in numbers.txt that are at least 10", 'read("numbers.txt") | where("line", ">=", "10")',
                finds=("10", "33")),
        Example("only those whose name starts with a please", 'last | where("name", "starts", "a")'),
        Example("which disks are more than 80% full", 'disks() | where("percent", ">", "80")'),
        Example("names.txt 里出现超过一次的名字", 'read("names.txt") | group() | where("count", ">", "1")',
                finds=("alice", "bob"), language="zh"),
        Example("找出 docs 里最近 7 天改过的 md 文件",
                'find_files("docs", name="*.md") | where("modified", ">", "7d")', finds=("docs/guide.md",),
                language="zh"),
    ),
)  # fmt: skip
def where(given: R, /, column: ColumnName, op: Operator, value: str, *, ignore_case: bool = False) -> R:
    """Keep the rows in which a column compares with a value.

    Times are compared as moments: modified > "7d" is what changed after the moment seven days ago, < "7d" is what is
    older; = "2024-01-31" is that day. What is unknown is kept by != alone.

    Args:
        column: size, modified, name, memory, cpu, ...; for lines line, length or the number of a word.
        op: how it compares; matches takes a regular expression.
        value: a size (10M), an age or date (7d, 2024-01-31), a number or a text, as the column needs.
        ignore_case: capital and small letters are the same.
    """
    picked = pick(given, column)
    test, cell = _test(picked.column, op, value, ignore_case), picked.cell

    def keep(row: Row) -> bool:
        return test(cell(row))

    return replace(picked.rows, rows=filter(keep, picked.rows.rows))


def _test(column: Column, op: Operator, value: str, ignore_case: bool) -> Test:
    if op == "!=":
        equal = _equal(column, value, ignore_case)
        return lambda cell: not equal(cell)
    if op == "=":
        return _equal(column, value, ignore_case)
    if op in ORDERS:
        return _order(column, op, value)
    return _text(column, op, value, ignore_case)


def _text(column: Column, op: Operator, value: str, ignore_case: bool) -> Test:
    unit = column.unit
    if op == "matches":
        found = compile_pattern(value, ignore_case=ignore_case).search
        return lambda cell: cell is not None and found(plain_value(cell, unit)) is not None
    wanted = _folded(value, ignore_case)
    within = PARTS[op]
    return lambda cell: cell is not None and within(_folded(plain_value(cell, unit), ignore_case), wanted)


def _equal(column: Column, value: str, ignore_case: bool) -> Test:
    wanted, unit, text = _typed(column, value), column.unit, _folded(value, ignore_case)

    def equal(cell: Scalar) -> bool:
        if isinstance(cell, bool):
            return cell is (value.strip().lower() in TRUE)
        if unit is Unit.TIME and wanted is not None and isinstance(cell, int | float):
            return _same_moment(cell, wanted, value)
        if _folded(plain_value(cell, unit), ignore_case) == text:
            return True
        amount = number(cell)
        return amount is not None and amount == wanted

    return equal


def _order(column: Column, op: Operator, value: str) -> Test:
    """Numbers with numbers; two texts by the alphabet where the value is no number."""
    compare, wanted = ORDERS[op], _typed(column, value)

    def in_order(cell: Scalar) -> bool:
        amount = number(cell)
        if wanted is not None:
            return amount is not None and compare(amount, wanted)
        if amount is not None and not isinstance(cell, str):
            raise ToolFailed(f"{column.name} holds numbers: it cannot be {op} {value!r}", "compare it with a number")
        return isinstance(cell, str) and _in_alphabet(op, cell, value)

    return in_order


def _in_alphabet(op: Operator, text: str, other: str) -> bool:
    return ORDERS[op]((text > other) - (text < other), 0)


def _folded(text: str, ignore_case: bool) -> str:
    return text.casefold() if ignore_case else text


def _typed(column: Column, value: str) -> int | float | None:
    """What was typed to compare with, in the unit of the column. None where a plain column is compared with a text."""
    try:
        if column.unit is Unit.BYTES:
            return parse_size(value)
        if column.unit is Unit.TIME:
            return parse_moment(value.strip(), datetime.now())
        if column.unit is Unit.SECONDS:
            return parse_seconds(value)
    except (ValueError, OverflowError):
        raise ToolFailed(f"{column.name} is compared with {EXPECTED[column.unit]}, not {value!r}") from None
    amount = number(value)
    if amount is None and column.unit is Unit.PERCENT:
        raise ToolFailed(f"{column.name} is compared with {EXPECTED[column.unit]}, not {value!r}")
    return amount


def _same_moment(moment: float, wanted: float, value: str) -> bool:
    """Whether a time is the one that was typed: to the second where a time of day was given, else to the local day."""
    if ":" in value:
        return int(moment) == int(wanted)
    return datetime.fromtimestamp(moment).date() == datetime.fromtimestamp(wanted).date()
