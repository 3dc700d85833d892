from __future__ import annotations

from pathlib import Path

import pytest

from llmsh.errors import ToolFailed
from tests.tools.files.running import firsts, run


def test_lines_are_counted_over_all_files(tree: Path) -> None:
    assert firsts('count_matches("TODO")') == [6]
    assert firsts('count_matches("o", "data.csv")') == [3]


def test_occurrences_are_counted_each(tree: Path) -> None:
    assert firsts('count_matches("[aeiou]", "todo.txt", what="occurrences")') == [5]
    assert firsts('count_matches("[aeiou]", "todo.txt")') == [3]


def test_lines_that_do_not_match_are_counted(tree: Path) -> None:
    assert firsts('count_matches("TODO", "notes.txt", invert=True)') == [3]


def test_nothing_is_zero(tree: Path) -> None:
    assert firsts('count_matches("nothing like it")') == [0]


def test_files_may_come_through_the_pipe(tree: Path) -> None:
    assert firsts('find_files("src") | count_matches("TODO")') == [1]


def test_a_missing_file_is_named_in_the_error(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="there is no nowhere"):
        run('count_matches("x", "nowhere")')


def test_a_missing_file_among_others_is_a_note(tree: Path) -> None:
    found = run('count_matches("one", ["todo.txt", "nowhere"])')
    assert (list(found.rows), found.notes) == ([(1,)], ["there is no nowhere"])
