"""Rows as lines of text, line by line: what every text tool begins and ends with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from llmsh.plain import plain_lines
from llmsh.types import LINE, Files, Matches, Number, Row, Rows, Text


def text_of(lines: Iterable[str], given: Rows) -> Text:
    """Lines as text, with the notes and the title of what they were made from."""
    return Text(LINE, ((line,) for line in lines), given.notes, given.title)


def each_line(given: Rows, change: Callable[[str], str]) -> Text:
    """The plain lines of any rows, each of them changed."""
    return text_of(map(change, plain_lines(given)), given)


def line_reader(given: Rows) -> Callable[[Row], str]:
    """How to read one row as the plain line it would be."""
    if isinstance(given, Text | Files | Number):
        return lambda row: str(row[0])
    if isinstance(given, Matches):
        return lambda row: next(iter(plain_lines(replace(given, rows=[row]))))

    def last_line(row: Row) -> str:  # a table's line comes after its header
        return list(plain_lines(replace(given, rows=[row])))[-1]

    return last_line
