from __future__ import annotations

import pytest
from hypothesis import strategies as st

from llmsh.errors import ToolFailed
from llmsh.tools.rows.first import first
from llmsh.tools.rows.last import last
from llmsh.tools.rows.select import select
from llmsh.tools.rows.skip import skip
from llmsh.tools.rows.unique import unique
from llmsh.types import Column, Files, Table, Unit
from tests.tools.rows.values import CELLS, column, drawn, files, listed, stream, table, text

LINES = st.lists(st.text("ab\u00e9", max_size=3))


@drawn(LINES, st.integers(-1, 9))
def test_first_and_skip_share_out_the_rows(lines, count):
    assert column(first(text(*lines), count)) + column(skip(text(*lines), count)) == lines


@drawn(LINES, st.integers(-1, 9))
def test_last_and_skip_at_the_end_share_out_the_rows(lines, count):
    assert column(skip(stream(lines), count, at_end=True)) + column(last(stream(lines), count)) == lines


@drawn(st.lists(CELLS))
def test_unique_twice_is_unique_once(cells):
    rows = [(cell, 1) for cell in cells]
    once = listed(unique(table(*rows)))
    assert listed(unique(table(*once))) == once
    assert set(once) == set(rows)


@drawn(LINES)
def test_lines_that_come_once_and_those_that_repeat_are_all_the_different_ones(lines):
    once, repeated = (column(unique(stream(lines), only=only)) for only in ("once", "repeated"))
    assert sorted(once + repeated) == sorted(set(lines))
    assert all(lines.count(line) == 1 for line in once)


def test_unique_by_a_column_keeps_the_first_row_of_each_value():
    assert listed(unique(table(("a", 1), ("b", 1), ("c", 2)), "amount")) == [("a", 1), ("c", 2)]


def test_unique_can_ignore_case():
    assert column(unique(text("Ann", "ann", "Bob"), ignore_case=True)) == ["Ann", "Bob"]


def test_unique_by_a_fact_about_files(tree):
    assert column(unique(files("a.py", "sub/b.py", "todo.txt"), "extension")) == ["a.py", "todo.txt"]


def test_columns_are_selected_in_the_order_asked_for():
    rows = Table((Column("a"), Column("size", Unit.BYTES), Column("c")), [(1, 2, 3)])
    result = select(rows, ("c", "size"))
    assert (type(result), result.columns) == (Table, (Column("c"), Column("size", Unit.BYTES)))
    assert listed(result) == [(3, 2)]


def test_columns_are_selected_by_number():
    assert listed(select(table(("a", 1), ("b", None)), ("2", "1"))) == [(1, "a"), (None, "b")]


def test_facts_about_bare_paths_are_selected(tree):
    assert listed(select(files("big.bin", "gone"), ("name", "size"))) == [("big.bin", 2 << 20), (None, None)]


def test_the_path_alone_of_files_is_a_table(tree):
    result = select(files("a.py"), ("path",))
    assert (type(result), isinstance(result, Files), listed(result)) == (Table, False, [("a.py",)])


def test_words_of_lines_are_selected_by_number():
    assert listed(select(text("a b c", "d"), ("3", "1"))) == [("c", "a"), (None, "d")]


def test_a_column_number_that_is_too_large_names_the_columns():
    with pytest.raises(ToolFailed) as caught:
        select(table(("a", 1)), ("3",))
    assert (caught.value.message, caught.value.hint) == ("there is no column 3", "the columns are name, amount")


def test_notes_are_passed_on():
    rows = table(("a", 1))
    rows.notes.append("2 folders could not be read")
    assert select(rows, ("name",)).notes == unique(rows).notes == last(rows).notes == rows.notes


def test_nothing_stays_nothing():
    assert [listed(rows) for rows in (last(table()), skip(table()), unique(table()), select(table(), ("name",)))] == [
        [], [], [], [],
    ]  # fmt: skip
