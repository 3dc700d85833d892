"""write: a file with the text one says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from llmsh.errors import ToolFailed
from llmsh.tools.atomic import replacing
from llmsh.tools.files.write import write
from llmsh.types import Effects
from tests.tools.files.acting import content, done, effects, names


def test_a_new_file_gets_the_text_and_its_last_line_end(tree: Path) -> None:
    assert done(write("new.txt", "a\nb")) == [("new.txt", "written", None)]
    assert content("new.txt") == "a\nb\n"


def test_no_text_makes_an_empty_file(tree: Path) -> None:
    done(write("new.txt", ""))
    assert content("new.txt") == ""


def test_missing_folders_are_made(tree: Path) -> None:
    done(write("x/y/new.txt", "a"))
    assert content("x/y/new.txt") == "a\n"
    assert effects(write, path="p/q/new.txt", text="a") == Effects(writes=("p", "p/q", "p/q/new.txt"))


def test_a_replaced_file_keeps_its_mode(tree: Path) -> None:
    done(write("script.sh", "echo"))
    assert os.stat("script.sh").st_mode & 0o777 == 0o755


def test_an_existing_file_is_declared_as_overwritten(tree: Path) -> None:
    assert effects(write, path="todo.txt", text="") == Effects(writes=("todo.txt",), overwrites=("todo.txt",))


def test_a_link_is_written_through_and_its_file_is_declared(tree: Path) -> None:
    real = os.path.realpath("notes.txt")
    assert effects(write, path="link.txt", text="") == Effects(writes=(real,), overwrites=(real,))
    done(write("link.txt", "new"))
    assert os.readlink("link.txt") == "notes.txt"
    assert content("notes.txt") == "new\n"


def test_a_broken_link_is_written_through(tree: Path) -> None:
    os.symlink("nowhere.txt", "broken")
    done(write("broken", "new"))
    assert content("nowhere.txt") == "new\n"


def test_overwrite_off_leaves_what_is_there(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="todo.txt exists already"):
        write("todo.txt", "x", overwrite=False)
    assert effects(write, path="todo.txt", text="", overwrite=False) == Effects(writes=("todo.txt",))


@pytest.mark.parametrize(
    ("path", "message"), [("docs", "docs is a folder"), ("no/", "no/ is the name of a folder"), ("pipe", "not a file")]
)
def test_what_is_no_file_is_not_written(tree: Path, path: str, message: str) -> None:
    os.mkfifo("pipe")
    with pytest.raises(ToolFailed, match=message):
        done(write(path, "x"))


def test_a_file_in_a_locked_folder_stays_as_it_was(locked: Path) -> None:
    with pytest.raises(ToolFailed, match="cannot write locked/kept.txt: permission denied"):
        done(write("locked/kept.txt", "x"))
    with pytest.raises(ToolFailed, match="cannot write locked/new.txt: permission denied"):
        done(write("locked/new.txt", "x"))
    assert {name: content(f"locked/{name}") for name in names("locked")} == {"kept.txt": "kept\n"}


def test_a_write_that_is_cut_short_leaves_the_old_file_and_nothing_else(tree: Path) -> None:
    before = names()

    def cut_short() -> None:
        with replacing("todo.txt") as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cut_short()
    assert (content("todo.txt"), names()) == ("one\ntwo\nthree\n", before)


def test_a_name_that_is_no_utf8_can_be_written(tree: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    assert done(write(name, "x\udce9")) == [(name, "written", None)]
    assert Path(name).read_bytes() == b"x\xe9\n"
