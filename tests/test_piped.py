"""Standard input as a value: when it is there, when it is not, and when it only seems to be."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import pytest

from llmsh.piped import has_come, piped_input

Pipe = tuple[TextIO, int]


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    """A pipe's end to read from, as text, and the descriptor to write to."""
    source, sink = os.pipe()
    with os.fdopen(source, encoding="utf-8") as stream:
        yield stream, sink


def test_what_was_piped_in_is_read_once_and_kept(pipe: Pipe) -> None:
    stream, sink = pipe
    os.write(sink, b"a\nb \xff\n")
    os.close(sink)
    found = piped_input(stream)
    assert has_come(found)
    assert found is not None
    assert [list(found.rows), list(found.rows)] == [[("a",), ("b \udcff",)]] * 2
    assert has_come(found)


def test_a_closed_and_empty_pipe_is_no_input(pipe: Pipe) -> None:
    stream, sink = pipe
    os.close(sink)
    assert piped_input(stream) is None


def test_a_silent_pipe_may_still_be_read_but_the_model_is_not_told_of_it(pipe: Pipe) -> None:
    stream, sink = pipe
    found = piped_input(stream)
    assert found is not None
    assert not has_come(found)
    os.write(sink, b"late\n")
    os.close(sink)
    assert has_come(found)
    assert list(found.rows) == [("late",)]


@pytest.mark.parametrize(("text", "there"), [("", False), ("a\n", True)])
def test_a_file_is_input_where_it_holds_something(tmp_path: Path, text: str, there: bool) -> None:
    path = tmp_path / "input"
    path.write_text(text, encoding="utf-8")
    with path.open(encoding="utf-8") as stream:
        assert has_come(piped_input(stream)) is there


def test_nothing_is_piped_in_from_dev_null() -> None:
    with open(os.devnull, encoding="utf-8") as stream:
        assert piped_input(stream) is None
