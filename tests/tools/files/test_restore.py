"""restore: files and folders back from the trash."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from llmsh.errors import ToolFailed
from llmsh.tools.files.delete import delete
from llmsh.tools.files.restore import restore
from llmsh.tools.trash import Trash, is_own, things_in
from tests.tools.files.acting import content, done, effects, names, piped


def test_what_was_deleted_comes_back_to_its_place_and_leaves_the_trash(tree: Path, trash: Path) -> None:
    done(delete(paths=("todo.txt",)))
    kept, record = str(trash / "todo.txt"), str(trash.parent / "info/todo.txt.trashinfo")
    found = effects(restore, names=("todo.txt",))
    assert (found.writes, found.deletes) == ((f"{tree}/todo.txt",), (kept, record))
    assert done(restore(names=("todo.txt",))) == [("todo.txt", "restored", None)]
    assert content("todo.txt") == "one\ntwo\nthree\n"
    assert (names(str(trash)), names(str(trash.parent / "info"))) == ([], [])


def test_a_folder_comes_back_whole_and_the_folders_above_it_are_made(tree: Path, trash: Path) -> None:
    done(delete(paths=("sub/deep",)))
    done(delete(paths=("sub",)))
    assert done(restore(names=("sub/deep",))) == [("sub/deep", "restored", None)]
    assert names("sub/deep") == ["c.py"]


def test_without_a_name_all_that_was_deleted_last_comes_back(tree: Path, trash: Path) -> None:
    done(delete(paths=("docs",)))
    record = trash.parent / "info/docs.trashinfo"
    record.write_text(f"[Trash Info]\nPath={tree}/docs\nDeletionDate=2020-01-02T03:04:05\n", encoding="utf-8")
    done(delete(paths=("todo.txt", "sub")))
    assert sorted(row[0] for row in done(restore())) == ["sub", "todo.txt"]
    assert names(str(trash)) == ["docs"]


def test_of_two_things_from_one_place_the_later_one_comes_back(tree: Path, trash: Path) -> None:
    done(delete(paths=("todo.txt",)))
    (trash.parent / "info/todo.txt.trashinfo").write_text(
        f"[Trash Info]\nPath={tree}/todo.txt\nDeletionDate=2020-01-02T03:04:05\n", encoding="utf-8"
    )
    Path("todo.txt").write_text("new", encoding="utf-8")
    done(delete(paths=("todo.txt",)))
    done(restore(names=("todo.txt",)))
    assert content("todo.txt") == "new"


def test_a_pattern_and_a_pipe_name_things_too(tree: Path, trash: Path) -> None:
    done(delete(paths=("todo.txt", "sub/b.py")))
    assert [row[0] for row in done(restore(names=("*.py",)))] == ["sub/b.py"]
    assert [row[0] for row in done(restore(piped("todo.txt")))] == ["todo.txt"]


def test_names_with_signs_and_other_letters_come_back(tree: Path, trash: Path) -> None:
    name = "50% off, 笔记 #1.txt"
    Path(name).write_text("x", encoding="utf-8")
    done(delete(paths=(name,)))
    assert done(restore(names=(name,))) == [(name, "restored", None)]


def test_what_is_there_again_is_not_overwritten(tree: Path, trash: Path) -> None:
    done(delete(paths=("todo.txt",)))
    Path("todo.txt").write_text("new", encoding="utf-8")
    with pytest.raises(ToolFailed, match=r"todo\.txt is there again"):
        done(restore(names=("todo.txt",)))
    assert (content("todo.txt"), names(str(trash))) == ("new", ["todo.txt"])


def test_what_is_not_in_the_trash_is_named_in_the_error(tree: Path, trash: Path) -> None:
    with pytest.raises(ToolFailed, match="^the trash is empty$"):
        restore()
    os.makedirs(trash.parent / "info", exist_ok=True)
    (trash.parent / "info/broken.trashinfo").write_text("no record", encoding="utf-8")
    with pytest.raises(ToolFailed, match=r"^the trash holds no nope\.txt$"):
        restore(names=("nope.txt",))


def test_a_pipe_that_brought_nothing_brings_nothing_back(tree: Path, trash: Path) -> None:
    done(delete(paths=("todo.txt",)))
    assert effects(restore, piped()).writes == effects(restore, piped()).deletes == ()
    assert done(restore(piped())) == []
    assert names(str(trash)) == ["todo.txt"]


def test_a_record_of_a_disk_leads_only_to_that_disk(tmp_path: Path) -> None:
    for name in ("files", "info"):
        (tmp_path / ".Trash-0" / name).mkdir(parents=True)
    for number, path in enumerate(("/etc/passwd", "../out.txt", "in/a.txt")):
        (tmp_path / f".Trash-0/files/{number}").write_text("x", encoding="utf-8")
        (tmp_path / f".Trash-0/info/{number}.trashinfo").write_text(
            f"[Trash Info]\nPath={path}\nDeletionDate=2020-01-02T03:04:05\n", encoding="utf-8"
        )
    assert [item.place for item in things_in(Trash(str(tmp_path / ".Trash-0"), str(tmp_path)))] == [
        str(tmp_path / "in/a.txt")
    ]


def test_the_trash_of_somebody_else_and_a_link_are_none(tmp_path: Path) -> None:
    (tmp_path / "mine/info").mkdir(parents=True)
    (tmp_path / "link").symlink_to("mine")
    (tmp_path / "file").touch()
    (tmp_path / "theirs").mkdir()
    if os.geteuid() == 0:
        os.chown(tmp_path / "theirs", 65534, -1)
    own = [is_own(str(tmp_path / name)) for name in ("mine", "link", "file", "nowhere", "theirs")]
    assert own == [True, False, False, False, os.geteuid() != 0]
