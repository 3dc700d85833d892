"""list_trash and empty_trash: what lies in the trash, and the end of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from llmsh.effects import resolve
from llmsh.errors import ToolFailed
from llmsh.policy import Ground, judge
from llmsh.tools.files.delete import delete
from llmsh.tools.files.empty_trash import empty_trash
from llmsh.tools.files.list_trash import list_trash
from llmsh.tools.files.restore import restore
from llmsh.types import Decision
from tests.tools.files.acting import done, effects, names, piped

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


def test_a_link_in_the_trash_is_only_a_link(tree: Path, trash: Path) -> None:
    (tree / "home").symlink_to(trash.parent.parent)
    (tree / "usr").symlink_to("/usr")
    done(delete(paths=("home", "usr")))
    assert {row[:2] for row in list_trash().rows} == {("home", 0), ("usr", 0)}
    found = resolve(effects(empty_trash), str(tree))
    ground = Ground(mode="auto", cwd=str(trash.parent.parent), home=str(trash.parent.parent), confined=True)
    assert judge(found, ground).decision is Decision.ASK
    assert not [path for path in (*found.deletes, *found.overwrites) if not path.startswith(str(trash.parent))]


@pytest.mark.parametrize("moment", ["2020-01-02T03:04:05Z", "0001-01-01T00:00:00", "soon", ""])
def test_a_record_with_an_odd_date_does_no_harm(tree: Path, trash: Path, moment: str) -> None:
    done(delete(paths=("sub", "todo.txt")))
    text = f"[Trash Info]\nPath={tree}/sub\nDeletionDate={moment}\n"
    (trash.parent / "info/sub.trashinfo").write_text(text, encoding="utf-8")
    assert "todo.txt" in [row[0] for row in list_trash().rows]


def test_a_record_never_stands_for_the_folder_of_the_trash(tree: Path, trash: Path) -> None:
    done(delete(paths=("todo.txt",)))
    for name in (".trashinfo", "..trashinfo", "...trashinfo"):
        (trash.parent / "info" / name).write_text(OLD.format(tree, "x"), encoding="utf-8")
    (trash.parent / "info/l.trashinfo").symlink_to("todo.txt.trashinfo")
    (trash / "l").touch()
    assert [row[0] for row in list_trash().rows] == ["todo.txt"]


def test_a_name_is_meant_as_it_is_before_it_is_a_pattern(tree: Path, trash: Path) -> None:
    for name in ("[ab].txt", "a.txt"):
        (tree / name).touch()
    done(delete(paths=("[[]ab].txt", "a.txt")))
    assert [row[0] for row in list_trash(("[ab].txt",)).rows] == ["[ab].txt"]
    assert [row[0] for row in list_trash((f"{tree}/a*",)).rows] == ["a.txt"]


def test_rows_of_a_pipe_are_those_places_and_no_others(tree: Path, trash: Path) -> None:
    (tree / "docs/todo.txt").touch()
    done(delete(paths=("todo.txt",)))
    done(delete(paths=("docs/todo.txt",)))
    assert done(restore(piped("todo.txt"))) == [("todo.txt", "restored", None)]
    assert [row[0] for row in list_trash().rows] == ["docs/todo.txt"]
