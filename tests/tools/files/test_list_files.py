from __future__ import annotations

import os
from pathlib import Path

import pytest

from llmsh.errors import ToolFailed
from tests.tools.files.running import firsts, rows, run


def test_a_folder_is_listed_by_name_with_its_facts(tree: Path) -> None:
    assert [(row[0], row[1], row[3]) for row in rows('list_files("images")')] == [
        ("images/logo.png", 308, "file"),
        ("images/photo.jpg", 5004, "file"),
    ]


def test_names_are_ordered_as_people_read_them(tree: Path) -> None:
    for name in ("Beta", "alpha", "gamma"):
        (tree / "emptydir" / name).touch()
    assert firsts('list_files("emptydir")') == ["emptydir/alpha", "emptydir/Beta", "emptydir/gamma"]


def test_this_folder_gives_names_alone_however_it_is_written(tree: Path) -> None:
    assert firsts('list_files("./")') == firsts("list_files()")
    assert "sub" in firsts("list_files()")


def test_hidden_names_are_listed_when_asked_for(tree: Path) -> None:
    assert (".hidden" in firsts("list_files()"), ".hidden" in firsts("list_files(hidden=True)")) == (False, True)


def test_a_file_lists_itself(tree: Path) -> None:
    assert firsts('list_files("a.py")') == ["a.py"]


def test_what_a_wildcard_finds_is_listed_itself(tree: Path) -> None:
    assert firsts('list_files("s*")') == ["script.sh", "server.ini", "src", "sub"]


def test_a_folder_with_nothing_in_it_has_no_rows(tree: Path) -> None:
    assert rows('list_files("emptydir")') == []


def test_broken_links_and_fifos_are_listed(tree: Path) -> None:
    (tree / "emptydir/lost").symlink_to("nowhere")
    os.mkfifo(tree / "emptydir/pipe")
    assert [(row[0], row[3]) for row in rows('list_files("emptydir")')] == [
        ("emptydir/lost", "link"),
        ("emptydir/pipe", "fifo"),
    ]


def test_a_missing_folder_is_named_in_the_error(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="there is no nowhere"):
        run('list_files("nowhere")')


def test_a_wildcard_that_finds_nothing_is_named_in_the_error(tree: Path) -> None:
    with pytest.raises(ToolFailed, match=r"there is no \*\.xyz"):
        run('list_files("*.xyz")')


def test_a_missing_one_among_several_is_a_note(tree: Path) -> None:
    found = run('list_files(["docs", "nowhere"])')
    assert (len(list(found.rows)), found.notes) == (3, ["there is no nowhere"])
