from __future__ import annotations

import os
from pathlib import Path

import pytest

from llmsh.errors import ToolFailed
from tests.tools.files.running import deep_tree, firsts, rows, run


def test_parents_come_before_their_children(tree: Path) -> None:
    assert rows('tree("sub")') == [
        ("sub", "folder"), ("sub/b.py", "file"), ("sub/deep", "folder"), ("sub/deep/c.py", "file"),
    ]  # fmt: skip


def test_a_folder_is_followed_by_what_is_in_it(tree: Path) -> None:
    found = firsts('tree(exclude="*.*")')
    assert found == [".", "build", "docs", "emptydir", "images", "logs", "src", "sub", "sub/deep"]


def test_depth_ends_the_tree(tree: Path) -> None:
    assert firsts('tree("sub", depth=1)') == ["sub", "sub/b.py", "sub/deep"]


def test_hidden_names_are_drawn_when_asked_for(tree: Path) -> None:
    assert (".hidden" in firsts("tree()"), ".hidden" in firsts("tree(hidden=True)")) == (False, True)


def test_what_is_no_file_is_told_apart(tree: Path) -> None:
    os.mkfifo("emptydir/pipe")
    assert rows('tree("emptydir")') == [("emptydir", "folder"), ("emptydir/pipe", "fifo")]


def test_a_loop_of_links_is_drawn_once(tree: Path) -> None:
    (tree / "sub/loop").symlink_to("..")
    assert ("sub/loop", "link") in rows('tree("sub")')
    assert len(rows('tree("sub")')) == 5


def test_a_tree_deeper_than_the_stack_is_drawn(tree: Path) -> None:
    with deep_tree("far", 1100):
        assert len(rows('tree("far")')) == 1100


def test_a_file_is_no_tree(tree: Path) -> None:
    with pytest.raises(ToolFailed, match=r"a\.py is not a folder"):
        run('tree("a.py")')


def test_a_missing_folder_is_named_in_the_error(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="there is no nowhere"):
        run('tree("nowhere")')
