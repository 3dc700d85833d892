"""Rows on their way through a socket: sent in pieces as they are found, put together and held to limits on arrival."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from llmsh.errors import ToolFailed, WorkerFailed
from llmsh.sandbox.protocol import (
    Frame,
    by_column,
    head,
    malformed,
    pack,
    read_error,
    read_head,
    read_notes,
    read_rows,
)
from llmsh.types import Limits, Row, Rows
from llmsh.units import show_size

MOST_ROWS = 1000
PIECE = 256 << 10
EVERY = 0.1
STRIDE = 32

Send = Callable[[bytes], None]


class Sender:
    """Sends rows as they stream: at most MOST_ROWS or about PIECE bytes at once, and slow ones every EVERY seconds."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._batch: list[Row] = []
        self._stride = 1
        self._most = 1  # the first row goes at once, however long the next one takes
        self._width = 0

    def rows(self, value: Rows) -> None:
        """Send the head and every row. Where the rows end in an error, those before it are sent first."""
        self._width = len(value.columns)
        self._send(pack(Frame.HEAD, head(value)))
        rows = iter(value.rows)
        try:
            while self._pull(rows):
                self._flush()
        finally:
            self._flush()

    def _pull(self, rows: Iterator[Row]) -> bool:
        """Take rows until there are enough to send, or it is time; False at their end.

        The clock is asked after each stride, not after each row: for fast rows it would cost more than they do.
        """
        due = time.monotonic() + EVERY
        while len(self._batch) < self._most:
            before = len(self._batch)
            # Where the rows end in an error, extend has kept those before it.
            self._batch.extend(islice(rows, min(self._stride, self._most - before)))
            if len(self._batch) == before:
                return False
            now = time.monotonic()
            if now >= due:
                self._stride = 1
                return True
            self._stride = STRIDE if due - now > EVERY * 0.9 else 1
        return True

    def _flush(self) -> None:
        batch, self._batch = self._batch, []
        if batch:
            size = self._pieces(batch)
            self._most = max(1, min(MOST_ROWS, 2 * self._most, PIECE * len(batch) // size))

    def _pieces(self, batch: list[Row]) -> int:
        """Send a batch, in halves where it is too large for one frame; the bytes it took."""
        columns = by_column(batch, self._width)
        try:
            data = pack(Frame.ROWS, columns)
        except ToolFailed:
            if len(batch) == 1:
                raise
            half = len(batch) // 2
            return self._pieces(batch[:half]) + self._pieces(batch[half:])
        self._send(data)
        return len(data)


class Assembly:
    """Rows put together from frames, in the one order they may come in. `who` is named in errors."""

    def __init__(self, who: str, most: int) -> None:
        self._who, self._most = who, most
        self._head: Rows | None = None
        self._rows: list[Row] = []

    @property
    def count(self) -> int:
        """How many rows have come."""
        return len(self._rows)

    def take(self, kind: Frame, value: Any) -> Rows | None:
        """Add one frame; the whole once it is complete. Raises what an ERROR frame says, or WorkerFailed."""
        if kind is Frame.ERROR:
            raise self._failure(value)
        if self._head is None:
            if kind is Frame.HEAD:
                self._head = read_head(value)
                return None
        elif kind is Frame.ROWS:
            self._add(read_rows(value, len(self._head.columns)))
            return None
        elif kind is Frame.END:
            return self._whole(self._head, value)
        raise malformed(f"{kind.name} out of order")

    def _add(self, rows: list[Row]) -> None:
        self._rows += rows
        if len(self._rows) > self._most:
            raise too_much(self._who, f"{self._most:,} rows")

    def _whole(self, head: Rows, notes: Any) -> Rows:
        return type(head)(head.columns, self._rows, read_notes(notes), head.title)

    def _failure(self, value: Any) -> ToolFailed | WorkerFailed:
        """The error, with the rows that came before it."""
        error = read_error(value)
        if isinstance(error, ToolFailed) and self._head is not None and self._rows:
            error.rows = self._whole(self._head, value.get("notes"))
        return error


def too_much(who: str, limit: str) -> WorkerFailed:
    """The error for a call that floods."""
    return WorkerFailed(
        f"{who} gave more than {limit} and was stopped", "ask for less: a narrower search, or | first(1000)"
    )


def too_long(who: str, limits: Limits) -> WorkerFailed:
    """The error for a call that does not come to an end."""
    return WorkerFailed(
        f"{who} took longer than {limits.seconds:g} s and was stopped", "ask for less, or for a part of it"
    )


def too_large(who: str, limits: Limits) -> WorkerFailed:
    """The error for a call whose processes take too much memory together."""
    return WorkerFailed(
        f"{who} used more than {show_size(limits.memory)} of memory and was stopped",
        "ask for less, or for a part of it",
    )
