"""Rows as plain text."""

from __future__ import annotations

import pytest

from llmsh.plain import plain_lines, plain_value
from llmsh.types import (
    CHANGE_COLUMNS,
    FILE_COLUMNS,
    LINE,
    MATCH_COLUMNS,
    Changes,
    Column,
    Files,
    Matches,
    Number,
    Table,
    Text,
    Unit,
)  # fmt: skip

VALUE = (Column("value"),)


def test_files_are_their_paths() -> None:
    assert list(plain_lines(Files(FILE_COLUMNS, [("a b.txt", 3, 0.0, "file"), ("./c", 1, 1.0, "folder")]))) == [
        "a b.txt", "./c",
    ]  # fmt: skip


def test_changes_are_the_paths_that_came_to_be() -> None:
    assert list(plain_lines(Changes(CHANGE_COLUMNS, [("new", "moved", "old")]))) == ["new"]


def test_text_is_itself() -> None:
    assert list(plain_lines(Text(LINE, [("a\tb",), ("",)]))) == ["a\tb", ""]


def test_matches_are_path_line_and_text() -> None:
    assert list(plain_lines(Matches(MATCH_COLUMNS, [("a.py", 3, "x: y")]))) == ["a.py:3:x: y"]


@pytest.mark.parametrize(("value", "shown"), [(3, "3"), (3.0, "3"), (2.5, "2.5"), (0.1 + 0.2, "0.3"), (1e20, "1e+20")])
def test_a_number_is_shown_without_needless_digits(value: float, shown: str) -> None:
    assert list(plain_lines(Number(VALUE, [(value,)]))) == [shown]


def test_a_table_is_a_header_and_tab_separated_rows() -> None:
    columns = (Column("name"), Column("size", Unit.BYTES), Column("time", Unit.TIME), Column("ok"))
    table = Table(columns, [("a", 2048, 0.0, True), ("b", None, None, False)])
    assert list(plain_lines(table)) == [
        "name\tsize\ttime\tok", "a\t2048\t1970-01-01T00:00:00Z\ttrue", "b\t\t\tfalse",
    ]  # fmt: skip


def test_a_tab_or_line_end_in_a_cell_adds_no_cell_and_no_row() -> None:
    assert list(plain_lines(Table((Column("a"), Column("b")), [("x\ty", "1\n2\r")]))) == ["a\tb", "x\\ty\t1\\n2\\r"]


def test_files_without_their_path_are_a_table() -> None:
    columns = (Column("owner"), Column("size", Unit.BYTES))
    assert list(plain_lines(Files(columns, [("ann", 3)]))) == ["owner\tsize", "ann\t3"]


def test_a_time_that_no_calendar_reaches_is_its_number() -> None:
    assert plain_value(1e18, Unit.TIME) == "1e+18"


def test_rows_are_read_only_as_far_as_they_are_asked_for() -> None:
    def endless():
        while True:
            yield ("x",)

    assert next(iter(plain_lines(Files(FILE_COLUMNS[:1], endless())))) == "x"
