"""Frames between llmsh and its workers: a kind, a length and JSON; never pickle, because a worker may be hostile.

A request is REQUEST, then, where something comes through the pipe, HEAD ROWS... END. An answer is HEAD ROWS... END, or
ERROR at any point instead of END. Before the end a worker may ask for a connection with CONNECT and an address: the
answer is CONNECTED, which carries the open socket, or ERROR. RENICE is a process and its new priority, answered by
RENICED with the number of the error or 0. Rows travel by column: that is the fastest way through
JSON and back into tuples.
"""

from __future__ import annotations

import json
import struct
import sys
from collections.abc import Iterator, Sequence
from enum import IntEnum
from types import NoneType
from typing import Any

from llmsh.errors import ToolFailed, WorkerFailed
from llmsh.types import ROW_TYPES, Column, Row, Rows, Scalar, Unit


class Frame(IntEnum):
    """What a frame holds."""

    REQUEST = 1
    HEAD = 2
    ROWS = 3
    END = 4
    ERROR = 5
    CONNECT = 6
    CONNECTED = 7
    RENICE = 8
    RENICED = 9


HEADER = struct.Struct("!BI")
MAX_FRAME = 32 << 20
BAR = "|"
SAMPLE = 64
SCALARS = frozenset({str, int, float, bool, NoneType})
TYPES = {kind.__name__: kind for kind in ROW_TYPES}
UNITS = {unit.value: unit for unit in Unit}
FRAMES = {kind.value: kind for kind in Frame}
DISTRUST = "what it gave is thrown away; if this happens again, the tool (or a plugin) is broken"


def pack(kind: Frame, value: object) -> bytes:
    """One frame. Names that are no UTF-8 survive, because JSON in ASCII keeps lone surrogates."""
    body = json.dumps(value, separators=(",", ":")).encode("ascii")
    if len(body) > MAX_FRAME:
        raise ToolFailed(
            f"a single row holds {len(body):,} bytes, at most {MAX_FRAME:,} can be carried",
            "take a part of it: a range of lines, fewer columns",
        )
    return HEADER.pack(kind, len(body)) + body


class Decoder:
    """Frames out of a stream of bytes. It refuses what is no frame before it reads its content."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[Frame, Any]]:
        """The frames that are complete with this piece. Raises WorkerFailed."""
        self._buffer += data
        while len(self._buffer) >= HEADER.size:
            number, length = HEADER.unpack_from(self._buffer)
            if number not in FRAMES or length > MAX_FRAME:
                raise malformed(f"a header that is none (kind {number}, {length:,} bytes)")
            end = HEADER.size + length
            if len(self._buffer) < end:
                return
            body = bytes(self._buffer[HEADER.size : end])
            del self._buffer[:end]
            yield FRAMES[number], _parse(body)


def _parse(body: bytes) -> Any:
    try:
        return json.loads(body.decode("ascii"))
    except (ValueError, RecursionError) as error:
        raise malformed(f"no JSON ({error})") from None


def malformed(what: str) -> WorkerFailed:
    """The error for bytes that no worker of ours would send."""
    return WorkerFailed(f"the worker sent {what} instead of rows", DISTRUST)


def head(rows: Rows) -> dict[str, object]:
    """What rows are, without the rows. A plugin's own subclass travels as the type it was derived from."""
    kind = next(base for base in type(rows).__mro__ if base in ROW_TYPES)
    columns = [(column.name, column.unit) for column in rows.columns]
    return {"type": kind.__name__, "columns": columns, "title": rows.title}


def read_head(value: Any) -> Rows:
    """Rows as a HEAD describes them, still empty. Raises WorkerFailed."""
    match value:
        case {"type": str(name), "columns": [*pairs], "title": str(title)} if name in TYPES:
            return TYPES[name](tuple(_read_column(pair) for pair in pairs), [], title=title)
    raise malformed("a head that is none")


def _read_column(value: Any) -> Column:
    match value:
        case [str(name), str(unit)] if unit in UNITS:
            return Column(name, UNITS[unit])
    raise malformed("a column that is none")


def by_column(rows: list[Row], width: int) -> list[str | tuple[Scalar, ...]]:
    """The same values, column by column. Raises ToolFailed where a row has another width."""
    try:
        columns = list(zip(*rows, strict=True))
    except ValueError:
        columns = []
    if len(columns) != width:
        wrong = next((len(row) for row in rows if len(row) != width), width)
        raise ToolFailed(f"a row with {wrong} values where there are {width} columns", "this is a fault of the tool")
    return [_joined(column) for column in columns]


def _joined(column: tuple[Any, ...]) -> str | tuple[Scalar, ...]:
    """Several texts as one with BAR between them, where none has a BAR: JSON is then as fast as copying."""
    try:
        text = BAR.join(column)
    except TypeError:  # not all of them are text
        return column
    return text if text.count(BAR) == len(column) - 1 > 0 else column


def read_rows(value: Any, width: int) -> list[Row]:
    """The rows of a ROWS frame. Raises WorkerFailed where they are not `width` scalars each."""
    if type(value) is not list or len(value) != width:
        raise malformed(f"rows that have not {width} columns")
    try:
        return list(zip(*map(_read_values, value), strict=True))
    except ValueError:
        raise malformed("columns of different lengths") from None


def _read_values(column: Any) -> Sequence[Scalar]:
    """The values of one column. Raises WorkerFailed."""
    if type(column) is str:
        return _shared(column.split(BAR))
    if type(column) is not list:
        raise malformed("a column that is none")
    kinds = set(map(type, column))
    if not kinds <= SCALARS:
        raise malformed("values that are neither text nor numbers")
    return _shared(column) if kinds == {str} else column


def _shared(texts: list[str]) -> list[str]:
    """The same texts, one object each where few of them are distinct (a kind, an owner): a million rows stay small."""
    if len(set(texts[:SAMPLE])) * 4 > SAMPLE:
        return texts
    distinct = set(texts)
    if len(distinct) * 4 > len(texts):
        return texts
    known = {text: sys.intern(text) for text in distinct}
    return [known[text] for text in texts]


def read_notes(value: Any) -> list[str]:
    """The notes of an END. Raises WorkerFailed."""
    if type(value) is not list or not all(type(note) is str for note in value):
        raise malformed("notes that are none")
    return value


def error_value(error: ToolFailed | WorkerFailed, notes: list[str]) -> dict[str, object]:
    """The value of an ERROR frame."""
    failed = {"tool": isinstance(error, ToolFailed), "message": error.message, "hint": error.hint}
    return {**failed, "exit_status": error.exit_status, "notes": notes}


def read_error(value: Any) -> ToolFailed | WorkerFailed:
    """The error that an ERROR frame holds; WorkerFailed as well where the frame is none."""
    match value:
        case {"tool": bool(by_tool), "message": str(message), "hint": str(hint), "exit_status": int(status)}:
            return ToolFailed(message, hint, status) if by_tool else WorkerFailed(message, hint)
    return malformed("an error that is none")
