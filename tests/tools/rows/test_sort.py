from __future__ import annotations

import pytest
from hypothesis import strategies as st

from llmsh.errors import ToolFailed
from llmsh.tools.rows.reverse import reverse
from llmsh.tools.rows.shuffle import shuffle
from llmsh.tools.rows.sort import sort
from llmsh.types import Files, Processes
from tests.tools.rows.values import CELLS, COLUMNS, column, drawn, files, listed, stream, table, text


@drawn(st.lists(st.tuples(CELLS, CELLS)), st.booleans())
def test_sorted_rows_are_the_same_rows(rows, descending):
    result = listed(sort(table(*rows), "amount", descending=descending))
    assert sorted(map(repr, result)) == sorted(map(repr, rows))


@drawn(st.lists(st.integers() | st.floats(allow_nan=False, allow_infinity=False)))
def test_numbers_come_in_order(numbers):
    assert column(sort(table(*(("x", number) for number in numbers)), "amount"), 1) == sorted(numbers)


@drawn(st.lists(CELLS), st.booleans())
def test_what_is_unknown_comes_last_in_either_direction(cells, descending):
    result = column(sort(table(*(("x", cell) for cell in cells)), "amount", descending=descending), 1)
    unknown = cells.count(None)
    assert result[len(result) - unknown :] == [None] * unknown


@drawn(st.lists(st.integers(0, 3)), st.booleans())
def test_equal_rows_keep_their_order(numbers, descending):
    rows = [(f"{index:04}", number) for index, number in enumerate(numbers)]
    result = listed(sort(table(*rows), "amount", descending=descending))
    assert result == sorted(rows, key=lambda row: (-row[1] if descending else row[1], row[0]))


@drawn(st.lists(CELLS))
def test_reversing_twice_changes_nothing(cells):
    rows = [(cell, cell) for cell in cells]
    assert listed(reverse(reverse(table(*rows)))) == rows


@drawn(st.lists(st.integers()), st.integers(0, 99))
def test_a_shuffle_keeps_every_row_and_the_seed_repeats_it(numbers, seed):
    rows = [("x", number) for number in numbers]
    result = listed(shuffle(table(*rows), seed=seed))
    assert sorted(result) == sorted(rows)
    assert result == listed(shuffle(table(*rows), seed=seed))


def test_lines_that_are_all_numbers_are_sorted_as_numbers():
    assert column(sort(text("10", "9", "1e1", "-3", "1,200"))) == ["-3", "9", "10", "1e1", "1,200"]


def test_lines_are_sorted_as_text_where_one_is_no_number():
    assert column(sort(text("10", "9", "b", "a"))) == ["10", "9", "a", "b"]


def test_capital_letters_come_first_unless_case_is_ignored():
    assert column(sort(text("b", "A", "C", "a"))) == ["A", "C", "a", "b"]
    assert column(sort(text("b", "A", "C", "a"), ignore_case=True)) == ["A", "a", "b", "C"]


def test_numeric_reads_the_number_at_the_start_and_its_unit():
    lines = ("2K logs", "1.5M images", "900 notes", "none", "3k src")
    assert column(sort(text(*lines), numeric=True)) == ["900 notes", "2K logs", "3k src", "1.5M images", "none"]


def test_numbers_come_before_text_in_a_mixed_column():
    assert column(sort(table(("a", "x"), ("b", 3), ("c", None), ("d", 1)), "amount"), 1) == [1, 3, "x", None]


def test_the_words_of_lines_are_columns_by_number():
    assert column(sort(text("a 10", "b 9", "c"), "2")) == ["b 9", "a 10", "c"]


def test_lines_can_be_sorted_by_length():
    assert column(sort(text("ccc", "a", "bb"), "length")) == ["a", "bb", "ccc"]


def test_files_that_are_bare_paths_are_sorted_by_their_size(tree):
    result = sort(files("logs/app.log", "logs/old.log", "logs/error.log"), "size")
    assert type(result) is Files
    assert [name.name for name in result.columns] == ["path", "size"]
    assert column(result) == ["logs/old.log", "logs/error.log", "logs/app.log"]


def test_a_file_that_vanished_is_sorted_last(tree):
    assert column(sort(files("gone", "todo.txt"), "size", descending=True)) == ["todo.txt", "gone"]


def test_the_type_of_the_rows_is_kept():
    assert type(sort(Processes(COLUMNS, [(2, 1), (1, 2)]))) is Processes


def test_rows_that_can_be_read_once_are_enough():
    assert column(sort(stream(["b", "a"]))) == ["a", "b"]


def test_nothing_sorted_is_nothing():
    assert listed(sort(table(), "amount")) == []


def test_an_unknown_column_is_named_with_those_there_are():
    with pytest.raises(ToolFailed) as caught:
        sort(table(("a", 1)), "price")
    assert (caught.value.message, caught.value.hint) == ("there is no column price", "the columns are name, amount")


def test_a_column_of_lines_that_is_none_is_explained():
    with pytest.raises(ToolFailed) as caught:
        sort(text("a"), "size")
    assert caught.value.hint == "lines have line, length and their fields: 1, 2, 3, ..."


def test_an_unknown_fact_about_files_names_the_known_ones():
    with pytest.raises(ToolFailed) as caught:
        sort(files("a"), "colour")
    assert caught.value.message == "there is no column colour"
    assert caught.value.hint.startswith("files have path, size, modified, kind")
