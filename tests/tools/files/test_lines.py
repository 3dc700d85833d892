"""set_lines, insert_lines, delete_lines: single lines of files."""

from __future__ import annotations

from pathlib import Path

import pytest

from llmsh.errors import ToolFailed
from llmsh.tools.files.delete_lines import delete_lines
from llmsh.tools.files.insert_lines import insert_lines
from llmsh.tools.files.set_lines import set_lines
from llmsh.types import Effects
from tests.tools.files.acting import content, done, effects, piped

TODO = "one\ntwo\nthree\n"


@pytest.mark.parametrize(
    ("lines", "text", "after"),
    [
        ("2", "X", "one\nX\nthree\n"),
        ("2-", "X", "one\nX\n"),
        ("1-2", "X\nY\nZ", "X\nY\nZ\nthree\n"),
        ("-1", "X", "one\ntwo\nX\n"),
        ("-2", "X", "one\nX\n"),
        ("2-99", "X", "one\nX\n"),
        ("2", "", "one\n\nthree\n"),
    ],
)
def test_lines_are_replaced(tree: Path, lines: str, text: str, after: str) -> None:
    assert effects(set_lines, path="todo.txt", lines=lines, text=text) == Effects(writes=("todo.txt",))
    assert done(set_lines("todo.txt", lines, text))[:2] == [("--- todo.txt",), ("+++ todo.txt",)]
    assert content("todo.txt") == after


@pytest.mark.parametrize(
    ("lines", "message"), [("9", "has no line 9: it has 3"), ("0", "no range"), ("3-2", "no range")]
)
def test_lines_that_are_not_there_are_named(tree: Path, lines: str, message: str) -> None:
    with pytest.raises(ToolFailed, match=message):
        set_lines("todo.txt", lines, "x")
    assert content("todo.txt") == TODO


def test_a_file_without_a_last_line_end_keeps_that(tree: Path) -> None:
    Path("todo.txt").write_text("a\nb", encoding="utf-8")
    set_lines("todo.txt", "2", "c")
    assert content("todo.txt") == "a\nc"


@pytest.mark.parametrize(
    ("how", "after"),
    [
        ({}, TODO + "X\n"),
        ({"at": 1}, "X\n" + TODO),
        ({"at": 4}, TODO + "X\n"),
        ({"after": "tw"}, "one\ntwo\nX\nthree\n"),
        ({"before": "tw"}, "one\nX\ntwo\nthree\n"),
    ],
)
def test_lines_are_inserted(tree: Path, how: dict[str, object], after: str) -> None:
    insert_lines("todo.txt", "X", **how)  # type: ignore[arg-type]
    assert content("todo.txt") == after


def test_a_last_line_without_its_end_is_not_glued_to_the_new_one(tree: Path) -> None:
    Path("todo.txt").write_text("a", encoding="utf-8")
    insert_lines("todo.txt", "b")
    assert content("todo.txt") == "a\nb\n"


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"at": 5}, "has 3 lines: there is no place 5"),
        ({"at": 0}, "no place 0"),
        ({"after": "nope"}, "no line of todo.txt holds 'nope'"),
        ({"at": 1, "after": "one"}, "one of at, after and before"),
    ],
)
def test_a_place_that_is_not_there_is_named(tree: Path, how: dict[str, object], message: str) -> None:
    with pytest.raises(ToolFailed, match=message):
        insert_lines("todo.txt", "X", **how)  # type: ignore[arg-type]
    assert content("todo.txt") == TODO


@pytest.mark.parametrize(
    ("how", "after"),
    [
        ({"lines": "2"}, "one\nthree\n"),
        ({"lines": "-2"}, "one\n"),
        ({"matching": "^t"}, "one\n"),
        ({"matching": "^T", "ignore_case": True}, "one\n"),
        ({"matching": "^t", "invert": True}, "two\nthree\n"),
        ({"lines": "1-3"}, ""),
    ],
)
def test_lines_are_deleted(tree: Path, how: dict[str, object], after: str) -> None:
    delete_lines(piped("todo.txt"), **how)  # type: ignore[arg-type]
    assert content("todo.txt") == after


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"matching": "nope"}, "no such line with nope in todo.txt"),
        ({"lines": "7"}, "no such line 7 in todo.txt"),
        ({"matching": "("}, "is no regular expression"),
        ({}, "either lines= or matching="),
    ],
)
def test_lines_that_cannot_be_deleted_are_named(tree: Path, how: dict[str, object], message: str) -> None:
    with pytest.raises(ToolFailed, match=message):
        delete_lines(paths=("todo.txt",), **how)  # type: ignore[arg-type]
    assert content("todo.txt") == TODO


def test_a_missing_file_is_named(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="there is no nope"):
        set_lines("nope", "1", "x")
    with pytest.raises(ToolFailed, match="there is no nope"):
        insert_lines("nope", "x")


def test_every_change_in_a_long_file_is_shown_on_its_own(tree: Path) -> None:
    Path("long.txt").write_text("".join(f"{n}\n" for n in range(60_000)), encoding="utf-8")
    shown = done(delete_lines(paths=("long.txt",), matching="7$"))
    assert (len(shown), content("long.txt").count("\n")) == (2 + 6_000 * 8 - 1, 54_000)
