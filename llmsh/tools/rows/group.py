"""How often each value occurs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Literal

from llmsh.tool import ColumnName, Example, tool
from llmsh.tools.values import Cell, number, pick
from llmsh.types import Column, Row, Rows, Scalar, Table, Unit

Per = Literal["hour", "day", "month", "year"]
MOMENTS = {"hour": "%Y-%m-%d %H:00", "day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}


@tool(
    also=("by", "per", "each", "uniq -c", "frequency", "most common", "histogram", "分组", "每个", "次数", "统计每"),
    examples=(
        Example("how often does each name occur in names.txt", 'read("names.txt") | group()',
                finds=("alice", "bob", "carol", "dave")),
        Example("most common name in names.txt?", 'read("names.txt") | group() | first()', finds=("alice",)),
        Example("count files by extension", 'find_files(kind="file") | group("extension")'),
        Example("space used per file type, largest first",
                'find_files(kind="file") | group("extension", sum="size") | sort("total", descending=True)'),
        Example("how many processes does each user run", 'processes() | group("user")'),
        Example("number of people per city in data.csv", 'read("data.csv") | table() | group("city")',
                finds=("Oslo", "Rome", "Bern")),
        Example("how many files changed on each day in logs",
                'find_files("logs", kind="file") | group("modified", per="day")'),
        Example("the 3 most frequent words in notes.txt", 'read("notes.txt") | split() | group() | first(3)'),
        Example("how many errors and how many infos are in logs/app.log", 'read("logs/app.log") | group("3")',
                finds=("INFO", "ERROR")),
        Example("how often does each line of the input occur", "stdin | group()", finds=("pear", "apple", "fig")),
        Example("统计 names.txt 里每个名字出现几次", 'read("names.txt") | group()',
                finds=("alice", "bob", "carol", "dave"), language="zh"),
        Example("每个用户占用多少内存", 'processes() | group("user", sum="memory")', language="zh"),
    ),
)  # fmt: skip
def group(given: Rows, /, by: ColumnName = "", *, sum: ColumnName | None = None, per: Per | None = None) -> Table:
    """How often each value of a column occurs, the most frequent first.

    Args:
        by: the column: extension, folder, owner, user, ...; the first if left out; for lines line or a word's number.
        sum: a column of numbers to add up for each value, as in size.
        per: group times by the hour, day, month or year.
    """
    picked = pick(given, by)
    rows = picked.rows
    amount: Cell | None = None
    columns = [picked.column, Column("count")]
    if per and picked.column.unit is Unit.TIME:
        columns[0] = Column(picked.column.name)
    if sum:
        amounts = pick(rows, sum)
        rows, amount = amounts.rows, amounts.cell
        columns.append(Column("total", amounts.column.unit))
    value = _value(picked.cell, per if picked.column.unit is Unit.TIME else None)
    return Table(tuple(columns), _grouped(rows, value, amount), given.notes, given.title)


def _value(cell: Cell, per: Per | None) -> Cell:
    """The value to group by: a time is cut down to its hour, day, month or year."""
    if per is None:
        return cell
    pattern = MOMENTS[per]

    def period(row: Row) -> Scalar:
        moment = cell(row)
        return datetime.fromtimestamp(moment).strftime(pattern) if isinstance(moment, int | float) else None

    return period


def _grouped(rows: Rows, value: Callable[[Row], Scalar], amount: Cell | None) -> Iterator[Row]:
    counts: dict[Scalar, int] = {}
    totals: dict[Scalar, int | float] = {}
    for row in rows.rows:
        key = value(row)
        counts[key] = counts.get(key, 0) + 1
        if amount is not None:
            totals[key] = totals.get(key, 0) + (number(amount(row)) or 0)
    for key, times in sorted(counts.items(), key=lambda item: -item[1]):
        yield (key, times) if amount is None else (key, times, totals[key])
