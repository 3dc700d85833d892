"""Cells of rows: the column that is meant, the numbers in its values and their order."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Generic

from llmsh.errors import ToolFailed
from llmsh.tool import R
from llmsh.tools.columns import FACT_NAMES, index_of, need
from llmsh.tools.fields import fields_of, sampled, separator_of
from llmsh.types import Column, Files, Row, Scalar, Text, Unit
from llmsh.units import BYTES

NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
GROUPED = re.compile(r"[-+]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
LEADING = re.compile(r"\s*([-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))(?:([kmgtp])(?:i?b)?(?![a-z]))?", re.IGNORECASE)
WITHIN = re.compile(r"(?<![\w.])[-+]?[0-9]+(?:\.[0-9]+)?")
MAX_DIGITS = 300
"""Longer ones are text: Python refuses to read an int of 4,300 digits, and a float ends at 10 to the power of 308."""

MAIN_NUMBERS = ("total", "size", "memory", "count", "value")
"""Columns that are meant by "the largest" and "the sum" where nobody says which."""

Cell = Callable[[Row], Scalar]
Key = tuple[int, int | float, str]


@dataclass(frozen=True)
class Picked(Generic[R]):
    """Rows, the column of theirs that is meant, and how to read its cell from a row."""

    rows: R
    column: Column
    cell: Cell


def pick(rows: R, name: str) -> Picked[R]:
    """The column called `name`, or counted from 1; the first where there is no name.

    Lines have `line`, `length` and, by number, their fields (1 is the first, as in awk). Facts about files are
    looked up where they are missing.
    """
    if isinstance(rows, Text):
        return _pick_of_line(rows, name)
    names = [column.name for column in rows.columns]
    if name not in names and re.fullmatch("[1-9][0-9]*", name):
        if int(name) > len(names):
            raise ToolFailed(f"there is no column {name}", f"the columns are {', '.join(names)}")
        name = names[int(name) - 1]
    if isinstance(rows, Files) and name and name not in names and name not in FACT_NAMES:
        known = ", ".join(dict.fromkeys([*names, *FACT_NAMES]))
        raise ToolFailed(f"there is no column {name}", f"files have {known}")
    if name:
        rows = need(rows, (name,))
    index = index_of(rows, name) if name else 0
    return Picked(rows, rows.columns[index], operator.itemgetter(index))


def _pick_of_line(rows: R, name: str) -> Picked[R]:
    if name in ("", "line"):
        return Picked(rows, rows.columns[0], operator.itemgetter(0))
    if name == "length":
        return Picked(rows, Column("length"), lambda row: len(str(row[0])))
    if not re.fullmatch("[1-9][0-9]*", name):
        raise ToolFailed(f"there is no column {name}", "lines have line, length and their fields: 1, 2, 3, ...")
    position = int(name) - 1
    head, lines = sampled(rows.rows)
    separator = separator_of([str(row[0]) for row in head])

    def field(row: Row) -> Scalar:
        fields = fields_of(str(row[0]), separator)
        return fields[position] if position < len(fields) else None

    return Picked(replace(rows, rows=lines), Column(name), field)


def pick_number(rows: R, name: str) -> Picked[R]:
    """The column called `name`; where there is no name the size, memory or count, or else the first with numbers."""
    if name or isinstance(rows, Text):
        return pick(rows, name)
    names = [column.name for column in rows.columns]
    for main in MAIN_NUMBERS:
        if main in names:
            return pick(rows, main)
    if isinstance(rows, Files):
        return pick(rows, "size")
    iterator = iter(rows.rows)
    head = next(iterator, None)
    if head is None:
        return pick(replace(rows, rows=[]), "")
    rows = replace(rows, rows=chain([head], iterator))
    for column, value in zip(rows.columns, head, strict=True):
        if column.unit not in (Unit.NONE, Unit.TIME) or number(value) is not None:
            return pick(rows, column.name)
    raise ToolFailed("there is no column of numbers", f"the columns are {', '.join(names)}")


def number(value: Scalar) -> int | float | None:
    """The number that a value is, whole: 3, "3", "1,200", "45%". None where it is something else."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if not isinstance(value, str):
        return value
    text = value.strip().removesuffix("%")
    if GROUPED.fullmatch(text):
        text = text.replace(",", "")
    return _read(text) if NUMBER.fullmatch(text) else None


def leading_number(value: Scalar) -> int | float | None:
    """The number at the start of a text, with the K, M or G behind it: "12 apples" is 12, "1.5K" is 1536."""
    if not isinstance(value, str):
        return number(value)
    found = LEADING.match(value)
    if found is None:
        return None
    amount = _read(found[1])
    return amount if amount is None else amount * BYTES[(found[2] or "").lower()]


def number_within(value: Scalar) -> int | float | None:
    """The number that a value is, or else the one it starts with, or else the first one within its text."""
    amount = number(value)
    if amount is None:
        amount = leading_number(value)
    if amount is not None or not isinstance(value, str):
        return amount
    found = WITHIN.search(value)
    return None if found is None else _read(found[0])


def _read(text: str) -> int | float | None:
    if len(text) > MAX_DIGITS:
        return None
    return int(text) if re.fullmatch("[-+]?[0-9]+", text) else float(text)


ReadNumber = Callable[[Scalar], int | float | None]


def only_numbers(value: Scalar) -> int | float | None:
    """The number of a value that is no text."""
    return None if isinstance(value, str) else number(value)


def sort_key(
    read: ReadNumber = only_numbers, *, backwards: bool = False, ignore_case: bool = False
) -> Callable[[Scalar], Key]:
    """A key that puts numbers first, then text, then what is unknown, also in an order that is read backwards."""
    first, last = (2, 0) if backwards else (0, 2)

    def key(value: Scalar) -> Key:
        amount = read(value)
        if amount is not None:
            return first, amount, ""
        if isinstance(value, str):
            return 1, 0, value.casefold() if ignore_case else value
        return last, 0, ""

    return key


def number_reader(picked: Picked[R]) -> ReadNumber:
    """How the numbers of a column are read: lines hold them among words, other columns as whole values."""
    return number_within if isinstance(picked.rows, Text) else number


def numbers_of(picked: Picked[R]) -> Iterator[int | float]:
    """The numbers of a column, row by row; rows without one are counted in a note."""
    read = number_reader(picked)
    without = 0
    for row in picked.rows.rows:
        amount = read(picked.cell(row))
        if amount is not None:
            yield amount
        elif picked.cell(row) not in (None, ""):
            without += 1
    if without:
        picked.rows.notes.append(f"values that are no numbers: {without}")
