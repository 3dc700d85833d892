from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from llmsh.errors import ToolFailed
from tests.tools.files.running import rows, run


def test_a_folder_holds_the_bytes_of_all_files_below_it(tree: Path) -> None:
    assert rows('disk_usage("images")') == [("images", 5312)]
    assert rows('disk_usage("sub/")') == [("sub", 33)]


def test_a_file_holds_its_bytes(tree: Path) -> None:
    assert rows('disk_usage("big.bin")') == [("big.bin", 2 << 20)]


def test_depth_adds_a_row_for_each_folder_the_start_last(tree: Path) -> None:
    assert rows('disk_usage("sub", depth=1)') == [("sub/deep", 10), ("sub", 33)]
    (tree / "sub/deep/er").mkdir()
    (tree / "sub/deep/er/x").write_bytes(b"12345")
    assert rows('disk_usage("sub", depth=1)') == [("sub/deep", 15), ("sub", 38)]
    assert rows('disk_usage("sub", depth=2)') == [("sub/deep", 15), ("sub/deep/er", 5), ("sub", 38)]


def test_files_have_rows_when_asked_for(tree: Path) -> None:
    assert rows('disk_usage("sub", files=True)') == [
        ("sub/b.py", 23), ("sub/deep", 10), ("sub/deep/c.py", 10), ("sub", 33),
    ]  # fmt: skip
    assert rows('disk_usage("sub", files=True, depth=1)') == [("sub/b.py", 23), ("sub/deep", 10), ("sub", 33)]


def test_a_hard_link_is_counted_once(tree: Path) -> None:
    os.link("images/photo.jpg", "images/again.jpg")
    assert rows('disk_usage("images")') == [("images", 5312)]


def test_what_links_point_to_is_not_counted(tree: Path) -> None:
    (tree / "sub/loop").symlink_to("..")
    assert rows('disk_usage("sub")') == [("sub", 33)]


def test_what_is_excluded_is_not_counted(tree: Path) -> None:
    assert rows('disk_usage("sub", exclude="deep")') == [("sub", 23)]


def test_allocated_space_is_what_du_says(tree: Path) -> None:
    said = subprocess.run(["du", "-s", "-B1", "."], capture_output=True, text=True, check=True).stdout.split()[0]
    assert rows("disk_usage(allocated=True)") == [(".", int(said))]


def test_each_file_from_the_pipe_is_measured(tree: Path) -> None:
    assert rows('find_files("sub", kind="file") | disk_usage()') == [("sub/b.py", 23), ("sub/deep/c.py", 10)]


def test_an_empty_folder_holds_nothing(tree: Path) -> None:
    assert rows('disk_usage("emptydir")') == [("emptydir", 0)]


def test_a_missing_folder_is_named_in_the_error(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="there is no nowhere"):
        run('disk_usage("nowhere")')


def test_a_missing_folder_among_others_is_a_note(tree: Path) -> None:
    found = run('disk_usage(["sub", "nowhere"])')
    assert (list(found.rows), found.notes) == ([("sub", 33)], ["there is no nowhere"])
