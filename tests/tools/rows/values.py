"""Rows to test with, and the rows a tool gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from llmsh.types import LINE, PATH, Column, Files, Row, Rows, Scalar, Table, Text, Unit

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=8)
CELLS: st.SearchStrategy[Scalar] = st.none() | st.integers(-50, 50) | st.floats(allow_nan=False) | WORDS
COLUMNS = (Column("name"), Column("amount"))


def drawn(*values: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A property of drawn values. A machine that is busy with other work must not fail it: there is no deadline."""
    return lambda test: settings(deadline=None)(given(*values)(test))


def text(*lines: str) -> Text:
    return Text(LINE, [(line,) for line in lines])


def files(*paths: str) -> Files:
    return Files((PATH,), [(path,) for path in paths])


def table(*rows: Row) -> Table:
    """A table of `name` and `amount`."""
    return Table(COLUMNS, list(rows))


def sized(*rows: Row, unit: Unit = Unit.BYTES) -> Table:
    """A table of `name` and `size`."""
    return Table((Column("name"), Column("size", unit)), list(rows))


def listed(rows: Rows) -> list[Row]:
    return list(rows.rows)


def column(rows: Rows, index: int = 0) -> list[Scalar]:
    return [row[index] for row in rows.rows]


def stream(lines: Iterable[str]) -> Text:
    """Text that is read once, as it is in a worker."""
    return Text(LINE, ((line,) for line in lines))
