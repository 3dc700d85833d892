from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmsh.errors import ToolFailed
from llmsh.tools.counting import COUNTS
from llmsh.tools.files.count_text import count_text
from tests.tools.files.running import firsts, run


@pytest.mark.parametrize(("what", "number"), [("lines", 5), ("words", 14), ("characters", 62), ("bytes", 62)])
def test_a_file_is_counted(tree: Path, what: str, number: int) -> None:
    assert firsts(f'count_text("notes.txt", what="{what}")') == [number]


def test_characters_are_not_bytes(tree: Path) -> None:
    (tree / "zh.txt").write_text("你好\n", encoding="utf-8")
    assert (firsts('count_text("zh.txt", what="characters")'), firsts('count_text("zh.txt", what="bytes")')) == (
        [3],
        [7],
    )


def test_a_last_line_without_an_end_counts(tree: Path) -> None:
    (tree / "cut.txt").write_bytes(b"one\ntwo")
    assert firsts('count_text("cut.txt")') == [2]


def test_an_empty_file_has_nothing(tree: Path) -> None:
    assert firsts('count_text("empty.txt")') == [0]


def test_the_text_files_below_a_folder_are_counted_and_hidden_ones_are_not(tree: Path) -> None:
    (tree / "docs/.secret").write_text("x\n" * 50)
    (tree / "docs/picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\n" * 100)
    assert firsts('count_text("docs")') == [6]


def test_folders_in_the_pipe_do_not_count_twice(tree: Path) -> None:
    assert firsts('find_files("sub") | count_text()') == [3]


def test_nothing_in_the_pipe_counts_as_nothing(tree: Path) -> None:
    assert firsts('find_files(name="*.nothing") | count_text()') == [0]


def test_a_missing_file_is_named_in_the_error(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="there is no nowhere"):
        run('count_text("nowhere")')


def test_endless_devices_are_refused(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="/dev/zero is a device"):
        run('count_text("/dev/zero")')


def test_a_missing_file_among_others_is_a_note(tree: Path) -> None:
    found = run('count_text(["todo.txt", "nowhere"])')
    assert (list(found.rows), found.notes) == ([(3,)], ["there is no nowhere"])


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("ab é\t\n"), max_size=60))
def test_words_and_characters_are_those_of_python(text: str) -> None:
    with tempfile.NamedTemporaryFile() as file:
        file.write(text.encode())
        file.flush()
        words = next(iter(count_text(None, (file.name,), what="words").rows))
        characters = next(iter(count_text(None, (file.name,), what="characters").rows))
    assert (words, characters) == ((len(text.split()),), (len(text),))


@given(st.text(st.sampled_from("ab é\t\n"), max_size=40), st.integers(1, 7))
def test_a_count_does_not_depend_on_where_blocks_end(text: str, size: int) -> None:
    data = text.encode()
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    for count in COUNTS.values():
        assert count(pieces) == count([data] if data else [])
