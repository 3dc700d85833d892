"""Searching the text of files: which files, which lines. Shared by search, search_files and count_matches."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from llmsh.errors import ToolFailed
from llmsh.tool import HERE
from llmsh.tools.file_filters import Wanted, filters, leave_out
from llmsh.tools.opening import NotText, open_text
from llmsh.tools.paths import reads
from llmsh.tools.walk import Filter, Named, Reach, asked, files_below
from llmsh.types import Effects, Files, Row, Rows

BLOCK = 1 << 20
LONGEST = 10_000
BEFORE_HIT = 1_000
MANY_LINES = re.compile(r"\[\^|\[[^]]*\\|\\[sSWDAZnrvfxuUNt0-9]|\(\?|[\n\t\x00-\x09]")
"""What could match, or look past, the end of a line. A pattern without it may run over many lines at once.

With it, such a run would be wrong, and slow without bound: `[^"]*;` tries the whole block from each position.
"""

Line = tuple[int, str]


@dataclass(frozen=True)
class Query:
    """What is looked for in a text. `in_blocks`: no match of it can go past the end of a line."""

    pattern: re.Pattern[str]
    in_blocks: bool
    invert: bool = False


@dataclass(frozen=True)
class Searched:
    """The files to search, as they are found; `alone` where it is one file that was named."""

    paths: Iterator[str]
    alone: bool


def query(pattern: str, *, ignore_case: bool, whole_word: bool, fixed: bool, invert: bool = False) -> Query:
    """The compiled question. Raises ToolFailed where it is no regular expression."""
    written = re.escape(pattern) if fixed else pattern
    expression = rf"(?<!\w)(?:{written})(?!\w)" if whole_word else written
    flags = re.MULTILINE | (re.IGNORECASE if ignore_case else re.NOFLAG)
    try:
        compiled = re.compile(expression, flags)
    except (re.error, RecursionError, OverflowError) as error:
        raise ToolFailed(
            f"not a regular expression: {pattern[:200]} ({error})", "add fixed=True to look for exactly this text"
        ) from None
    return Query(compiled, not MANY_LINES.search(pattern if fixed else written) and not invert, invert)


def effects(given: Rows | None = None, paths: tuple[str, ...] = (), **_: object) -> Effects:
    """What a search reads: the files from the pipe and those named; this folder only where there is no pipe."""
    return reads("paths")(given, paths=() if isinstance(given, Files) and paths == (HERE,) else paths)


def searched(
    paths: tuple[str, ...],
    given: Files | None,
    notes: list[str],
    *,
    name: tuple[str, ...],
    exclude: tuple[str, ...],
    hidden: bool,
    depth: int | None = None,
) -> Searched:
    """The files to search: those named or piped in, and those below the folders among them.

    Folders in a pipe that holds files too were found along with those files: they are not searched again.
    """
    piped = given is not None
    found = asked(() if piped and paths == (HERE,) else paths, given, notes)
    if piped and not all(os.path.isdir(path) for path in found):
        found = [path for path in found if not os.path.isdir(path)]
    wanted, _ = filters(Wanted(name=name))
    reach = Reach(depth, hidden, leave_out(exclude))
    below = files_below(found, notes, reach, wanted)
    alone = len(found) == 1 and not os.path.isdir(found[0])
    return Searched(_named(below, found, wanted) if name else below, alone)


def _named(paths: Iterator[str], starts: list[str], wanted: list[Filter]) -> Iterator[str]:
    """Those of the files that were named themselves are filtered too."""
    direct = {path for path in starts if not os.path.isdir(path)}
    for path in paths:
        if path not in direct or all(keep([Named(path)]) for keep in wanted):
            yield path


def in_each(files: Searched, notes: list[str], use: Callable[[str], Iterator[Row]]) -> Iterator[Row]:
    """What `use` finds in each file. What holds no text is passed over; a single file that was named must hold some."""
    unread = 0
    for path in files.paths:
        try:
            yield from use(path)
        except ToolFailed as error:
            if files.alone:
                raise
            unread += not isinstance(error, NotText)
    if unread:
        notes.append(f"{unread} file{'s' if unread > 1 else ''} could not be read")


def matching_lines(path: str, wanted: Query) -> Iterator[Line]:
    """The numbers and texts of the lines that match, in order."""
    with open_text(path) as text:
        yield from _by_block(text, wanted.pattern) if wanted.in_blocks else _by_line(text, wanted)


def lines_around(path: str, wanted: Query, before: int, after: int) -> Iterator[Line]:
    """The lines that match with so many before and after each, every line once."""
    earlier: list[Line] = []
    rest = 0
    with open_text(path) as text:
        for number, line in numbered(text):
            if (wanted.pattern.search(line) is None) is wanted.invert:
                yield from earlier
                earlier.clear()
                yield number, line
                rest = after
            elif rest:
                yield number, line
                rest -= 1
            elif before:
                earlier.append((number, line))
                del earlier[:-before]


def occurrences(path: str, wanted: Query) -> Iterator[Line]:
    """Each match alone, with the number of its line; empty ones are none."""
    for number, line in matching_lines(path, wanted):
        yield from ((number, found[0]) for found in wanted.pattern.finditer(line) if found[0])


def numbered(text: io.TextIOWrapper) -> Iterator[Line]:
    """The lines of a text from 1, without their ends."""
    for number, line in enumerate(text, 1):
        yield number, line.removesuffix("\n").removesuffix("\r")


def _by_line(text: io.TextIOWrapper, wanted: Query) -> Iterator[Line]:
    search, invert = wanted.pattern.search, wanted.invert
    for number, line in numbered(text):
        if (search(line) is None) is invert:
            yield number, line


def _by_block(text: io.TextIOWrapper, pattern: re.Pattern[str]) -> Iterator[Line]:
    """Many lines at once: where few lines match, only those are taken apart."""
    number = 1
    while block := text.read(BLOCK):
        block += text.readline()
        if "\r" in block:
            block = block.replace("\r\n", "\n")
        end = len(block) - block.endswith("\n")  # behind the last line end there is no line
        position = counted = 0
        while position <= end and (found := pattern.search(block, position, end)):
            start = block.rfind("\n", 0, found.start()) + 1
            stop = block.find("\n", found.end(), end)
            stop = end if stop < 0 else stop
            number += block.count("\n", counted, start)
            yield number, block[start:stop]
            counted, position = start, stop + 1
        number += block.count("\n", counted)


def clipped(line: str, pattern: re.Pattern[str]) -> str:
    """A line short enough to be shown, with the match in it."""
    if len(line) <= LONGEST:
        return line
    found = pattern.search(line)
    start = max(0, found.start() - BEFORE_HIT) if found else 0
    return ("…" if start else "") + line[start : start + LONGEST] + ("…" if start + LONGEST < len(line) else "")
