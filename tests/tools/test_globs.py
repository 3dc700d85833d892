from __future__ import annotations

import pytest

from llmsh.errors import ToolFailed
from llmsh.tools.globs import braces, name_test, path_test


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("a", ["a"]),
        ("*.{jpg,png}", ["*.jpg", "*.png"]),
        ("{a,b}{1,2}", ["a1", "a2", "b1", "b2"]),
        ("{a,{b,c}}", ["a", "a", "b", "c"]),
        ("{a}", ["{a}"]),
        ("a{,b}", ["a", "ab"]),
        ("{", ["{"]),
    ],
)
def test_braces_stand_for_what_they_do_in_a_shell(pattern: str, expected: list[str]) -> None:
    assert sorted(braces(pattern)) == expected


def test_braces_without_end_are_refused() -> None:
    with pytest.raises(ToolFailed, match="stands for more than 1000 names"):
        braces("{a,b}" * 40)


@pytest.mark.parametrize(
    ("pattern", "name", "matches"),
    [
        ("*.py", "a.py", True),
        ("*.py", "a.pyc", False),
        ("*", ".hidden", True),
        ("a?", "ab", True),
        ("[!a]b", "ab", False),
        ("[^a]b", "cb", True),
        ("a.b", "axb", False),
        ("*", "two\nlines", True),
        ("*[0-9].{log,txt}", "x7.txt", True),
    ],
)
def test_a_name_is_matched_whole(pattern: str, name: str, matches: bool) -> None:
    assert bool(name_test([pattern])(name)) is matches


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("src/*.py", "src/a.py", True),
        ("src/*.py", "lib/src/a.py", True),
        ("./src/*.py", "src/a.py", True),
        ("./src/*.py", "lib/src/a.py", False),
        ("*/src/*", "src/a.py", True),
        ("**/a.py", "a.py", True),
        ("/etc/*", "/etc/x/y", True),
        ("/etc/*", "home/etc/x", False),
        ("rc/*", "src/a.py", False),
    ],
)
def test_a_path_is_matched_whole_or_at_its_end(pattern: str, path: str, matches: bool) -> None:
    assert bool(path_test([pattern])(path)) is matches


def test_case_may_be_ignored() -> None:
    assert name_test(["*.JPG"], ignore_case=True)("a.jpg")
