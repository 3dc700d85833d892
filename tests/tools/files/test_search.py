from __future__ import annotations

import gzip
import os
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmsh.errors import ToolFailed
from llmsh.tools.files.search import search
from llmsh.tools.searching import LONGEST, query
from llmsh.types import Files
from tests.tools.files.running import firsts, rows, run


def test_a_match_has_its_file_line_and_text(tree: Path) -> None:
    assert rows('search("TODO", "notes.txt")') == [
        ("notes.txt", 2, "TODO call Ann"),
        ("notes.txt", 4, "TODO fix the roof"),
    ]


def test_all_text_files_below_folders_are_searched_by_name(tree: Path) -> None:
    assert rows('search("value", ["sub", "src"])') == [
        ("sub/b.py", 2, "value = 1"),
        ("sub/deep/c.py", 1, "value = 2"),
    ]


@pytest.mark.parametrize(
    ("call", "lines"),
    [
        ('search("todo", "notes.txt", ignore_case=True)', [2, 4]),
        ('search("roo", "notes.txt", whole_word=True)', []),
        ('search("roof", "notes.txt", whole_word=True)', [4]),
        ('search("o.k", "notes.txt", fixed=True)', []),
        ('search("^TODO", "notes.txt", invert=True)', [1, 3, 5]),
        ('search("rent", "notes.txt", before=1)', [2, 3]),
        ('search("rent", "notes.txt", after=1)', [3, 4]),
        ('search("rent", "notes.txt", context=9)', [1, 2, 3, 4, 5]),
        ('search("TODO", "notes.txt", context=1)', [1, 2, 3, 4, 5]),
        ('search("TODO", "notes.txt", max_per_file=1)', [2]),
        ('search("^", "notes.txt")', [1, 2, 3, 4, 5]),
        ('search("k$", "notes.txt")', [1, 5]),
        ('search("[^a-z ]ODO", "notes.txt")', [2, 4]),
        ('search("(?i)todo", "notes.txt")', [2, 4]),
        ('search("milk\\\\s+TODO", "notes.txt")', []),
        ('search("\\\\Aread", "notes.txt")', [5]),
        ('search("call|read", "notes.txt")', [2, 5]),
    ],
)
def test_an_option_chooses_lines(tree: Path, call: str, lines: list[int]) -> None:
    assert [row[1] for row in rows(call)] == lines


def test_the_matching_parts_may_be_had_alone(tree: Path) -> None:
    assert [row[2] for row in rows('search("[A-Z][a-z]+", "data.csv", only_matching=True)')] == [
        "Ann", "Oslo", "Bob", "Rome", "Cid", "Oslo", "Dee", "Bern",
    ]  # fmt: skip


def test_hidden_files_are_searched_when_asked_for_or_named(tree: Path) -> None:
    assert firsts('search("secret")') == []
    assert firsts('search("secret", hidden=True)') == [".hidden"]
    assert firsts('search("secret", ".hidden")') == [".hidden"]


def test_names_folders_and_depth_choose_files(tree: Path) -> None:
    assert firsts('search("TODO", name=["*.py", "*.md"])') == ["src/main.py", "sub/b.py"]
    assert firsts('search("TODO", name="*.py", exclude="src")') == ["sub/b.py"]
    assert firsts('search("TODO", name="n*", depth=1)') == ["notes.txt", "notes.txt"]
    assert firsts('search("o", "*.txt", name="t*")') == ["todo.txt", "todo.txt"]


def test_files_from_the_pipe_are_searched_and_nothing_else(tree: Path) -> None:
    assert firsts('find_files("src", name="*.py") | search("TODO")') == ["src/main.py"]
    assert firsts('find_files("src", name="*.nothing") | search("TODO")') == []


def test_folders_alone_in_the_pipe_are_searched(tree: Path) -> None:
    assert firsts('find_files(kind="folder", name="s*") | search("TODO")') == ["src/main.py", "sub/b.py"]


def test_folders_found_with_their_files_are_not_searched_twice(tree: Path) -> None:
    assert firsts('find_files("sub") | search("value")') == ["sub/b.py", "sub/deep/c.py"]


def test_files_that_hold_no_text_are_passed_over(tree: Path) -> None:
    (tree / "src/x.bin").write_bytes(b"TODO\0")
    found = run('search("TODO", "src")')
    assert ([row[0] for row in found.rows], found.notes) == (["src/main.py"], [])


