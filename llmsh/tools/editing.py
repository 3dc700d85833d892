"""Changing the text of files and showing what changed, for the tools that edit."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import groupby

from llmsh.errors import ToolFailed
from llmsh.tools.atomic import encoded, regular, write_bytes
from llmsh.tools.changing import cannot, note, through
from llmsh.types import LINE, Diff, Row

LARGEST = 256 << 20
CONTEXT = 3
COMPARED = 4000
"""Longest part, in lines, that is compared line by line with every other; it costs the square of that."""
WINDOW = 30
"""How many lines ahead a longer part is searched for where it goes on alike."""

Opcode = tuple[str, int, int, int, int]


def rewrite(paths: list[str], change: Callable[[str], str], notes: list[str]) -> Diff:
    """Put every file's text through `change` and write those that differ, each whole or not at all.

    `change` sees line ends as a plain newline where the file has one kind; they are written as they were. A file that
    cannot be changed is noted and the others go on; where all fail the first failure is raised.
    """
    rows: list[Row] = []
    first: ToolFailed | None = None
    worked = False
    for path in paths:
        try:
            rows.extend((line,) for line in _rewrite(path, change))
            worked = True
            continue
        except OSError as error:
            failure = cannot("edit", path, error)
        except ToolFailed as error:
            failure = error
        first = first or failure
        note(notes, failure.message)
    if first is not None and not worked:
        raise first
    return Diff(LINE, rows, notes, paths[0] if len(paths) == 1 else f"{len(paths)} files")


def _rewrite(path: str, change: Callable[[str], str]) -> list[str]:
    text, ends = load(path)
    new = change(text)
    if new == text:
        return []
    write_bytes(path, encoded(new.replace("\n", ends)))
    return list(unified(path, text, new))


def load(path: str) -> tuple[str, str]:
    """The text of a file and its line end; bytes that are no UTF-8 stay as they are. Raises OSError and ToolFailed."""
    status = regular(through(path), path)
    if status is None:
        raise ToolFailed(f"there is no {path}", "check the name with list_files()")
    if status.st_size > LARGEST:
        raise ToolFailed(f"{path} is larger than {LARGEST >> 20} MB", "edit it with a command such as !sed")
    with open(path, "rb") as file:
        data = file.read()
    if b"\0" in data:
        raise ToolFailed(f"{path} is no text file")
    text = data.decode("utf-8", "surrogateescape")
    ends = text.count("\r\n")
    if ends and ends == text.count("\n") and ends == text.count("\r"):
        return text.replace("\r\n", "\n"), "\r\n"
    return text, "\n"


def lines_of(text: str) -> list[str]:
    """Lines with their ends, split at newlines alone."""
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def span(lines: str, count: int) -> range:
    """The indices that a range such as 5, 10-20, 10- or -5 (the last five) means among `count` lines."""
    if lines.startswith("-"):
        return range(max(count - int(lines.strip("-")), 0), count)
    first, dash, last = lines.partition("-")
    end = int(last) if last else (count if dash else int(first))
    start = int(first)
    if start < 1 or (last and end < start):
        raise ToolFailed(f"{lines} is no range of lines", "the first line is 1, as in 3 or 10-20")
    return range(start - 1, min(end, count))


def unified(path: str, old: str, new: str) -> Iterator[str]:
    """A unified diff of one file, without line ends."""
    before, after = lines_of(old), lines_of(new)
    name = os.path.normpath(path)
    yield f"--- {name}"
    yield f"+++ {name}"
    for hunk in _hunks(list(_opcodes(before, after))):
        yield f"@@ -{_place(hunk[0][1], hunk[-1][2])} +{_place(hunk[0][3], hunk[-1][4])} @@"
        for tag, i1, i2, j1, j2 in hunk:
            if tag == "equal":
                yield from _marked(" ", before[i1:i2])
                continue
            yield from _marked("-", before[i1:i2])
            yield from _marked("+", after[j1:j2])


def _marked(mark: str, lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield mark + line.removesuffix("\n")
        if not line.endswith("\n"):
            yield "\\ No newline at end of file"


def _place(start: int, end: int) -> str:
    length = end - start
    return str(start + 1) if length == 1 else f"{start + 1 if length else start},{length}"


def _opcodes(before: list[str], after: list[str]) -> Iterator[Opcode]:
    """What is equal and what replaced. Beginning and end that are alike are cut off first: most edits are small."""
    head = 0
    shorter = min(len(before), len(after))
    while head < shorter and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < shorter - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    i2, j2 = len(before) - tail, len(after) - tail
    if head:
        yield ("equal", 0, head, 0, head)
    yield from _middle(before, after, head, i2, j2)
    if tail:
        yield ("equal", i2, len(before), j2, len(after))


def _middle(before: list[str], after: list[str], head: int, i2: int, j2: int) -> Iterator[Opcode]:
    if i2 - head == j2 - head:  # as many lines as before: each against its own
        for equal, group in groupby(range(head, i2), lambda index: before[index] == after[index]):
            found = list(group)
            yield ("equal" if equal else "replace", found[0], found[-1] + 1, found[0], found[-1] + 1)
    elif max(i2, j2) - head <= COMPARED:
        from difflib import SequenceMatcher

        for tag, a1, a2, b1, b2 in SequenceMatcher(None, before[head:i2], after[head:j2], autojunk=False).get_opcodes():
            yield ("equal" if tag == "equal" else "replace", head + a1, head + a2, head + b1, head + b2)
    else:
        yield from _stepwise(before, after, head, i2, j2)


def _stepwise(before: list[str], after: list[str], head: int, i2: int, j2: int) -> Iterator[Opcode]:
    """What is equal and what replaced, found in one pass: after each difference the nearest lines that are alike."""
    i = j = head
    while i < i2 or j < j2:
        start = i
        while i < i2 and j < j2 and before[i] == after[j]:
            i, j = i + 1, j + 1
        if i > start:
            yield ("equal", start, i, j - (i - start), j)
        if i < i2 or j < j2:
            a, b = _next_alike(before[i : min(i + WINDOW, i2)], after[j : min(j + WINDOW, j2)])
            yield ("replace", i, i + a, j, j + b)
            i, j = i + a, j + b


def _next_alike(before: list[str], after: list[str]) -> tuple[int, int]:
    """How far on, on each side, the first line is that both have; all of it where they have none."""
    for distance in range(1, len(before) + len(after) - 1):
        for a in range(max(0, distance - len(after) + 1), min(distance + 1, len(before))):
            if before[a] == after[distance - a]:
                return a, distance - a
    return len(before), len(after)


def _hunks(opcodes: list[Opcode]) -> Iterator[list[Opcode]]:
    """Opcodes grouped with a few equal lines around each change."""
    hunk: list[Opcode] = []
    for index, (tag, i1, i2, j1, j2) in enumerate(opcodes):
        if tag != "equal":
            hunk.append((tag, i1, i2, j1, j2))
            continue
        is_last = index == len(opcodes) - 1
        if hunk and (is_last or i2 - i1 > 2 * CONTEXT):
            end = min(i1 + CONTEXT, i2)
            hunk.append((tag, i1, end, j1, j1 + end - i1))
            yield hunk
            hunk = []
        if not is_last and not hunk:
            start = max(i2 - CONTEXT, i1)
            hunk = [(tag, start, i2, j2 - (i2 - start), j2)]
        elif hunk:
            hunk.append((tag, i1, i2, j1, j2))
    if any(opcode[0] != "equal" for opcode in hunk):
        yield hunk
