"""Counting what is in files, a block at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Literal

from llmsh.tools.content import is_content
from llmsh.tools.opening import blocks, open_bytes, why
from llmsh.tools.walk import Entry, Reach, asked, files_below
from llmsh.types import Files

What = Literal["lines", "words", "characters", "bytes"]
CONTINUATION = bytes(range(0x80, 0xC0))  # the bytes of a UTF-8 character after its first


def countable(paths: tuple[str, ...], given: Files | None, notes: list[str]) -> list[str]:
    """The files to count in: those named or piped in, and the text files below folders that were named."""
    found = asked(paths, given, notes)
    if given is not None:  # folders found along with their files would count twice
        return [path for path in found if not os.path.isdir(path)] or found
    return list(files_below(found, notes, Reach(hidden=False), [_text_files]))


def _text_files(entries: list[Entry]) -> list[Entry]:
    return [entry for entry in entries if is_content(entry.path, "text")]


def count_in(path: str, what: What) -> int:
    """How many lines, words, characters or bytes a file holds. Raises ToolFailed where it cannot be read."""
    with open_bytes(path) as file:
        try:
            return COUNTS[what](blocks(file))
        except OSError as error:
            raise why(path, error) from None


def _lines(found: Iterable[bytes]) -> int:
    """Lines, also a last one that does not end."""
    lines, last = 0, b"\n"
    for block in found:
        lines += block.count(b"\n")
        last = block[-1:]
    return lines + (last != b"\n")


def _words(found: Iterable[bytes]) -> int:
    """Words between white space; one that goes over the end of a block is one."""
    words, inside = 0, False
    for block in found:
        words += len(block.split()) - (inside and not block[:1].isspace())
        inside = not block[-1:].isspace()
    return words


def _characters(found: Iterable[bytes]) -> int:
    return sum(len(block.translate(None, CONTINUATION)) for block in found)


def _bytes(found: Iterable[bytes]) -> int:
    return sum(len(block) for block in found)


COUNTS: dict[str, Callable[[Iterable[bytes]], int]] = {
    "lines": _lines,
    "words": _words,
    "characters": _characters,
    "bytes": _bytes,
}
