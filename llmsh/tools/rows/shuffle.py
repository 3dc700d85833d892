"""Rows in a random order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from llmsh.tool import Example, R, tool
from llmsh.types import Row, Rows


@tool(
    also=("random", "shuf", "mix", "sample", "pick any", "随机", "打乱", "抽取"),
    examples=(
        Example("shuffle the lines of names.txt", 'read("names.txt") | shuffle()',
                finds=("alice", "alice", "alice", "bob", "bob", "carol", "dave")),
        Example("pick a random line from notes.txt", 'read("notes.txt") | shuffle() | first()'),
        Example("give me 3 random files from here", "find_files() | shuffle() | first(3)"),
        Example("把 todo.txt 的行随机打乱", 'read("todo.txt") | shuffle()', finds=("one", "two", "three"),
                language="zh"),
    ),
)  # fmt: skip
def shuffle(given: R, /, *, seed: int | None = None) -> R:
    """Put the rows in a random order; first(n) after it takes a sample.

    Args:
        seed: the same number gives the same order again.
    """
    return replace(given, rows=_shuffled(given, seed))


def _shuffled(given: Rows, seed: int | None) -> Iterator[Row]:
    from random import Random

    rows = list(given.rows)
    Random(seed).shuffle(rows)  # noqa: S311  an order to look at, no secret
    yield from rows
