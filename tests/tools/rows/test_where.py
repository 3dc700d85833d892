from __future__ import annotations

import os
import time
from datetime import datetime

import pytest
from hypothesis import strategies as st

from llmsh.errors import ToolFailed
from llmsh.tools.rows.where import where
from llmsh.types import Column, Files, Table, Unit
from tests.tools.rows.values import CELLS, WORDS, column, drawn, files, listed, sized, table, text

OPPOSITES = [("=", "!="), (">", "<="), ("<", ">=")]


@drawn(st.lists(st.integers(-9, 9)), st.integers(-9, 9), st.sampled_from(OPPOSITES))
def test_an_operator_and_its_opposite_share_out_the_rows(numbers, value, operators):
    rows = [("x", number) for number in numbers]
    one, other = (listed(where(table(*rows), "amount", operator, str(value))) for operator in operators)
    assert sorted(one + other) == sorted(rows)
    assert not set(one) & set(other)


@drawn(st.lists(CELLS), WORDS)
def test_equal_and_unequal_share_out_any_values(cells, value):
    rows = [("x", cell) for cell in cells]
    equal, unequal = (listed(where(table(*rows), "amount", op, value)) for op in ("=", "!="))
    assert sorted(map(repr, equal + unequal)) == sorted(map(repr, rows))


@drawn(st.lists(WORDS), st.text("abc", min_size=1, max_size=2))
def test_two_texts_compare_by_the_alphabet(words, value):
    assert column(where(text(*words), "line", ">", value)) == [word for word in words if word > value]


@pytest.mark.parametrize(
    ("op", "value", "found"),
    [(">", "1K", ["big"]), (">=", "1K", ["even", "big"]), ("<", "1kB", ["small"]), ("=", "1024", ["even"]),
     ("!=", "1K", ["small", "big", "unknown"]), ("<=", "1.5K", ["small", "even"])],
)  # fmt: skip
def test_sizes_are_compared_with_sizes(op, value, found):
    rows = sized(("small", 10), ("even", 1024), ("big", 5000), ("unknown", None))
    assert column(where(rows, "size", op, value)) == found


def test_a_time_is_compared_with_a_moment_that_an_age_stands_for():
    now = time.time()
    rows = Table((Column("name"), Column("modified", Unit.TIME)), [("new", now - 3600), ("old", now - 9 * 86400)])
    assert column(where(rows, "modified", ">", "7d")) == ["new"]
    assert column(where(rows, "modified", "<", "7d")) == ["old"]


def test_a_date_is_equal_to_every_time_of_its_day():
    noon = datetime.fromisoformat("2024-01-31 12:00").timestamp()
    rows = Table((Column("modified", Unit.TIME),), [(noon - 86400,), (noon,), (noon + 86400,)])
    assert column(where(rows, "modified", "=", "2024-01-31")) == [noon]
    assert column(where(rows, "modified", "!=", "2024-01-31")) == [noon - 86400, noon + 86400]
    assert column(where(rows, "modified", ">", "2024-01-31")) == [noon, noon + 86400]


def test_a_time_of_day_is_equal_to_that_second_alone():
    noon = datetime.fromisoformat("2024-01-31 12:00").timestamp()
    rows = Table((Column("modified", Unit.TIME),), [(noon + 0.5,), (noon + 1,)])
    assert column(where(rows, "modified", "=", "2024-01-31 12:00")) == [noon + 0.5]


def test_durations_and_percentages_are_read_as_people_write_them():
    rows = Table((Column("up", Unit.SECONDS), Column("full", Unit.PERCENT)), [(59, 79.5), (61, 80.5)])
    assert listed(where(rows, "up", ">", "1min")) == [(61, 80.5)]
    assert listed(where(rows, "full", ">", "80%")) == [(61, 80.5)]


def test_texts_that_are_numbers_are_compared_as_numbers():
    assert column(where(text("10", "9", "abc", "x 50"), "line", ">", "9.5")) == ["10"]
    assert column(where(text("a 10", "b 9", "c"), "2", ">=", "10")) == ["a 10"]


def test_long_lines_are_found_by_their_length():
    assert column(where(text("short", "a longer line"), "length", ">", "10")) == ["a longer line"]


@pytest.mark.parametrize(
    ("op", "value", "found"),
    [("contains", "an", ["banana"]), ("starts", "A", ["Apple"]), ("ends", "a", ["banana"]),
     ("matches", "^[A-Z]", ["Apple"]), ("=", "banana", ["banana"])],
)  # fmt: skip
def test_texts_are_searched(op, value, found):
    assert column(where(text("Apple", "banana", ""), "line", op, value)) == found


def test_case_can_be_ignored_everywhere():
    rows = text("Apple", "banana")
    assert [column(where(rows, "line", op, "APPLE", ignore_case=True)) for op in ("=", "contains", "matches")] == [
        ["Apple"], ["Apple"], ["Apple"],
    ]  # fmt: skip


def test_a_flag_is_compared_with_true_and_false():
    rows = Table((Column("path"), Column("ok")), [("a", True), ("b", False), ("c", None)])
    assert column(where(rows, "ok", "=", "true")) == ["a"]
    assert column(where(rows, "ok", "=", "False")) == ["b"]


def test_bare_paths_are_filtered_by_facts_about_the_files(tree):
    result = where(files("big.bin", "todo.txt", "gone"), "size", ">", "1M")
    assert type(result) is Files
    assert listed(result) == [("big.bin", 2 << 20)]


def test_the_age_of_real_files_is_compared(tree):
    os.utime("todo.txt", (1000, 1000))
    assert column(where(files("todo.txt", "a.py"), "modified", "<", "1980-01-01")) == ["todo.txt"]


def test_nothing_filtered_is_nothing():
    assert listed(where(table(), "amount", ">", "1")) == []


@pytest.mark.parametrize(
    ("unit", "value", "expected"),
    [(Unit.BYTES, "huge", "a size such as 500, 10K or 1.5G"),
     (Unit.TIME, "soon", "a time such as 7d, today or 2024-01-31"),
     (Unit.SECONDS, "long", "a duration such as 90s, 10min or 2h"), (Unit.PERCENT, "full", "a percentage such as 80")],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_is_refused_with_what_was_expected(unit, value, expected):
    with pytest.raises(ToolFailed) as caught:
        where(sized(("a", 1), unit=unit), "size", ">", value)
    assert caught.value.message == f"size is compared with {expected}, not {value!r}"


def test_a_number_cannot_be_larger_than_a_text():
    with pytest.raises(ToolFailed, match="amount holds numbers: it cannot be > 'many'"):
        listed(where(table(("a", 1)), "amount", ">", "many"))


def test_a_broken_pattern_is_named():
    with pytest.raises(ToolFailed, match="is no regular expression"):
        where(text("a"), "line", "matches", "(")
