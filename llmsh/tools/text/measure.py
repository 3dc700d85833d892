"""How much text there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from llmsh.plain import plain_lines
from llmsh.tool import Example, tool
from llmsh.types import Column, Number, Row, Rows, Unit

COUNTS: dict[str, Callable[[str], int]] = {
    "lines": lambda _: 1,
    "words": lambda line: len(line.split()),
    "characters": lambda line: len(line) + 1,
    "bytes": lambda line: len(line.encode("utf-8", "surrogateescape")) + 1,
}


@tool(
    also=("wc", "count words", "how many words", "how many characters", "length", "字数", "单词数", "字符数"),
    examples=(
        Example("how many words are in the first two lines of notes.txt?",
                'read("notes.txt") | first(2) | measure("words")', finds=(5,)),
        Example("words in the TODO lines of notes.txt", 'read("notes.txt") | keep("TODO") | measure("words")',
                finds=(7,)),
        Example("count the characters of that", 'last | measure("characters")'),
        Example("how many bytes of text is todo.txt in upper case", 'read("todo.txt") | upper() | measure("bytes")',
                finds=(14,)),
        Example("notes.txt 去掉 TODO 行后有多少个单词", 'read("notes.txt") | drop("TODO") | measure("words")',
                finds=(7,), language="zh"),
    ),
)  # fmt: skip
def measure(given: Rows, /, what: Literal["lines", "words", "characters", "bytes"] = "lines") -> Number:
    """How many lines, words, characters or bytes of text flow in.

    Args:
        what: what to count; each line end is one character and one byte, as for wc.
    """
    unit = Unit.BYTES if what == "bytes" else Unit.NONE
    return Number((Column("value", unit),), _measured(given, COUNTS[what]), given.notes)


def _measured(given: Rows, size: Callable[[str], int]) -> Iterator[Row]:
    yield (sum(map(size, plain_lines(given))),)
