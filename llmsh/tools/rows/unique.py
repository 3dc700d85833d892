"""Each row once, or those that come once or more than once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Literal

from llmsh.tool import ColumnName, Example, R, tool
from llmsh.tools.values import pick
from llmsh.types import Row, Rows, Scalar

Value = Callable[[Row], Scalar | Row]


@tool(
    also=("distinct", "uniq", "no duplicates", "deduplicate", "without repeats", "repeated", "去重", "重复", "不重复"),
    examples=(
        Example("names.txt without the repeated lines", 'read("names.txt") | unique()',
                finds=("carol", "alice", "bob", "dave")),
        Example("how many different names are in names.txt?", 'read("names.txt") | unique() | count()', finds=(4,)),
        Example("which lines of names.txt occur more than once", 'read("names.txt") | unique(only="repeated")',
                finds=("alice", "bob")),
        Example("names that appear exactly once in names.txt, sorted",
                'read("names.txt") | unique(only="once") | sort()',
                finds=("carol", "dave")),
        Example("list the different cities in data.csv", 'read("data.csv") | table() | select("city") | unique()',
                finds=("Oslo", "Rome", "Bern")),
        Example("the input without repeated lines", "stdin | unique()", finds=("pear", "apple", "fig")),
        Example("names.txt 去掉重复的行再排序", 'read("names.txt") | unique() | sort()',
                finds=("alice", "bob", "carol", "dave"), language="zh"),
    ),
)  # fmt: skip
def unique(
    given: R, /, by: ColumnName = "", *, only: Literal["once", "repeated"] | None = None, ignore_case: bool = False
) -> R:
    """Each different row once, the first of its kind.

    Args:
        by: rows with the same value in this column are the same; the whole row if left out.
        only: once keeps rows that have no equal, repeated those that have (each of them once).
        ignore_case: capital and small letters are the same.
    """
    if not by:
        return replace(given, rows=_chosen(given, _whole(ignore_case), only))
    picked = pick(given, by)

    def value(row: Row) -> Scalar:
        return _folded(picked.cell(row), ignore_case)

    return replace(picked.rows, rows=_chosen(picked.rows, value, only))


def _whole(ignore_case: bool) -> Value:
    return lambda row: tuple(_folded(cell, ignore_case) for cell in row)


def _folded(value: Scalar, ignore_case: bool) -> Scalar:
    return value.casefold() if ignore_case and isinstance(value, str) else value


def _chosen(rows: Rows, value: Value, only: str | None) -> Iterator[Row]:
    if only is None:
        seen: set[Scalar | Row] = set()
        for row in rows.rows:
            key = value(row)
            if key not in seen:
                seen.add(key)
                yield row
        return
    found: dict[Scalar | Row, tuple[Row, int]] = {}
    for row in rows.rows:
        head, times = found.get(value(row), (row, 0))
        found[value(row)] = (head, times + 1)
    for head, times in found.values():
        if (times == 1) == (only == "once"):
            yield head
