from __future__ import annotations

from pathlib import Path

import pytest

from llmsh.errors import ToolFailed
from tests.tools.files.running import rows, run


def test_each_file_has_its_count(tree: Path) -> None:
    assert rows('count_each(["names.txt", "todo.txt"])') == [("names.txt", 7), ("todo.txt", 3)]


def test_each_text_file_below_a_folder_has_its_count(tree: Path) -> None:
    assert rows('count_each("docs", what="words")') == [("docs/guide.md", 4), ("docs/intro.md", 3)]


def test_a_file_that_cannot_be_read_is_a_note(tree: Path) -> None:
    found = run('count_each(["todo.txt", "/dev/zero"])')
    assert (list(found.rows), found.notes) == ([("todo.txt", 3)], ["/dev/zero is a device, not a file"])


def test_a_missing_file_is_named_in_the_error(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="there is no nowhere"):
        run('count_each("nowhere")')
