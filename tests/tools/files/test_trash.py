"""list_trash and empty_trash: what lies in the trash, and the end of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from llmsh.errors import ToolFailed
from llmsh.policy import Ground, judge
from llmsh.tools.files.delete import delete
from llmsh.tools.files.empty_trash import empty_trash
from llmsh.tools.files.list_trash import list_trash
from llmsh.tools.files.restore import restore
from llmsh.types import Decision
from tests.tools.files.acting import done, effects, names

OLD = "[Trash Info]\nPath={}/{}\nDeletionDate=2020-01-02T03:04:05\n"


def test_the_trash_is_listed_with_sizes_the_latest_first(tree: Path, trash: Path) -> None:
    done(delete(paths=("sub",)))
    (trash.parent / "info/sub.trashinfo").write_text(OLD.format(tree, "sub"), encoding="utf-8")
    below = sum(path.stat().st_size for path in (trash / "sub").rglob("*") if path.is_file())
    done(delete(paths=("todo.txt",)))
    assert [row[:2] for row in list_trash().rows] == [("todo.txt", 14), ("sub", below)]
    assert [row[0] for row in list_trash(("s*",)).rows] == ["sub"]
    assert done(restore(list_trash(("todo.txt",)))) == [("todo.txt", "restored", None)]


def test_an_empty_trash_says_so(tree: Path, trash: Path) -> None:
    assert (done(list_trash()), list_trash().notes) == ([], ["the trash is empty"])
    assert list_trash(("x",)).notes == ["the trash holds no such thing"]
    assert (done(empty_trash()), empty_trash().notes) == ([], ["the trash is empty"])


def test_what_is_in_the_trash_is_deleted_for_good_with_its_record(tree: Path, trash: Path) -> None:
    (tree / "link").symlink_to("docs")
    done(delete(paths=("sub", "todo.txt", "link")))
    assert sorted(done(empty_trash())) == [(name, "deleted for good", None) for name in ("link", "sub", "todo.txt")]
    assert (names(str(trash)), names(str(trash.parent / "info"))) == ([], [])
    assert (tree / "docs").is_dir()


def test_only_what_is_named_or_old_is_deleted(tree: Path, trash: Path) -> None:
    done(delete(paths=("sub", "todo.txt", "docs")))
    (trash.parent / "info/sub.trashinfo").write_text(OLD.format(tree, "sub"), encoding="utf-8")
    assert done(empty_trash(older_than="1y")) == [("sub", "deleted for good", None)]
    assert done(empty_trash(("*.txt",))) == [("todo.txt", "deleted for good", None)]
    assert names(str(trash)) == ["docs"]
    with pytest.raises(ToolFailed, match=r"^the trash holds no such thing$"):
        empty_trash(("gone.txt",))
    assert empty_trash(older_than="1y").notes == ["the trash holds nothing that old"]


def test_emptying_is_asked_about_even_where_changes_are_not(tree: Path, trash: Path) -> None:
    done(delete(paths=("todo.txt",)))
    found = effects(empty_trash)
    assert found.deletes == (str(trash / "todo.txt"), str(trash.parent / "info/todo.txt.trashinfo"))
    ground = Ground(mode="auto", cwd=str(trash.parent.parent), home="/home/x", confined=True)
    assert judge(found, ground).decision is Decision.ASK
