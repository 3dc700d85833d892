"""delete: files and folders to the trash."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from llmsh.errors import ToolFailed
from llmsh.tools.files.delete import delete
from llmsh.types import Effects
from tests.tools.files.acting import content, done, effects, names, piped


def test_a_file_goes_to_the_trash_with_a_record_of_its_place(tree: Path, trash: Path) -> None:
    assert effects(delete, paths=("todo.txt",)) == Effects(deletes=("todo.txt",))
    assert done(delete(paths=("todo.txt",))) == [("todo.txt", "trashed", None)]
    assert (os.path.exists("todo.txt"), content(str(trash / "todo.txt"))) == (False, "one\ntwo\nthree\n")
    assert f"Path={tree}/todo.txt" in content(str(trash.parent / "info/todo.txt.trashinfo"))


def test_a_folder_goes_as_a_whole(tree: Path, trash: Path) -> None:
    assert done(delete(paths=("sub/",))) == [("sub", "trashed", None)]
    assert names(str(trash / "sub")) == ["b.py", "deep"]


def test_files_in_a_folder_that_goes_too_go_with_it(tree: Path, trash: Path) -> None:
    given = piped("sub/deep/c.py", "sub", "sub/b.py", "todo.txt")
    assert effects(delete, given) == Effects(deletes=("sub", "todo.txt"))
    assert [row[0] for row in done(delete(given))] == ["sub", "todo.txt"]
    assert names(str(trash)) == ["sub", "todo.txt"]


def test_piped_files_that_are_gone_are_passed_over(tree: Path, trash: Path) -> None:
    result = delete(piped("nope", "todo.txt"))
    assert (done(result), result.notes) == ([("todo.txt", "trashed", None)], [])


def test_two_files_of_one_name_are_both_kept_in_the_trash(tree: Path, trash: Path) -> None:
    Path("docs/todo.txt").write_text("other", encoding="utf-8")
    done(delete(paths=("todo.txt", "docs/todo.txt")))
    assert names(str(trash)) == ["todo 1.txt", "todo.txt"]


@pytest.mark.parametrize("name", ["links", "links/"])
def test_a_link_goes_and_what_it_leads_to_stays(tree: Path, trash: Path, name: str) -> None:
    os.symlink("docs", "links")
    assert effects(delete, paths=(name,)) == Effects(deletes=("links",))
    assert done(delete(paths=(name,))) == [("links", "trashed", None)]
    assert (os.readlink(trash / "links"), names("docs")) == ("docs", ["guide.md", "intro.md", "report.pdf"])


def test_a_broken_link_goes(tree: Path, trash: Path) -> None:
    os.symlink("nowhere", "broken")
    assert done(delete(paths=("broken",))) == [("broken", "trashed", None)]
    assert not os.path.lexists("broken")


def test_a_name_that_is_no_utf8_goes(tree: Path, trash: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    Path(name).write_text("x", encoding="utf-8")
    assert done(delete(paths=(name,))) == [(name, "trashed", None)]
    assert names(str(trash)) == [name]


@pytest.mark.parametrize("name", [".", "..", "/", "docs/.."])
def test_the_folder_one_is_in_does_not_go(tree: Path, trash: Path, name: str) -> None:
    with pytest.raises(ToolFailed, match="holds the folder you are in"):
        delete(paths=(name,))


@pytest.mark.parametrize(("name", "message"), [("*.nope", r"nothing matches \*.nope"), ("nope", "there is no nope")])
def test_what_is_not_there_is_named(tree: Path, trash: Path, name: str, message: str) -> None:
    with pytest.raises(ToolFailed, match=message):
        delete(paths=(name,))


def test_an_empty_pipe_deletes_nothing(tree: Path, trash: Path) -> None:
    assert done(delete(piped())) == []


def test_nothing_leaves_a_locked_folder_and_the_trash_has_no_record_of_it(trash: Path, locked: Path) -> None:
    with pytest.raises(ToolFailed, match="cannot move locked/kept.txt to the trash: nothing may be removed"):
        done(delete(paths=("locked/kept.txt",)))
    os.seteuid(os.getuid())
    assert (names("locked"), trash.exists()) == (["kept.txt"], False)


def test_a_home_that_cannot_be_written_is_said(closed_trash: Path, locked: Path) -> None:
    with pytest.raises(ToolFailed, match="cannot move open/x to the trash: permission denied"):
        done(delete(paths=("open/x",)))
    assert os.path.exists("open/x")
