"""touch: times of files, and empty new ones."""

from __future__ import annotations

import os
import time
from datetime import datetime
from pathlib import Path

import pytest

from llmsh.errors import ToolFailed
from llmsh.tools.files.touch import touch
from llmsh.types import Effects
from tests.tools.files.acting import content, done, effects, names, piped


def test_a_missing_file_is_made_and_an_old_one_becomes_new(tree: Path) -> None:
    started = time.time()
    assert effects(touch, paths=("x/new", "todo.txt")) == Effects(writes=("x", "x/new", "todo.txt"))
    assert done(touch(paths=("x/new", "todo.txt"))) == [("x/new", "created", None), ("todo.txt", "touched", None)]
    assert (content("x/new"), content("todo.txt")) == ("", "one\ntwo\nthree\n")
    assert os.stat("todo.txt").st_mtime >= started - 1


def test_a_date_is_set(tree: Path) -> None:
    done(touch(piped("todo.txt"), time="2024-01-31 10:30"))
    assert os.stat("todo.txt").st_mtime == datetime(2024, 1, 31, 10, 30).timestamp()  # noqa: DTZ001  local, as said


@pytest.mark.parametrize("moment", ["2024-13-01", "nonsense", "99999999y"])
def test_what_is_no_time_is_named(tree: Path, moment: str) -> None:
    with pytest.raises(ToolFailed, match=f"{moment} is no time"):
        done(touch(paths=("todo.txt",), time=moment))


def test_a_pattern_that_matches_nothing_makes_no_file_of_its_name(tree: Path) -> None:
    before = names()
    with pytest.raises(ToolFailed, match=r"nothing matches \*.nope"):
        touch(paths=("*.nope",))
    assert names() == before


def test_a_folders_name_is_no_files(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="new/ is the name of a folder"):
        done(touch(paths=("new/",)))


def test_a_fifo_does_not_hang(tree: Path) -> None:
    os.mkfifo("pipe")
    assert done(touch(paths=("pipe",))) == [("pipe", "touched", None)]


def test_a_locked_folder_is_named(locked: Path) -> None:
    with pytest.raises(ToolFailed, match="cannot touch locked/x: permission denied"):
        done(touch(paths=("locked/x",)))
