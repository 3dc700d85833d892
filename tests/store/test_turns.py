"""The record of turns: what is kept, found again, cut, and what happens where nothing can be kept."""

from __future__ import annotations

import sqlite3

import pytest

from llmsh.store.database import NAME
from llmsh.store.turns import KEPT_ROWS, NoTurns, SqliteTurns, data_folder, open_turns


def turn(line: str, **more: object) -> dict[str, object]:
    return {"schema": 1, "line": line, "route": "ask", "plan": None, "status": "done", "message": "", **more}


def lines(found: list[dict[str, object]]) -> list[object]:
    return [one["line"] for one in found]


@pytest.fixture
def turns(tmp_path):
    opened = SqliteTurns(str(tmp_path), pytest.fail)
    yield opened
    opened.close()


def test_recent_turns_come_back_whole_and_newest_first(turns):
    kept = [turn("one", plan="count()"), turn("two", calls=[{"tool": "count"}])]
    for one in kept:
        turns.record(one)
    found = turns.recent(5)
    assert [{key: value for key, value in one.items() if key != "at"} for one in found] == kept[::-1]
    assert found[0]["at"] >= found[1]["at"] > 0


def test_only_as_many_as_asked_for_come_back(turns):
    for number in range(5):
        turns.record(turn(str(number)))
    assert (lines(turns.recent(2)), turns.recent(0), turns.recent(-1)) == (["4", "3"], [], [])


def test_turns_last_into_the_next_session(turns, tmp_path):
    turns.record(turn("before"))
    turns.close()
    later = SqliteTurns(str(tmp_path), pytest.fail)
    assert lines(later.recent(1)) == ["before"]
    later.close()


def test_search_finds_every_word_in_line_plan_or_message(turns):
    turns.record(turn("show big files", plan='find_files(".", min_size="1M")'))
    turns.record(turn("查找大文件", message="3 files"))
    turns.record(turn("hello"))
    assert lines(turns.search("FILES")) == ["查找大文件", "show big files"]
    assert lines(turns.search("big min_size")) == ["show big files"]
    assert lines(turns.search("大文件")) == ["查找大文件"]
    assert lines(turns.search("  ", 2)) == ["hello", "查找大文件"]


@pytest.mark.parametrize("text", ["100%", "a_b", "back\\slash", "it's"])
def test_search_takes_every_sign_as_itself(turns, text):
    turns.record(turn(f"x {text} y"))
    turns.record(turn("x 1000 aXb backslash its y"))
    assert lines(turns.search(text)) == [f"x {text} y"]


def test_a_long_result_is_cut_and_says_so(turns):
    rows = [{"path": str(number)} for number in range(1000)]
    turns.record(turn("many", result={"type": "Files", "rows": rows}))
    assert turns.recent(1)[0]["result"] == {"type": "Files", "rows": rows[:KEPT_ROWS], "rows_in_all": 1000}
    assert len(rows) == 1000


def test_a_result_of_few_huge_rows_is_left_out(turns):
    turns.record(turn("huge", result={"type": "Text", "rows": [{"line": "x" * 2_000_000}]}))
    assert turns.recent(1)[0]["result"] == {"type": "Text", "rows": [], "rows_in_all": 1}


def test_a_name_that_is_no_utf_8_is_kept_and_found(turns):
    turns.record(turn("read caf\udce9"))
    assert (lines(turns.recent(1)), lines(turns.search("caf\udce9"))) == (["read caf\udce9"], ["read caf\udce9"])


def test_history_is_off_with_one_warning_where_there_can_be_no_folder(tmp_path):
    (tmp_path / "file").write_text("")
    warnings: list[str] = []
    opened = open_turns(str(tmp_path / "file/llmsh"), warnings.append)
    opened.record(turn("lost"))
    assert (type(opened), opened.recent(3), opened.search("lost")) == (NoTurns, [], [])
    assert warnings == [f"history is off: {tmp_path}/file/llmsh cannot be used (Not a directory)"]


def test_a_full_disk_switches_history_off_with_one_warning(tmp_path):
    warnings: list[str] = []
    opened = SqliteTurns(str(tmp_path), warnings.append)
    assert opened._connection is not None
    opened._connection.execute("PRAGMA max_page_count = 1")
    for _ in range(3):
        opened.record(turn("x" * 100_000))
    assert (opened.recent(1), warnings) == (
        [], [f"history is off: {tmp_path} cannot be used (database or disk is full)"]
    )  # fmt: skip


def test_a_database_that_breaks_while_it_is_open_is_set_aside_and_nothing_new_is_lost(tmp_path):
    warnings: list[str] = []
    opened = SqliteTurns(str(tmp_path), warnings.append)
    for number in range(200):
        opened.record(turn(f"{number} " + "x" * 500))
    assert opened._connection is not None
    opened._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    opened.close()
    with (tmp_path / NAME).open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 4096 * 30)
    opened = SqliteTurns(str(tmp_path), warnings.append)
    opened.recent(5)
    opened.record(turn("after"))
    assert lines(opened.recent(1)) == ["after"]
    assert [warning.split(": ")[1] for warning in warnings] == [f"it is kept as {NAME}.damaged-1, a new one is begun"]
    opened.close()


def test_a_locked_database_costs_the_history_and_not_the_session(tmp_path):
    warnings: list[str] = []
    opened = SqliteTurns(str(tmp_path), warnings.append)
    assert opened._connection is not None
    opened._connection.execute("PRAGMA busy_timeout = 10")
    other = sqlite3.connect(tmp_path / NAME)
    other.execute("BEGIN IMMEDIATE")
    opened.record(turn("lost"))
    other.close()
    assert warnings == [f"history is off: {tmp_path} cannot be used (database is locked)"]


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"XDG_DATA_HOME": "/data", "HOME": "/home/ann"}, "/data/llmsh"),
        ({"XDG_DATA_HOME": "relative", "HOME": "/home/ann"}, "/home/ann/.local/share/llmsh"),
        ({"HOME": "/home/ann"}, "/home/ann/.local/share/llmsh"),
    ],
)
def test_the_data_folder_follows_the_xdg_specification(environment, folder):
    assert data_folder(environment) == folder
