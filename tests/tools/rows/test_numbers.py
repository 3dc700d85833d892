from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import strategies as st

from llmsh.errors import ToolFailed
from llmsh.tools.rows.average import average
from llmsh.tools.rows.count import count
from llmsh.tools.rows.group import group
from llmsh.tools.rows.largest import largest
from llmsh.tools.rows.smallest import smallest
from llmsh.tools.rows.sort import sort
from llmsh.tools.rows.sum import sum as sum_of
from llmsh.tools.values import leading_number, number, number_within
from llmsh.types import Column, Files, Number, Processes, Table, Unit
from tests.tools.rows.values import CELLS, column, drawn, files, listed, sized, stream, table, text


@drawn(st.lists(CELLS))
def test_the_count_is_the_number_of_rows(cells):
    assert listed(count(stream(map(str, cells)))) == [(len(cells),)]


@drawn(st.lists(st.integers()))
def test_the_sum_of_whole_numbers_is_exact(numbers):
    assert listed(sum_of(table(*(("x", each) for each in numbers)), "amount")) == [(sum(numbers),)]


@drawn(st.lists(CELLS), st.integers(0, 9))
def test_the_largest_are_the_first_of_the_sorted(cells, amount):
    rows = [("x", cell) for cell in cells if not isinstance(cell, str)]
    ordered = listed(sort(table(*rows), "amount", descending=True))
    assert listed(largest(table(*rows), amount, "amount")) == ordered[:amount]


@drawn(st.lists(CELLS), st.integers(0, 9))
def test_the_smallest_are_the_first_of_the_sorted(cells, amount):
    rows = [("x", cell) for cell in cells if not isinstance(cell, str)]
    assert listed(smallest(table(*rows), amount, "amount")) == listed(sort(table(*rows), "amount"))[:amount]


@drawn(st.lists(st.text("abc", max_size=2)))
def test_a_group_counts_each_value_and_the_counts_fall(lines):
    counts = dict(listed(group(stream(lines))))
    assert counts == {line: lines.count(line) for line in lines}
    assert list(counts.values()) == sorted(counts.values(), reverse=True)


def test_a_sum_keeps_the_unit_of_its_column():
    result = sum_of(sized(("a", 10), ("b", None), ("c", 5)))
    assert (type(result), result.columns, listed(result)) == (Number, (Column("value", Unit.BYTES),), [(15,)])


def test_the_numbers_in_lines_are_added_and_lines_without_one_are_said():
    rows = text("3 apples", "2.5", "none", "", "pears: 4", "file-7")
    result = sum_of(rows)
    assert listed(result) == [(16.5,)]
    assert result.notes == ["values that are no numbers: 1"]


def test_the_words_of_lines_are_added_by_number():
    assert listed(sum_of(text("a 1", "b 20"), "2")) == [(21,)]


def test_the_size_of_bare_paths_is_added(tree):
    assert listed(sum_of(files("build/x.tmp", "build/y.tmp"))) == [(30,)]


def test_the_sum_of_nothing_is_zero():
    assert listed(sum_of(table())) == [(0,)]


def test_a_table_without_numbers_cannot_be_added():
    with pytest.raises(ToolFailed, match="there is no column of numbers"):
        sum_of(table(("a", "b")))


def test_the_mean_and_the_median_differ():
    rows = table(("a", 1), ("b", 2), ("c", "9"), ("d", None))
    assert listed(average(rows, "amount")) == [(4.0,)]
    assert listed(average(rows, "amount", median=True)) == [(2.0,)]
    assert listed(average(text("1", "2"), median=True)) == [(1.5,)]


def test_nothing_has_no_average():
    with pytest.raises(ToolFailed, match="amount holds no numbers to average"):
        listed(average(table(), "amount"))


def test_the_largest_file_is_found_among_bare_paths(tree):
    result = largest(files("todo.txt", "big.bin", "gone"))
    assert (type(result), listed(result)) == (Files, [("big.bin", 2 << 20)])


def test_the_largest_process_is_the_one_with_the_most_memory():
    rows = Processes((Column("pid"), Column("memory", Unit.BYTES)), [(1, 5), (2, 9), (3, 7)])
    result = largest(rows, 2)
    assert (type(result), listed(result)) == (Processes, [(2, 9), (3, 7)])


def test_the_total_of_a_group_is_what_is_largest():
    rows = Table((Column("user"), Column("count"), Column("total", Unit.BYTES)), [("a", 9, 1), ("b", 1, 9)])
    assert column(largest(rows)) == ["b"]


def test_the_first_column_with_numbers_is_meant_where_nothing_is_said():
    rows = Table((Column("name"), Column("age")), iter([("a", 3), ("b", 5)]))
    assert column(largest(rows)) == ["b"]


def test_lines_are_compared_by_the_number_in_them_or_by_length():
    lines = text("ten 10", "a line without any", "nine 9")
    assert column(largest(lines)) == ["ten 10"]
    assert column(smallest(lines)) == ["nine 9"]
    assert column(largest(lines, by="length")) == ["a line without any"]


def test_texts_and_unknown_values_are_neither_largest_nor_smallest():
    rows = table(("a", None), ("b", "x"), ("c", 2), ("d", 1))
    assert [column(tool(rows, 2, "amount")) for tool in (largest, smallest)] == [["c", "d"], ["d", "c"]]


def test_a_group_adds_up_a_column(tree):
    result = group(files("build/x.tmp", "build/y.tmp", "todo.txt"), "extension", sum="size")
    assert result.columns == (Column("extension"), Column("count"), Column("total", Unit.BYTES))
    assert listed(result) == [("tmp", 2, 30), ("txt", 1, 14)]


def test_times_are_grouped_by_period():
    moments = ["2024-01-05 10:30", "2024-01-05 11:00", "2024-02-01", None]
    rows = Table(
        (Column("modified", Unit.TIME),), [(each and datetime.fromisoformat(each).timestamp(),) for each in moments]
    )
    shown = {per: listed(group(rows, "modified", per=per)) for per in ("hour", "day", "month", "year")}
    assert shown == {
        "hour": [("2024-01-05 10:00", 1), ("2024-01-05 11:00", 1), ("2024-02-01 00:00", 1), (None, 1)],
        "day": [("2024-01-05", 2), ("2024-02-01", 1), (None, 1)],
        "month": [("2024-01", 2), ("2024-02", 1), (None, 1)],
        "year": [("2024", 3), (None, 1)],
    }


@pytest.mark.parametrize(
    ("value", "whole", "leading", "within"),
    [("12", 12, 12, 12), ("1,200.5", 1200.5, 1, 1200.5), ("45%", 45, 45, 45), ("2K", None, 2048, 2048),
     ("12 apples", None, 12, 12), ("took 3.5 s", None, None, 3.5), ("12ms", None, 12, 12),
     ("x12", None, None, None), ("", None, None, None),
     (None, None, None, None), (True, True, True, True), (float("nan"), None, None, None),
     ("9" * 5000, None, None, None)],
)  # fmt: skip
def test_numbers_are_read_from_values(value, whole, leading, within):
    assert (number(value), leading_number(value), number_within(value)) == (whole, leading, within)
