"""Standard input as a value: the piped lines, read when a plan asks for them and not before."""

from __future__ import annotations

import os
import select
import stat
from collections.abc import Iterator
from typing import TextIO

from llmsh.types import LINE, Row, Rows, Text

PATIENCE = 300
"""Milliseconds."""


class PipedLines:
    """The lines of a stream as rows; read once, at the first time they are wanted, and kept."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._rows: list[Row] | None = None

    def __iter__(self) -> Iterator[Row]:
        if self._rows is None:
            text = self._stream.buffer.read().decode("utf-8", "surrogateescape")
            self._rows = [(line,) for line in text.splitlines()]
        return iter(self._rows)

    @property
    def brought(self) -> bool:
        """Whether something has come, or comes within PATIENCE.

        A pipe that stays open and silent is one that a program was started with by chance: a model that is told of it
        would read it, and wait for ever.
        """
        if self._rows is None and not stat.S_ISREG(os.fstat(self._stream.fileno()).st_mode):
            return bool(_events(self._stream.fileno(), PATIENCE) & select.POLLIN)
        return True


def has_come(rows: Rows | None) -> bool:
    """Whether rows that may be piped input are there to be read."""
    return rows is not None and (not isinstance(rows.rows, PipedLines) or rows.rows.brought)


def piped_input(stream: TextIO) -> Text | None:
    """The piped input, or None where there is none: a terminal, /dev/null, a closed or an empty pipe."""
    try:
        descriptor = stream.fileno()
        status = os.fstat(descriptor)
    except (OSError, ValueError, AttributeError):
        return None
    if stat.S_ISREG(status.st_mode):
        there = status.st_size > 0
    elif stat.S_ISFIFO(status.st_mode) or stat.S_ISSOCK(status.st_mode):
        there = _holds_something(descriptor)
    else:
        there = False
    return Text(LINE, PipedLines(stream)) if there else None


def _holds_something(descriptor: int) -> bool:
    """Whether there is data, or a writer that may still bring some. A closed pipe without data holds nothing."""
    events = _events(descriptor, 0)
    return bool(events & select.POLLIN) or not events & select.POLLHUP


def _events(descriptor: int, patience: int) -> int:
    """What poll says of a descriptor within so many milliseconds."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return dict(poll.poll(patience)).get(descriptor, 0)
