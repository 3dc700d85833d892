"""make_folder: new folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from llmsh.errors import ToolFailed
from llmsh.tools.files.make_folder import make_folder
from llmsh.types import Effects
from tests.tools.files.acting import done, effects


def test_missing_parents_are_made_and_declared(tree: Path) -> None:
    assert effects(make_folder, paths=("a/b/c", "a/d")) == Effects(writes=("a", "a/b", "a/b/c", "a/d"))
    assert [row[0] for row in done(make_folder(("a/b/c", "a/d")))] == ["a", "a/b", "a/b/c", "a/d"]
    assert Path("a/b/c").is_dir()


def test_a_folder_that_is_there_is_fine(tree: Path) -> None:
    result = make_folder(("docs/", "new"))
    assert (done(result), result.notes) == ([("new", "created", None)], ["docs is there already"])
    assert effects(make_folder, paths=("docs/",)) == Effects()


@pytest.mark.parametrize(
    ("path", "message"),
    [("todo.txt", "is no folder"), ("todo.txt/x", "part of that path is a file"), ("x" * 300, "file name too long")],
)
def test_what_cannot_be_a_folder_is_named(tree: Path, path: str, message: str) -> None:
    with pytest.raises(ToolFailed, match=message):
        done(make_folder((path,)))


def test_a_wildcard_is_only_a_name(tree: Path) -> None:
    assert done(make_folder(("new[1]*",))) == [("new[1]*", "created", None)]


def test_a_name_with_a_nul_is_an_error(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="NUL"):
        done(make_folder(("a\0b",)))


def test_a_locked_folder_takes_no_other(locked: Path) -> None:
    with pytest.raises(ToolFailed, match="cannot make locked/x: permission denied"):
        done(make_folder(("locked/x",)))
