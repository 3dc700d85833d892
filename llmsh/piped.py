"""Standard input as a value: the piped lines, read when a plan asks for them and not before."""

from __future__ import annotations

import os
import select
import stat
from collections.abc import Iterator
from typing import TextIO

from llmsh.types import LINE, Row, Text


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
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    events = dict(poll.poll(0)).get(descriptor, 0)
    return bool(events & select.POLLIN) or not events & select.POLLHUP
