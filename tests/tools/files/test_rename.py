"""rename: new names, one or many at once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from llmsh.errors import ToolFailed
from llmsh.tools.files.rename import rename
from llmsh.types import Effects
from tests.tools.files.acting import content, done, effects, names, piped


@pytest.mark.parametrize(
    ("how", "name"),
    [
        ({"to": "x.md"}, "x.md"),
        ({"to": "x{n:3}"}, "x001.txt"),
        ({"old": "o", "new": "0"}, "n0tes.txt"),
        ({"old": r"^(.)(.)", "new": r"\2\1", "regex": True}, "ontes.txt"),
        ({"prefix": "a-", "suffix": "-z"}, "a-notes-z.txt"),
        ({"extension": ".md"}, "notes.md"),
        ({"extension": ""}, "notes"),
        ({"case": "upper"}, "NOTES.TXT"),
    ],
)
def test_each_way_gives_its_name(tree: Path, how: dict[str, object], name: str) -> None:
    expected = Effects(writes=(name,), deletes=("notes.txt",))
    assert effects(rename, paths=("notes.txt",), **how) == expected
    assert done(rename(paths=("notes.txt",), **how)) == [(name, "renamed", "notes.txt")]  # type: ignore[arg-type]
    assert (content(name)[:8], os.path.exists("notes.txt")) == ("buy milk", False)


def test_files_are_counted_in_order_and_keep_their_extension(tree: Path) -> None:
    assert done(rename(piped("images/photo.jpg", "images/logo.png"), to="p{n}")) == [
        ("images/p1.jpg", "renamed", "images/photo.jpg"),
        ("images/p2.png", "renamed", "images/logo.png"),
    ]


def test_several_files_cannot_have_one_name(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="2 files cannot all be named x"):
        rename(paths=("a.py", "todo.txt"), to="x")


def test_an_existing_name_is_refused_before_anything_is_renamed(tree: Path) -> None:
    Path("x-todo.txt").write_text("", encoding="utf-8")
    before = names()
    with pytest.raises(ToolFailed, match="x-todo.txt exists already"):
        rename(paths=("a.py", "todo.txt"), prefix="x-")
    assert names() == before


def test_two_files_that_would_get_one_name_are_refused(tree: Path) -> None:
    Path("docs/guide.txt").write_text("", encoding="utf-8")
    with pytest.raises(ToolFailed, match=r"docs/guide.md and docs/guide.txt would both be named docs/guide.x"):
        rename(paths=("docs/guide.*",), extension="x")


def test_names_may_move_up_by_one(tree: Path) -> None:
    for name in ("f1", "f11", "f111"):
        Path(name).write_text(name, encoding="utf-8")
    done(rename(paths=("f1", "f11", "f111"), suffix="1"))
    assert [content(name) for name in ("f11", "f111", "f1111")] == ["f1", "f11", "f111"]


def test_two_names_may_be_exchanged(tree: Path) -> None:
    os.mkdir("ring")
    for name in ("ab", "ba"):
        Path("ring", name).write_text(name, encoding="utf-8")
    rows = done(rename(paths=("ring/*",), old="^(.)(.)$", new=r"\2\1", regex=True))
    assert sorted(rows) == [("ring/ab", "renamed", "ring/ba"), ("ring/ba", "renamed", "ring/ab")]
    assert (content("ring/ab"), content("ring/ba"), names("ring")) == ("ba", "ab", ["ab", "ba"])


def test_a_folder_and_what_is_in_it_are_renamed_together(tree: Path) -> None:
    done(rename(piped("sub", "sub/b.py"), prefix="x"))
    assert names("xsub") == ["deep", "xb.py"]


@pytest.mark.parametrize("to", ["docs/x", "..", "a\0b"])
def test_what_is_no_name_is_refused(tree: Path, to: str) -> None:
    with pytest.raises(ToolFailed, match=r"is no name for a\.py"):
        rename(paths=("a.py",), to=to)


@pytest.mark.parametrize(
    ("path", "to"),
    [("docs/guide.md", "docs/x.md"), ("docs/guide.md", "./docs/x.md"), ("a.py", "./b.py"), ("docs", "./texts")],
)
def test_a_whole_path_in_the_same_folder_is_a_name(tree: Path, path: str, to: str) -> None:
    new = os.path.normpath(to)
    assert effects(rename, paths=(path,), to=to) == Effects(writes=(new,), deletes=(path,))
    assert done(rename(paths=(path,), to=to)) == [(new, "renamed", path)]


def test_a_whole_absolute_path_in_the_same_folder_is_a_name(tree: Path) -> None:
    source, target = str(tree / "docs" / "guide.md"), str(tree / "docs" / "x.md")
    assert effects(rename, paths=(source,), to=target) == Effects(writes=(target,), deletes=(source,))
    assert done(rename(paths=(source,), to=target)) == [(target, "renamed", source)]
    with pytest.raises(ToolFailed, match="is no name for") as caught:
        rename(paths=(target,), to=str(tree / "x.md"))
    assert caught.value.hint == "another folder is a matter of move()"


@pytest.mark.parametrize("to", ["*.bak", "build/*.bak"])
def test_a_star_keeps_what_the_star_of_the_pattern_stood_for(tree: Path, to: str) -> None:
    expected = Effects(writes=("build/x.bak", "build/y.bak"), deletes=("build/x.tmp", "build/y.tmp"))
    assert effects(rename, paths=("build/*.tmp",), to=to) == expected
    assert done(rename(paths=("build/*.tmp",), to=to)) == [
        ("build/x.bak", "renamed", "build/x.tmp"), ("build/y.bak", "renamed", "build/y.tmp"),
    ]  # fmt: skip


def test_a_star_in_the_middle_of_the_pattern_is_kept(tree: Path) -> None:
    assert done(rename(paths=("images/ph*o.jpg",), to="x-*-y.jpg")) == [
        ("images/x-ot-y.jpg", "renamed", "images/photo.jpg")
    ]


def test_a_star_is_the_stem_where_no_pattern_was_given(tree: Path) -> None:
    assert done(rename(piped("images/photo.jpg", "images/logo.png"), to="my_*")) == [
        ("images/my_photo.jpg", "renamed", "images/photo.jpg"), ("images/my_logo.png", "renamed", "images/logo.png"),
    ]  # fmt: skip
    with pytest.raises(ToolFailed, match=r"\*\*\.x has more than one \*"):
        rename(paths=("a.py",), to="**.x")


def test_a_name_that_does_not_change_is_noted(tree: Path) -> None:
    result = rename(paths=("a.py", "todo.txt"), old="todo", new="done")
    assert (done(result), result.notes) == ([("done.txt", "renamed", "todo.txt")], ["a.py keeps its name"])


def test_a_call_without_a_new_name_says_what_is_needed(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="rename needs a new name"):
        rename(paths=("a.py",))
    assert effects(rename, paths=("a.py",)) == Effects(writes=("a.py",))


def test_a_broken_expression_is_named(tree: Path) -> None:
    with pytest.raises(ToolFailed, match=r"\(x is no regular expression"):
        rename(paths=("a.py",), old="(x", regex=True)


def test_a_broken_link_and_a_name_that_is_no_utf8_are_renamed(tree: Path) -> None:
    odd = os.fsdecode(b"caf\xe9.txt")
    os.symlink("nowhere", odd)
    assert done(rename(paths=(odd,), extension="md")) == [(os.fsdecode(b"caf\xe9.md"), "renamed", odd)]


def test_nothing_in_a_locked_folder_is_renamed(locked: Path) -> None:
    with pytest.raises(ToolFailed, match="cannot rename locked/kept.txt: permission denied"):
        done(rename(paths=("locked/kept.txt",), to="x"))
