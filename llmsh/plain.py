"""Rows as plain text, one item a line: what `--plain` prints and what `save` writes. Nothing is cleaned here."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from llmsh.branches import tree_entries
from llmsh.types import Column, Files, Matches, Number, Row, Rows, Scalar, Text, Tree, Unit
from llmsh.units import iso_time

WHOLE = 1e15
"""From here on a float no longer tells neighbouring integers apart."""


def plain_lines(rows: Rows) -> Iterator[str]:
    """Lines without their ends; they stream where the rows do.

    Files: a path each. Trees: drawn. Matches: path:line:text. Text and numbers: as they are. Other tables: the values
    alone where there is one column, else a header and tab-separated rows.
    """
    names = tuple(column.name for column in rows.columns)
    if isinstance(rows, Tree) and names[:1] == ("path",):
        return (_cell(prefix + label) for prefix, label, _ in tree_entries(rows.rows))
    if isinstance(rows, Files) and names[:1] == ("path",):
        return (plain_value(row[0]) for row in rows.rows)
    if isinstance(rows, Matches) and names[:3] == ("path", "line", "text"):
        return (":".join(plain_value(value) for value in row[:3]) for row in rows.rows)
    if isinstance(rows, Text | Number):
        return (plain_value(row[0], rows.columns[0].unit) for row in rows.rows)
    if len(names) == 1:
        return (_cell(plain_value(row[0], rows.columns[0].unit)) for row in rows.rows)
    return _table(rows.columns, rows.rows)


def plain_value(value: Scalar, unit: Unit = Unit.NONE) -> str:
    """One value: nothing for None, ISO 8601 for a time, 3 for 3.0."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float) and unit is Unit.TIME:
        return moment_text(value) or plain_value(value)
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < WHOLE
        return str(int(value)) if whole else f"{value:.15g}"
    return str(value)


def moment_text(moment: float) -> str | None:
    """ISO 8601, or None where no calendar reaches it: file systems hold such times too."""
    try:
        return iso_time(moment) if math.isfinite(moment) else None
    except (ValueError, OverflowError, OSError):
        return None


def _table(columns: tuple[Column, ...], rows: Iterable[Row]) -> Iterator[str]:
    yield "\t".join(_cell(column.name) for column in columns)
    for row in rows:
        yield "\t".join(_cell(plain_value(value, column.unit)) for value, column in zip(row, columns, strict=False))


def _cell(text: str) -> str:
    """A tab or a line end inside a cell would add cells and rows, so it is written as an escape."""
    return text.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
