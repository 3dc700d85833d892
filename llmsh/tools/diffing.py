"""A unified diff of two lists of lines, fast where they are nearly the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Change = tuple[str, int, int, int, int]
Fold = Callable[[str], str]


def folding(*, ignore_space: bool, ignore_case: bool) -> Fold | None:
    """What two lines are compared by, or None where it is the lines as they are."""
    if not ignore_space and not ignore_case:
        return None

    def fold(line: str) -> str:
        line = re.sub(r"\s+", "", line) if ignore_space else line
        return line.casefold() if ignore_case else line

    return fold


def unified_diff(
    before: list[str], after: list[str], names: tuple[str, str], context: int = 3, fold: Fold | None = None
) -> Iterator[str]:
    """The lines of a unified diff, without line ends; none where both are the same.

    The lines that are given have theirs, but perhaps for the last one.
    """
    left, right = (before, after) if fold is None else (list(map(fold, before)), list(map(fold, after)))
    changes = _changes(left, right)
    if not any(tag != "equal" for tag, *_ in changes):
        return
    yield f"--- {names[0]}"
    yield f"+++ {names[1]}"
    for hunk in _hunks(changes, context):
        yield f"@@ -{_span(hunk[0][1], hunk[-1][2])} +{_span(hunk[0][3], hunk[-1][4])} @@"
        for tag, i1, i2, j1, j2 in hunk:
            if tag == "equal":
                yield from _marked(" ", before[i1:i2])
            else:
                yield from _marked("-", before[i1:i2])
                yield from _marked("+", after[j1:j2])


def _changes(left: list[str], right: list[str]) -> list[Change]:
    """What is equal and what is not. The common start and end are cut off first: difflib takes quadratic time."""
    from difflib import SequenceMatcher

    start = _common(left, right)
    end = _common(left[start:][::-1], right[start:][::-1])
    middle = SequenceMatcher(None, left[start : len(left) - end], right[start : len(right) - end])
    changes: list[Change] = [("equal", 0, start, 0, start)] if start else []
    for tag, i1, i2, j1, j2 in middle.get_opcodes():
        changes.append((tag, i1 + start, i2 + start, j1 + start, j2 + start))
    if end:
        changes.append(("equal", len(left) - end, len(left), len(right) - end, len(right)))
    return changes


def _common(left: list[str], right: list[str]) -> int:
    """How many lines both begin with."""
    for index, (line, other) in enumerate(zip(left, right, strict=False)):
        if line != other:
            return index
    return min(len(left), len(right))


def _hunks(changes: list[Change], context: int) -> Iterator[list[Change]]:
    """Changes that stand close together, each with `context` lines around it."""
    hunk: list[Change] = []
    for index, (tag, i1, i2, j1, j2) in enumerate(changes):
        if tag != "equal":
            hunk.append((tag, i1, i2, j1, j2))
            continue
        first, final = index == 0, index == len(changes) - 1
        if not first:
            hunk.append((tag, i1, min(i2, i1 + context), j1, min(j2, j1 + context)))
        if final:
            break
        if not first and i2 - i1 <= 2 * context:
            hunk[-1] = (tag, i1, i2, j1, j2)
            continue
        if hunk:
            yield hunk
        hunk = [(tag, max(i1, i2 - context), i2, max(j1, j2 - context), j2)]
    if hunk:
        yield hunk


def _span(start: int, end: int) -> str:
    """A range of lines as diff writes it: counted from 1, an empty one by the line before it."""
    length = end - start
    if length == 1:
        return str(start + 1)
    return f"{start + 1 if length else start},{length}"


def _marked(mark: str, lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield mark + line.removesuffix("\n")
        if not line.endswith("\n"):
            yield "\\ No newline at end of file"
