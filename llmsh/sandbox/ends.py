"""The head and the tail of what a program said too much of; the middle is counted."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from llmsh.errors import ToolFailed
from llmsh.types import Limits, Row
from llmsh.units import show_size

PATIENCE = 5
"""So many times what is kept is read before the program is stopped."""
ESCAPED = 16
"""A byte that is no text takes six on its way, and there are two ends."""


def ends(rows: Iterable[Row], notes: list[str], limits: Limits) -> Iterator[Row]:
    """The first lines and the last, each at most half of what may be carried; a note counts those between.

    The first ones go out as they come. Raises ToolFailed, after the last ones, where it does not come to an end.
    """
    most, room = max(1, limits.rows // 2), limits.output // ESCAPED
    source = iter(rows)
    read, size = 0, 0
    for row in source:
        yield row
        read, size = read + 1, size + _length(row)
        if read >= most or size >= room:
            break
    tail: deque[Row] = deque()
    stopped = False
    held = left_out = left_size = 0
    for row in source:
        tail.append(row)
        read, held = read + 1, held + _length(row)
        while len(tail) > most or held > room:
            length = _length(tail.popleft())
            held, left_out, left_size = held - length, left_out + 1, left_size + length
        if read > PATIENCE * limits.rows or left_size > PATIENCE * limits.output:
            stopped = True
            break
    yield from tail
    if left_out:
        notes.append(f"{left_out:,} lines ({show_size(left_size)}) in the middle are left out")
    if stopped:
        raise ToolFailed(f"it was stopped after {read:,} lines", "ask for less: | first(1000)")


def _length(row: Row) -> int:
    return len(str(row[0])) if row else 0
