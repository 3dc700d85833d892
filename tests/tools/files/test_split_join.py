"""split_file, join_files: one file in pieces, several in one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from llmsh.errors import ToolFailed
from llmsh.tools.files.join_files import join_files
from llmsh.tools.files.split_file import split_file
from llmsh.types import Effects
from tests.tools.files.acting import content, done, effects, names, piped


@pytest.mark.parametrize(
    ("how", "sizes"),
    [({"size": "4"}, [4, 4, 4, 2]), ({"parts": 3}, [5, 5, 4]), ({"lines": 2}, [8, 6]), ({"lines": 9}, [14])],
)
def test_pieces_joined_are_the_file(tree: Path, how: dict[str, object], sizes: list[int]) -> None:
    pieces = [f"todo.txt.{number:03d}" for number in range(1, len(sizes) + 1)]
    assert [row[0] for row in done(split_file("todo.txt", **how))] == pieces  # type: ignore[arg-type]
    assert [os.path.getsize(piece) for piece in pieces] == sizes
    assert done(join_files(paths=("todo.txt.*",), to="again")) == [("again", "written", None)]
    assert content("again") == content("todo.txt")


def test_effects_name_every_piece_or_the_folder_they_come_to(tree: Path) -> None:
    assert effects(split_file, path="todo.txt", parts=2, prefix="p") == Effects(
        reads=("todo.txt",), writes=("p001", "p002")
    )
    assert effects(split_file, path="logs/app.log", lines=5) == Effects(reads=("logs/app.log",), writes=("logs",))


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({}, "needs one of"),
        ({"lines": 1, "parts": 2}, "needs one of"),
        ({"parts": 0}, "cannot be split like that"),
        ({"size": "0"}, "cannot be split like that"),
        ({"lines": 0}, "0 lines is none"),
    ],
)
def test_what_makes_no_pieces_is_refused(tree: Path, how: dict[str, object], message: str) -> None:
    with pytest.raises(ToolFailed, match=message):
        split_file("todo.txt", **how)  # type: ignore[arg-type]


def test_too_many_pieces_are_refused_before_the_first(tree: Path) -> None:
    before = names()
    with pytest.raises(ToolFailed, match="2097152 pieces, at most 9999"):
        split_file("big.bin", size="1")
    assert names() == before


def test_a_piece_that_is_there_is_not_overwritten(tree: Path) -> None:
    Path("todo.txt.002").write_text("mine", encoding="utf-8")
    with pytest.raises(ToolFailed, match=r"todo.txt.002 exists already"):
        done(split_file("todo.txt", parts=2))
    assert (content("todo.txt.002"), "todo.txt.001" in names()) == ("mine", False)


@pytest.mark.parametrize(("path", "message"), [("nope", "there is no nope"), ("docs", "docs is no file to split")])
def test_what_cannot_be_split_is_named(tree: Path, path: str, message: str) -> None:
    with pytest.raises(ToolFailed, match=message):
        split_file(path, parts=2)


def test_joining_declares_what_is_lost(tree: Path) -> None:
    assert effects(join_files, piped("a.py"), to="todo.txt") == Effects(
        reads=("a.py",), writes=("todo.txt",), overwrites=("todo.txt",)
    )


def test_a_file_is_not_joined_into_itself(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="todo.txt is one of the files to join"):
        join_files(paths=("a.py", "todo.txt"), to="./todo.txt".removeprefix("./"))
    assert content("todo.txt") == "one\ntwo\nthree\n"


@pytest.mark.parametrize("name", ["docs", "pipe", "broken"])
def test_what_has_no_content_is_not_joined(tree: Path, name: str) -> None:
    os.mkfifo("pipe")
    os.symlink("nowhere", "broken")
    with pytest.raises(ToolFailed, match=f"{name} is no file that can be joined"):
        join_files(paths=("a.py", name), to="all")


def test_a_locked_folder_takes_no_result(locked: Path) -> None:
    with pytest.raises(ToolFailed, match="cannot write locked/all: permission denied"):
        done(join_files(paths=("a.py",), to="locked/all"))
    assert names("locked") == ["kept.txt"]
