"""append: lines at the end of a file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from llmsh.errors import ToolFailed
from llmsh.tools.files.append import append
from llmsh.types import Effects
from tests.tools.files.acting import content, done, effects


def test_lines_come_after_those_that_are_there(tree: Path) -> None:
    assert done(append("todo.txt", "four\nfive")) == [("todo.txt", "appended", None)]
    assert content("todo.txt") == "one\ntwo\nthree\nfour\nfive\n"


def test_a_last_line_without_its_end_is_not_glued_to_the_new_one(tree: Path) -> None:
    Path("todo.txt").write_text("one", encoding="utf-8")
    done(append("todo.txt", "two"))
    assert content("todo.txt") == "one\ntwo\n"


def test_a_missing_file_is_made(tree: Path) -> None:
    done(append("sub/new.txt", "x"))
    assert content("sub/new.txt") == "x\n"


def test_nothing_is_declared_as_lost(tree: Path) -> None:
    assert effects(append, path="todo.txt", text="x") == Effects(writes=("todo.txt",))


def test_a_fifo_does_not_hang(tree: Path) -> None:
    os.mkfifo("pipe")
    with pytest.raises(ToolFailed, match="pipe is a device, pipe or socket"):
        done(append("pipe", "x"))


def test_a_locked_folder_is_named(locked: Path) -> None:
    with pytest.raises(ToolFailed, match="cannot write locked/new.txt: permission denied"):
        done(append("locked/new.txt", "x"))
