from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import strategies as st

from llmsh.errors import ToolFailed
from llmsh.plain import plain_lines
from llmsh.tools.text.parse_json import parse_json
from llmsh.tools.text.table import table
from llmsh.types import Rows, Text
from tests.tools.rows.values import drawn, listed, stream, text

CELL = st.text(st.characters(codec="utf-8", categories=["L", "P", "S"]), min_size=1, max_size=6)
VALUE = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=5)


def names(rows: Rows) -> list[str]:
    return [column.name for column in rows.columns]


@drawn(st.lists(st.tuples(CELL, CELL, CELL)))
def test_what_csv_writes_is_read_back(rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([("a", "b", "c"), *rows])
    result = table(stream(out.getvalue().splitlines()), ",")
    assert [tuple(map(str, row)) for row in result.rows] == rows


@drawn(st.lists(st.tuples(VALUE, VALUE), min_size=2), st.booleans())
def test_what_json_writes_is_read_back(rows, one_a_line):
    records = [{"a": a, "b": b} for a, b in rows]
    written = "\n".join(json.dumps(each, ensure_ascii=False) for each in records) if one_a_line else json.dumps(records)
    assert listed(parse_json(text(*written.split("\n")))) == rows


def test_the_plain_form_of_a_table_is_a_table_again():
    first = table(text("name,age", "Ann Lee,31", "Bob,"))
    again = table(Text((first.columns[0],), ((line,) for line in plain_lines(first))))
    assert (names(again), listed(again)) == (["name", "age"], [("Ann Lee", 31), ("Bob", None)])


@pytest.mark.parametrize("line", ["a,b c,1", "a;b c;1", "a\tb c\t1", "a|b c|1"])
def test_the_separator_is_found_out(line):
    assert listed(table(text("x y z".replace(" ", line[1]), line))) == [("a", "b c", 1)]


def test_spaces_separate_where_nothing_else_does_and_the_rest_stays_in_the_last_column():
    result = table(text("PID   TTY  COMMAND", "  1   ?    sbin init  splash"))
    assert (names(result), listed(result)) == (["PID", "TTY", "COMMAND"], [(1, "?", "sbin init splash")])


def test_numbers_are_typed_only_where_no_digit_is_lost():
    cells = ["12", "-3", "0", "1.5", "007", "1.50", "+1", "1e5", "nan", "", " 4 ", "9" * 30]
    assert [row[0] for row in table(text("x,y", *(f"{cell},y" for cell in cells))).rows] == [
        12, -3, 0, 1.5, "007", "1.50", "+1", "1e5", "nan", None, 4, "9" * 30,
    ]  # fmt: skip


def test_quoted_cells_may_hold_separators_and_line_ends():
    assert listed(table(text("a,b", '"x, y","one', "", 'two"'))) == [("x, y", "one\n\ntwo")]


def test_rows_that_are_short_or_long_lose_nothing():
    assert listed(table(text("a,b,c", "1", "1,2,3,4"))) == [(1, None, None), (1, 2, "3,4")]


def test_columns_without_a_name_or_with_the_same_are_told_apart():
    assert names(table(text("\ufeffid,,id", "1,2,3"))) == ["id", "2", "id_3"]


def test_columns_are_numbered_where_there_is_no_header():
    result = table(text("", "root:x:0", "daemon:x:1"), ":", header=False)
    assert (names(result), listed(result)) == (["1", "2", "3"], [("root", "x", 0), ("daemon", "x", 1)])


def test_no_text_is_an_empty_table():
    assert [listed(table(text(*lines), header=header)) for lines in ((), ("",), ("a,b",)) for header in (True,)] == [
        [], [], [],
    ]  # fmt: skip
    assert listed(table(text(), header=False)) == []


def test_a_cell_too_large_for_csv_is_an_error():
    with pytest.raises(ToolFailed, match="this is no table with columns between ','"):
        listed(table(text("a,b", f"{'x' * 200_000},b")))


def test_json_objects_become_rows_with_all_their_names():
    result = parse_json(text('[{"a": 1, "b": [1, "é"]}, {"c": null, "a": true}]'))
    assert (names(result), listed(result)) == (["a", "b", "c"], [(1, '[1, "é"]', None), (True, None, None)])


@pytest.mark.parametrize(
    ("at", "columns", "rows"),
    [("", ["key", "value"], [("store", '{"books": [{"t": "x"}, {"t": "y"}]}')]),
     ("store.books", ["t"], [("x",), ("y",)]),
     ("store.books.1.t", ["value"], [("y",)]), (".store.books.0", ["key", "value"], [("t", "x")])],
)  # fmt: skip
def test_a_place_in_json_is_named_with_dots(at, columns, rows):
    result = parse_json(text('{"store": {"books": [{"t": "x"}, {"t": "y"}]}}'), at)
    assert (names(result), listed(result)) == (columns, rows)


def test_a_list_of_plain_values_is_one_column():
    assert listed(parse_json(text('["a", 2, null, {"b": 1}]'))) == [("a",), (2,), (None,), ('{"b": 1}',)]


def test_a_name_that_is_not_in_the_json_names_those_that_are():
    with pytest.raises(ToolFailed) as caught:
        parse_json(text('{"a": 1, "b": 2}'), "c")
    assert (caught.value.message, caught.value.hint) == ("there is no c in this JSON", "there are a, b")


@pytest.mark.parametrize("line", ["{", "hello", "", "[" * 100_000, "1" * 5000])
def test_text_that_is_no_json_is_an_error(line):
    with pytest.raises(ToolFailed):
        listed(parse_json(text(line)))
