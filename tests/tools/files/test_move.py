"""move: files and folders in another place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from llmsh.errors import ToolFailed
from llmsh.tools.files.move import move
from llmsh.types import Effects
from tests.tools.files.acting import content, done, effects, names, piped


def test_a_file_is_moved_and_its_old_place_declared_as_deleted(tree: Path) -> None:
    assert effects(move, paths=("todo.txt",), to="docs") == Effects(writes=("docs/todo.txt",), deletes=("todo.txt",))
    assert done(move(paths=("todo.txt",), to="docs")) == [("docs/todo.txt", "moved", "todo.txt")]
    assert (os.path.exists("todo.txt"), content("docs/todo.txt")) == (False, "one\ntwo\nthree\n")


def test_what_is_replaced_is_declared(tree: Path) -> None:
    assert effects(move, paths=("a.py",), to="todo.txt") == Effects(
        writes=("todo.txt",), deletes=("a.py",), overwrites=("todo.txt",)
    )
    assert done(move(paths=("a.py",), to="todo.txt", overwrite=False)) == []
    assert done(move(paths=("a.py",), to="todo.txt")) == [("todo.txt", "moved", "a.py")]


def test_piped_files_go_into_a_folder_that_is_made(tree: Path) -> None:
    given = piped("docs/guide.md", "docs/intro.md")
    assert effects(move, given, to="texts") == Effects(
        writes=("texts", "texts/guide.md", "texts/intro.md"), deletes=("docs/guide.md", "docs/intro.md")
    )
    assert [row[0] for row in done(move(given, to="texts"))] == ["texts/guide.md", "texts/intro.md"]


def test_piped_files_inside_a_piped_folder_go_with_it(tree: Path) -> None:
    assert done(move(piped("sub", "sub/b.py"), to="x/")) == [("x/sub", "moved", "sub")]
    assert names("x/sub") == ["b.py", "deep"]


def test_what_is_in_the_folder_already_is_left_there(tree: Path) -> None:
    result = move(piped("docs/guide.md", "a.py"), to="docs")
    assert (done(result), result.notes) == ([("docs/a.py", "moved", "a.py")], ["docs/guide.md is there already"])


def test_a_link_is_moved_as_a_link(tree: Path) -> None:
    done(move(paths=("link.txt",), to="l2.txt"))
    assert os.readlink("l2.txt") == "notes.txt"


def test_a_link_does_not_take_the_place_of_its_own_file(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="are the same file"):
        move(paths=("link.txt",), to="notes.txt")


def test_a_folder_is_merged_into_one_of_its_name(tree: Path) -> None:
    os.makedirs("into/sub/deep")
    Path("into/sub/b.py").write_text("old", encoding="utf-8")
    assert done(move(paths=("sub",), to="into")) == [
        ("into/sub/b.py", "moved", "sub/b.py"),
        ("into/sub/deep/c.py", "moved", "sub/deep/c.py"),
    ]
    assert (os.path.exists("sub"), content("into/sub/b.py")) == (False, "# TODO: tidy\nvalue = 1\n")


def test_what_is_kept_in_a_merge_stays_in_its_folder(tree: Path) -> None:
    os.makedirs("into/sub")
    Path("into/sub/b.py").write_text("old", encoding="utf-8")
    result = move(paths=("sub",), to="into", overwrite=False)
    assert [row[0] for row in done(result)] == ["into/sub/deep"]
    assert (names("sub"), content("into/sub/b.py")) == (["b.py"], "old")


def test_a_folder_does_not_go_into_itself(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="sub cannot go into itself"):
        move(paths=("sub",), to="sub/deep")


def test_a_file_does_not_take_a_folders_place(tree: Path) -> None:
    with pytest.raises(ToolFailed, match=r"todo.txt is there already and is no folder"):
        done(move(paths=("docs",), to="todo.txt"))


def test_a_missing_file_is_named(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="there is no nope"):
        move(paths=("nope",), to="docs")


def test_nothing_leaves_a_locked_folder(locked: Path) -> None:
    with pytest.raises(ToolFailed, match="cannot move locked/kept.txt: permission denied"):
        done(move(paths=("locked/kept.txt",), to="locked/other.txt"))
    assert names("locked") == ["kept.txt"]


def test_a_move_to_another_file_system_takes_everything_along(tree: Path) -> None:
    shared = Path("/dev/shm")
    target = shared / f"llmsh-test-{os.getpid()}"
    os.symlink("deep/c.py", "sub/link")
    try:
        done(move(paths=("sub",), to=str(target)))
        assert (names(str(target)), os.readlink(target / "link")) == (["b.py", "deep", "link"], "deep/c.py")
        assert not os.path.exists("sub")
    finally:
        os.system(f"rm -rf {target}")
