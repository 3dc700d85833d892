"""copy: files and whole folders."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from llmsh.errors import ToolFailed
from llmsh.tools.files.copy import copy
from llmsh.types import Effects
from tests.tools.files.acting import content, done, effects, names, piped


def test_a_copy_has_content_mode_and_time_of_its_source(tree: Path) -> None:
    assert done(copy(paths=("script.sh",), to="s2.sh")) == [("s2.sh", "copied", "script.sh")]
    source, target = os.stat("script.sh"), os.stat("s2.sh")
    assert (target.st_mode, target.st_mtime_ns, target.st_size) == (source.st_mode, source.st_mtime_ns, source.st_size)
    assert effects(copy, paths=("script.sh",), to="s3.sh") == Effects(reads=("script.sh",), writes=("s3.sh",))


def test_an_existing_folder_takes_the_copy(tree: Path) -> None:
    assert done(copy(paths=("a.py",), to="docs")) == [("docs/a.py", "copied", "a.py")]


def test_a_name_with_a_slash_at_the_end_becomes_a_folder(tree: Path) -> None:
    assert effects(copy, paths=("a.py",), to="new/") == Effects(reads=("a.py",), writes=("new", "new/a.py"))
    assert done(copy(paths=("a.py",), to="new/")) == [("new/a.py", "copied", "a.py")]


def test_one_piped_file_goes_into_a_folder_unless_the_name_is_a_files(tree: Path) -> None:
    assert done(copy(piped("a.py"), to="backup")) == [("backup/a.py", "copied", "a.py")]
    assert done(copy(piped("a.py"), to="b.py")) == [("b.py", "copied", "a.py")]


def test_a_folder_is_copied_with_all_that_is_in_it_and_its_links_as_links(tree: Path) -> None:
    os.symlink("/etc/passwd", "sub/outside")
    os.utime("sub/deep", (1000, 1000))
    assert done(copy(paths=("sub",), to="other")) == [
        ("other", "copied", "sub"),
        ("other/b.py", "copied", "sub/b.py"),
        ("other/deep", "copied", "sub/deep"),
        ("other/deep/c.py", "copied", "sub/deep/c.py"),
        ("other/outside", "copied", "sub/outside"),
    ]
    assert os.readlink("other/outside") == "/etc/passwd"
    assert os.stat("other/deep").st_mtime == 1000


def test_a_named_link_is_followed_and_a_broken_one_is_copied_as_it_is(tree: Path) -> None:
    os.symlink("nowhere", "broken")
    done(copy(paths=("link.txt", "broken"), to="docs"))
    assert (os.path.islink("docs/link.txt"), content("docs/link.txt")) == (False, content("notes.txt"))
    assert os.readlink("docs/broken") == "nowhere"


def test_a_folder_is_merged_into_one_of_its_name_and_what_is_lost_is_declared(tree: Path) -> None:
    os.makedirs("into/sub/deep")
    Path("into/sub/b.py").write_text("old", encoding="utf-8")
    Path("into/sub/mine").write_text("mine", encoding="utf-8")
    assert effects(copy, paths=("sub",), to="into") == Effects(
        reads=("sub",), writes=("into/sub",), overwrites=("into/sub/b.py",)
    )
    done(copy(paths=("sub",), to="into"))
    assert (names("into/sub"), content("into/sub/b.py")) == (["b.py", "deep", "mine"], content("sub/b.py"))


def test_with_overwrite_off_what_is_there_is_kept_and_noted(tree: Path) -> None:
    result = copy(paths=("a.py",), to="todo.txt", overwrite=False)
    assert (done(result), result.notes) == ([], ["todo.txt is there already and was kept"])
    assert content("todo.txt") == "one\ntwo\nthree\n"
    assert effects(copy, paths=("a.py",), to="todo.txt", overwrite=False).overwrites == ()


@pytest.mark.parametrize("target", ["todo.txt", "./todo.txt", "alias.txt", "."])
def test_a_file_is_not_copied_onto_itself(tree: Path, target: str) -> None:
    os.link("todo.txt", "alias.txt")
    with pytest.raises(ToolFailed, match="are the same file"):
        copy(paths=("todo.txt",), to=target)


def test_a_link_is_not_copied_onto_its_own_file(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="are the same file"):
        copy(paths=("link.txt",), to="notes.txt")
    assert content("notes.txt").startswith("buy milk")


@pytest.mark.parametrize("target", ["sub/deep", "sub/deep/new", "./sub/"])
def test_a_folder_does_not_go_into_itself(tree: Path, target: str) -> None:
    with pytest.raises(ToolFailed, match="sub cannot go into itself"):
        copy(paths=("sub",), to=target)


def test_two_files_of_one_name_are_refused_before_anything_is_done(tree: Path) -> None:
    os.makedirs("x")
    Path("x/a.py").write_text("", encoding="utf-8")
    with pytest.raises(ToolFailed, match="a.py and x/a.py would both become docs/a.py"):
        copy(paths=("todo.txt", "a.py", "x/a.py"), to="docs")
    assert "todo.txt" not in names("docs")


def test_a_missing_file_among_others_is_noted(tree: Path) -> None:
    result = copy(paths=("a.py", "nope"), to="docs")
    assert (done(result), result.notes) == ([("docs/a.py", "copied", "a.py")], ["there is no nope"])


def test_only_missing_files_are_an_error(tree: Path) -> None:
    with pytest.raises(ToolFailed, match=r"nothing matches \*.nope"):
        copy(paths=("*.nope",), to="docs")


def test_an_empty_pipe_copies_nothing(tree: Path) -> None:
    assert done(copy(piped(), to="docs")) == []
    assert effects(copy, piped(), paths=(), to="docs") == Effects()


@pytest.mark.parametrize(("source", "target"), [("docs", "todo.txt"), ("a.py", "dir.d/")])
def test_a_file_and_a_folder_do_not_take_each_others_place(tree: Path, source: str, target: str) -> None:
    os.makedirs("dir.d/a.py")
    with pytest.raises(ToolFailed, match=r"no folder|is a folder"):
        done(copy(paths=(source,), to=target))


def test_a_fifo_has_nothing_to_copy(tree: Path) -> None:
    os.mkfifo("sub/pipe")
    with pytest.raises(ToolFailed, match="sub/pipe is a device, pipe or socket"):
        done(copy(paths=("sub/pipe",), to="p2"))
    result = copy(paths=("sub",), to="other")
    assert [row[0] for row in done(result)] == ["other", "other/b.py", "other/deep", "other/deep/c.py"]
    assert result.notes == ["sub/pipe is a device, pipe or socket: it has no content to copy"]


def test_a_locked_folder_is_named_and_nothing_is_left_in_it(locked: Path) -> None:
    with pytest.raises(ToolFailed, match="cannot copy a.py: permission denied"):
        done(copy(paths=("a.py",), to="locked"))
    assert names("locked") == ["kept.txt"]


def test_names_that_are_no_utf8_are_copied(tree: Path) -> None:
    name = os.fsdecode(b"caf\xe9")
    Path(name).write_text("x", encoding="utf-8")
    assert done(copy(paths=(name,), to="docs")) == [(f"docs/{name}", "copied", name)]


def test_a_link_at_the_target_is_replaced_and_not_written_through(tree: Path) -> None:
    done(copy(paths=("a.py",), to="link.txt"))
    assert (os.path.islink("link.txt"), content("notes.txt")[:8]) == (False, "buy milk")