def test_a_single_file_that_holds_no_text_is_an_error(tree: Path) -> None:
    with pytest.raises(ToolFailed, match=r"big\.bin is not a text file"):
        run('search("x", "big.bin")')


def test_compressed_text_is_searched(tree: Path) -> None:
    (tree / "old.log.gz").write_bytes(gzip.compress(b"one\ntwo\n"))
    assert rows('search("two", "old.log.gz")') == [("old.log.gz", 2, "two")]


def test_line_ends_of_windows_are_no_part_of_a_line(tree: Path) -> None:
    (tree / "dos.txt").write_bytes(b"one\r\ntwo\r\n")
    assert rows('search("o$", "dos.txt")') == [("dos.txt", 2, "two")]


def test_bytes_that_are_no_utf8_do_no_harm(tree: Path) -> None:
    (tree / "latin.txt").write_bytes(b"caf\xe9 one\n")
    assert [row[1] for row in rows('search("one", "latin.txt")')] == [1]


def test_fifos_devices_and_links_below_a_folder_are_left_alone(tree: Path) -> None:
    os.mkfifo("src/pipe")
    os.symlink("/dev/zero", "src/zero")
    os.symlink("..", "src/loop")
    os.symlink("nowhere", "src/lost")
    assert firsts('search("TODO", "src")') == ["src/main.py"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nowhere", "there is no nowhere"),
        ("/dev/zero", "/dev/zero is a device"),
        ("pipe", "pipe is a fifo"),
        ("a.py/x", r"there is no a\.py/x"),
    ],
)
def test_what_cannot_be_searched_is_named_and_never_hangs(tree: Path, path: str, message: str) -> None:
    os.mkfifo("pipe")
    with pytest.raises(ToolFailed, match=message):
        run(f'search("x", "{path}")')


def test_a_wrong_pattern_is_named_with_the_way_out(tree: Path) -> None:
    with pytest.raises(ToolFailed, match=r"not a regular expression: print\(") as failed:
        run('search("print(")')
    assert failed.value.hint == "add fixed=True to look for exactly this text"


def test_a_long_line_is_clipped_around_its_match(tree: Path) -> None:
    (tree / "long.txt").write_text("x" * 50_000 + "needle" + "y" * 50_000)
    ((_, number, text),) = rows('search("needle", "long.txt")')
    assert (number, "needle" in str(text), len(str(text))) == (1, True, LONGEST + 2)


def test_matches_far_apart_keep_their_line_numbers(tree: Path) -> None:
    filler = "filler " * 10 + "\n"
    with open("large.txt", "w", encoding="utf-8") as file:
        for number in range(1, 60_001):
            file.write(f"needle {number}\n" if number % 20_000 == 0 else filler)
    assert rows('search("needle", "large.txt")') == [
        ("large.txt", number, f"needle {number}") for number in (20_000, 40_000, 60_000)
    ]


PATTERNS = [
    "a",
    "^a",
    "b$",
    "a*",
    "",
    "a b",
    "[ab]+$",
    "^$",
    "[^a]",
    r"\s",
    "a.b",
    r"\bb",
    r"\w+",
    "(a|b) ",
    r"a\Z",
    "(?<!a)b",
]


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("ab \n"), max_size=30), st.sampled_from(PATTERNS))
def test_a_search_finds_what_a_search_of_each_line_finds(text: str, pattern: str) -> None:
    lines = text.removesuffix("\n").split("\n") if text else []
    expected = [(number, line) for number, line in enumerate(lines, 1) if re.search(pattern, line)]
    with tempfile.NamedTemporaryFile() as file:
        file.write(text.encode())
        file.flush()
        found = [row[1:] for row in search(None, pattern, (file.name,)).rows]
    assert found == expected


@pytest.mark.parametrize("pattern", ["[^x]*;", r"a\s+b", r"\Aone", "(?s)a.b", "a\nb", r"[\x00-z]", r"\W+x"])
def test_what_could_cross_lines_is_never_tried_over_many_lines(pattern: str) -> None:
    assert not query(pattern, ignore_case=False, whole_word=False, fixed=False).in_blocks


def test_effects_read_the_pipe_or_what_is_named(tree: Path) -> None:
    from llmsh.tools.searching import effects

    piped = Files((), [("src/main.py",)])
    assert effects(given=piped, paths=(".",)).reads == ("src/main.py",)
    assert effects(given=None, paths=(".",)).reads == (".",)
