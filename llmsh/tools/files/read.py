"""The text of files."""

from __future__ import annotations

import io
import os
import re
from collections import deque
from collections.abc import Iterator
from itertools import islice

from llmsh.errors import ToolFailed
from llmsh.tool import Example, LineRange, Paths, tool
from llmsh.tools.opening import from_each, open_text
from llmsh.tools.paths import reads
from llmsh.tools.walk import asked
from llmsh.types import LINE, Files, Row, Text

BLOCK = 1 << 16


@tool(
    effects=reads("paths"),
    also=("cat", "show", "print", "open", "head", "tail", "content", "查看", "打开", "读取", "内容"),
    examples=(
        Example("show todo.txt", 'read("todo.txt")', finds=("one", "two", "three")),
        Example("what does script.sh say?", 'read("script.sh")', finds=("#!/bin/sh", "echo run")),
        Example("first 2 lines of notes.txt", 'read("notes.txt", first=2)', finds=("buy milk", "TODO call Ann")),
        Example("can you print the end of the error log, last line only", 'read("logs/error.log", last=1)',
                finds=("WARN three",)),
        Example("lines 3 to 5 of names.txt", 'read("names.txt", lines="3-5")', finds=("bob", "alice", "dave")),
        Example("cat a.py with line numbers", 'read("a.py", numbers=True)',
                finds=("     1\timport sys", "     2\t", "     3\tprint('hello')")),
        Example("put todo.txt and numbers.txt one after the other", 'read(["todo.txt", "numbers.txt"])',
                finds=("one", "two", "three", "10", "2", "33", "4")),
        Example("data.csv without its header line", 'read("data.csv", lines="2-")',
                finds=("Ann,31,Oslo", "Bob,25,Rome", "Cid,47,Oslo", "Dee,38,Bern")),
        Example("看一下 app.log 的最后两行", 'read("logs/app.log", last=2)',
                finds=("line 99 INFO ok", "line 100 ERROR disk"), language="zh"),
        Example("todo.txt 的第二行是什么", 'read("todo.txt", lines="2")', finds=("two",), language="zh"),
    ),
)  # fmt: skip
def read(
    given: Files | None = None,
    /,
    paths: Paths = (),
    *,
    first: int | None = None,
    last: int | None = None,
    lines: LineRange | None = None,
    numbers: bool = False,
) -> Text:
    """The text of files, or the first, the last or some of their lines; gz, bz2 and xz are unpacked.

    Args:
        paths: the files to read, one after the other.
        first: only this many lines from the start of each file.
        last: only this many lines from the end of each file.
        lines: only these lines of each file: 5, 10-20, 10- or -20.
        numbers: number the lines.
    """
    if sum(choice is not None for choice in (first, last, lines)) > 1:
        raise ToolFailed("first, last and lines cannot be asked for together", 'use lines="10-20" for a range')
    start, stop = (1, max(first, 0)) if first is not None else _range(lines)
    notes: list[str] = []
    found = asked(paths, given, notes)
    if given is not None:  # folders that were found along with the files
        found = [path for path in found if not os.path.isdir(path)] or found

    def use(path: str) -> Iterator[Row]:
        with open_text(path) as text:
            chosen = _last(text, max(last, 0), numbers) if last is not None else _between(text, start, stop)
            for number, line in chosen:
                shown = line.removesuffix("\n").removesuffix("\r")
                yield (f"{number:>6}\t{shown}" if numbers else shown,)

    return Text(LINE, from_each(found, notes, use), notes, title=found[0] if len(found) == 1 else "")


def _range(lines: str | None) -> tuple[int, int | None]:
    """First and last line of a range; None where it has no end."""
    if lines is None:
        return 1, None
    found = re.fullmatch(r"([0-9]*)(-?)([0-9]*)", lines)
    if found is None or not (found[1] or found[3]):
        raise ToolFailed(f"{lines} is no range of lines", "a range is 5, 10-20, 10- or -20")
    start = int(found[1] or 1)
    stop = int(found[3]) if found[3] else None
    return max(start, 1), stop if found[2] else start


def _between(text: io.TextIOWrapper, start: int, stop: int | None) -> Iterator[tuple[int, str]]:
    return islice(enumerate(text, 1), start - 1, stop if stop is None else max(stop, start - 1))


def _last(text: io.TextIOWrapper, count: int, numbers: bool) -> Iterator[tuple[int, str]]:
    """The last lines; read backwards where the file allows it and nobody asks for their numbers."""
    if numbers or text.encoding == "utf-16" or not isinstance(raw := text.buffer.raw, io.FileIO):  # type: ignore[attr-defined]
        yield from deque(enumerate(text, 1), maxlen=count)
        return
    size = os.fstat(raw.fileno()).st_size
    if size == 0:  # empty, or below /proc, where no file has a size
        yield from deque(enumerate(text, 1), maxlen=count)
        return
    text.seek(_start_of_last(raw.fileno(), size, count))
    yield from ((0, line) for line in text)


def _start_of_last(descriptor: int, size: int, count: int) -> int:
    """Where the last `count` lines begin: found by going back from the end, one block at a time."""
    if count == 0:
        return size
    end, wanted = size, count
    if os.pread(descriptor, 1, size - 1) == b"\n":  # it ends the last line and begins none
        end -= 1
    while end > 0:
        begin = max(0, end - BLOCK)
        block = os.pread(descriptor, end - begin, begin)
        breaks = block.count(b"\n")
        if breaks >= wanted:
            position = len(block)
            for _ in range(wanted):
                position = block.rindex(b"\n", 0, position)
            return begin + position + 1
        wanted -= breaks
        end = begin
    return 0
