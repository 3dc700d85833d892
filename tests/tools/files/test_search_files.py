from __future__ import annotations

from pathlib import Path

import pytest

from llmsh.errors import ToolFailed
from tests.tools.files.running import firsts, run


def test_each_file_that_holds_the_text_is_given_once(tree: Path) -> None:
    assert firsts('search_files("TODO", name="*.txt")') == ["copy-of-notes.txt", "notes.txt"]


def test_files_without_the_text_are_given_when_asked_for(tree: Path) -> None:
    assert firsts('search_files("TODO", "src", without=True)') == ["src/style.css", "src/util.py"]


def test_an_empty_file_is_without_it(tree: Path) -> None:
    assert firsts('search_files("x", "empty.txt", without=True)') == ["empty.txt"]


def test_options_are_those_of_a_search(tree: Path) -> None:
    assert firsts('search_files("HELLO", name="*.py", ignore_case=True)') == ["a.py"]
    assert firsts('search_files("print(", name="*.py", fixed=True)') == ["a.py", "src/main.py"]
    assert firsts('search_files("ad", "src", whole_word=True)') == []
    assert firsts('search_files("secret", hidden=True)') == [".hidden"]
    assert firsts('search_files("TODO", exclude=["*.txt", "src"])') == ["sub/b.py"]


def test_a_missing_folder_is_named_in_the_error(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="there is no nowhere"):
        run('search_files("x", "nowhere")')


def test_a_wrong_pattern_is_named(tree: Path) -> None:
    with pytest.raises(ToolFailed, match=r"not a regular expression: \["):
        run('search_files("[")')
