from __future__ import annotations

from typing import Any

import pytest

from llmsh.evaluation.printed import Place, heading, is_printed

PLACE = Place("/h/ann", "/h/ann/My work")
FILES = [{"path": "a.txt", "size": 10, "kind": "file"}, {"path": "sub/b c.txt", "size": 2048, "kind": "file"}]
COUNTS = [{"path": "a.txt", "lines": 3}, {"path": "b.txt", "lines": 12}]
MATCHES = [{"path": "a.py", "line": 3, "text": "# TODO:  tidy"}]


def turn(kind: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"status": "done", "message": "", "result": {"type": kind, "rows": rows}}


def text(*lines: str) -> dict[str, Any]:
    return turn("Text", [{"line": line} for line in lines])


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (turn("Files", FILES), ["./sub/b c.txt", "./a.txt"]),
        (turn("Files", FILES), ["/h/ann/My work/sub/b c.txt", "~/My work/a.txt"]),
        (turn("Files", FILES), ["10 a.txt", "2048 ./sub/b c.txt"]),
        (turn("Files", FILES), ["a.txt", "b c.txt"]),
        (turn("Files", [{"path": "../other/"}]), ["/h/ann/other"]),
        (turn("Table", COUNTS), ["   3 ./a.txt", "12   b.txt"]),
        (turn("Table", [{"name": "x", "mean": 10 / 3}]), ["x 3.33"]),
        (turn("Matches", MATCHES), ["./a.py:3:# TODO: tidy"]),
        (turn("Matches", MATCHES), ["3:# TODO: tidy"]),
        (turn("Matches", MATCHES), ["# TODO: tidy"]),
        (turn("Number", [{"value": 3.0}]), ["3"]),
        (turn("Number", [{"value": 2.5}]), ["2.50"]),
        (turn("Table", [{"path": "big.iso", "size": 4096}]), ["4096"]),
        (text("b", "", " a   x "), ["a x", "b"]),
        (turn("Changes", [{"path": "a", "action": "make"}]), []),
        (turn("Files", []), []),
    ],
)
def test_the_same_is_the_same_in_another_form(found: dict[str, Any], wanted: list[str]) -> None:
    assert is_printed(found, wanted, PLACE, ordered=False)


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (turn("Files", FILES), ["a.txt"]),
        (turn("Files", FILES), ["a.txt", "sub/b c.txt", "sub"]),
        (turn("Files", FILES), ["a.txt", "other/b c.txt"]),
        (turn("Files", FILES), []),
        (turn("Table", COUNTS), ["3 a.txt", "3 a.txt"]),
        (turn("Table", COUNTS), ["3 a.txt", "13 b.txt"]),
        (turn("Number", [{"value": 3}]), ["4"]),
        (turn("Number", [{"value": 3.4}]), ["3"]),
        (text("A"), ["a"]),
        (text("1.10"), ["1.1"]),
        (text("a", "a"), ["a"]),
    ],
)
def test_what_differs_is_told_apart(found: dict[str, Any], wanted: list[str]) -> None:
    assert not is_printed(found, wanted, PLACE, ordered=False)


def test_order_counts_where_it_is_asked_for() -> None:
    assert is_printed(turn("Table", COUNTS), ["3 a.txt", "12 b.txt"], PLACE, ordered=True)
    assert not is_printed(turn("Table", COUNTS), ["12 b.txt", "3 a.txt"], PLACE, ordered=True)


def test_each_line_has_a_row_of_its_own_though_the_first_that_fits_be_taken() -> None:
    rows = [{"name": "a", "group": "b"}, {"name": "a", "group": "c"}]
    assert is_printed(turn("Table", rows), ["a", "a b"], PLACE, ordered=False)


@pytest.mark.parametrize(
    ("found", "line"),
    [
        (turn("Table", COUNTS), "path\tlines"),
        (turn("Processes", [{"pid": 1, "name": "init"}]), "pid\tname"),
        (turn("Table", [{"percent": 30.0}]), ""),
        (turn("Table", []), ""),
        (turn("Files", FILES), ""),
        (turn("Matches", MATCHES), ""),
        (text("a"), ""),
    ],
)
def test_a_table_of_several_columns_is_printed_with_their_names_above_it(found: dict[str, Any], line: str) -> None:
    assert heading(found) == line


def test_an_answer_is_printed_too() -> None:
    assert is_printed({"status": "answered", "message": "42", "result": None}, ["42"], PLACE, ordered=False)
    assert not is_printed({"status": "asked", "message": "42", "result": None}, ["42"], PLACE, ordered=False)
