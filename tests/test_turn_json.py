"""A turn as JSON, whole."""

from __future__ import annotations

import json

import pytest

from llmsh.turn_json import json_chunks, turn_json
from llmsh.types import (
    FILE_COLUMNS,
    LINE,
    CallRecord,
    Column,
    Decision,
    Effects,
    Files,
    ModelInfo,
    Number,
    Route,
    Rows,
    Status,
    Table,
    Text,
    Timings,
    Turn,
    Unit,
    Verdict,
)


def result_of(rows: Rows):
    return turn_json(Turn("l", Route.PLAN, Status.DONE, result=rows))["result"]


def test_a_whole_turn():
    effects = Effects(("/r",), ("/w",), ("/d",), ("git",), ("a.b",), (42,), ("/w",), network=True)
    call = CallRecord("find_files", {"folder": ".", "names": ("a", "b"), "n": None}, effects,
                      Verdict(Decision.ALLOW, "reads", "reading runs"), ok=True, ms=3.14159)  # fmt: skip
    turn = Turn(
        line="find a",
        route=Route.ASK,
        status=Status.DONE,
        plan='find_files(".")',
        confidence=0.97,
        calls=(call,),
        result=Files(FILE_COLUMNS, [("a.py", 120, 1767323045.5, "file")]),
        model=ModelInfo("small", "ab12", "tuned", 7),
        timings=Timings(1.0, 2.25, 3.0, 4.0, 10.31),
    )
    whole = {
        "schema": 1,
        "line": "find a",
        "route": "ask",
        "plan": 'find_files(".")',
        "confidence": 0.97,
        "status": "done",
        "message": "",
        "calls": [
            {
                "tool": "find_files",
                "arguments": {"folder": ".", "names": ["a", "b"], "n": None},
                "effects": {"reads": ["/r"], "writes": ["/w"], "deletes": ["/d"], "runs": ["git"],
                            "hosts": ["a.b", "*"], "signals": [42]},
                "verdict": "allow",
                "rule": "reads",
                "undo": None,
                "ok": True,
                "error": None,
                "ms": 3.1,
            }
        ],
        "result": {
            "type": "Files",
            "rows": [{"path": "a.py", "size": 120, "modified": "2026-01-02T03:04:05Z", "kind": "file"}],
        },
        "model": {"name": "small", "sha256": "ab12", "adapter": "tuned", "seed": 7},
        "timings_ms": {"load": 1.0, "prefill": 2.2, "decode": 3.0, "run": 4.0, "total": 10.3},
    }  # fmt: skip
    assert turn_json(turn) == whole
    assert list(turn_json(turn)) == list(whole)
    assert json.loads("".join(json_chunks(turn))) == whole


def test_a_turn_of_which_nothing_is_known():
    assert turn_json(Turn("?", Route.ASK, Status.REFUSED, message="no")) == {
        "schema": 1,
        "line": "?",
        "route": "ask",
        "plan": None,
        "confidence": None,
        "status": "refused",
        "message": "no",
        "calls": [],
        "result": None,
        "model": None,
        "timings_ms": {"load": 0.0, "prefill": 0.0, "decode": 0.0, "run": 0.0, "total": 0.0},
    }


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (3, Unit.NONE, 3),
        (3.0, Unit.NONE, 3),
        (2.5, Unit.NONE, 2.5),
        (1e300, Unit.NONE, 1e300),
        (float("nan"), Unit.NONE, None),
        (float("inf"), Unit.BYTES, None),
        (10.0, Unit.BYTES, 10),
        (0, Unit.TIME, "1970-01-01T00:00:00Z"),
        (1e18, Unit.TIME, None),
        (True, Unit.NONE, True),
        (None, Unit.BYTES, None),
    ],
)
def test_a_number_is_one_row(value, unit, expected):
    assert result_of(Number((Column("value", unit),), [(value,)])) == {"type": "Number", "rows": [{"value": expected}]}


def test_text_is_a_row_a_line():
    assert result_of(Text(LINE, [("a",), ("b",)])) == {"type": "Text", "rows": [{"line": "a"}, {"line": "b"}]}


def test_columns_of_one_name_are_told_apart():
    rows = Table((Column("a"), Column("a"), Column("a_2")), [(1, 2, 3)])
    assert result_of(rows)["rows"] == [{"a": 1, "a_2": 2, "a_2_2": 3}]


def test_the_text_is_ascii_without_control_characters_and_names_survive():
    names = ["raw\udcff", "日本\x1b[31m\x7f\u202e", "a\nb"]
    turn = Turn("\x9b", Route.ASK, Status.DONE, result=Text(LINE, [(name,) for name in names]))
    text = "".join(json_chunks(turn))
    assert text.isascii()
    assert text.isprintable()
    assert [row["line"] for row in json.loads(text)["result"]["rows"]] == names


@pytest.mark.parametrize("count", [0, 1, 999, 1000, 1001, 2500])
def test_many_rows_in_parts_are_the_same_object(count):
    turn = Turn("l", Route.ASK, Status.DONE, result=Text(LINE, [(str(n),) for n in range(count)]))
    assert json.loads("".join(json_chunks(turn))) == turn_json(turn)
