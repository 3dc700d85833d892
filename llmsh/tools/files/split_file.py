"""One file in pieces."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Path, Size, tool
from llmsh.tools.atomic import replacing
from llmsh.tools.changing import changes, missing
from llmsh.types import Changes, Effects, Limits, Row
from llmsh.units import parse_size

CHUNK = 1 << 20
MOST = 9999


def _effects(
    path: str, *, lines: int | None = None, size: str | None = None, parts: int | None = None,
    prefix: str | None = None, **_: object,
) -> Effects:  # fmt: skip
    path = os.path.expanduser(path)
    prefix = _prefix(path, prefix)
    if lines is None and os.path.isfile(path):
        try:
            count = -(-os.path.getsize(path) // _piece(path, size, parts))
            return Effects(reads=(path,), writes=tuple(_name(prefix, number, count) for number in range(1, count + 1)))
        except ToolFailed:  # the call itself will say it
            pass
    # how many pieces that gives is known when the lines are counted; they all come to stand in one folder
    return Effects(reads=(path,), writes=(os.path.dirname(prefix) or ".",))


@tool(
    effects=_effects,
    limits=Limits(file=1 << 42),
    also=("split", "cut into pieces", "chunks", "拆分", "切分文件"),
    examples=(
        Example("split logs/app.log into files of 50 lines", 'split_file("logs/app.log", lines=50)',
                finds=("logs/app.log.001", "logs/app.log.002")),
        Example("cut big.bin into 1 MB pieces", 'split_file("big.bin", size="1M")',
                finds=("big.bin.001", "big.bin.002")),
        Example("please divide big.bin in 3 equal parts", 'split_file("big.bin", parts=3)',
                finds=("big.bin.001", "big.bin.002", "big.bin.003")),
        Example("split names.txt every 4 lines, pieces named part-",
                'split_file("names.txt", lines=4, prefix="part-")', finds=("part-001", "part-002")),
        Example("把 big.bin 分成两份", 'split_file("big.bin", parts=2)',
                finds=("big.bin.001", "big.bin.002"), language="zh"),
    ),
)  # fmt: skip
def split_file(
    path: Path, *, lines: int | None = None, size: Size | None = None, parts: int | None = None,
    prefix: str | None = None,
) -> Changes:  # fmt: skip
    """Split a file into pieces name.001, name.002 and so on; the file itself stays.

    Args:
        path: the file.
        lines: lines in each piece.
        size: bytes in each piece.
        parts: how many pieces of equal size.
        prefix: what the names of the pieces begin with.
    """
    path = os.path.expanduser(path)
    if sum(how is not None for how in (lines, size, parts)) != 1:
        raise ToolFailed("split_file needs one of lines, size and parts", 'as in size="10M"')
    if not os.path.isfile(path):
        raise missing(path) if not os.path.lexists(path) else ToolFailed(f"{path} is no file to split")
    if lines is not None and lines < 1:
        raise ToolFailed(f"a piece of {lines} lines is none")
    piece = _piece(path, size, parts) if lines is None else lines
    return changes([path], lambda name: _split(name, _prefix(path, prefix), piece, by_lines=lines is not None), "split")


def _prefix(path: str, prefix: str | None) -> str:
    return path + "." if prefix is None else os.path.expanduser(prefix)


def _piece(path: str, size: str | None, parts: int | None) -> int:
    """Bytes in each piece."""
    whole = os.path.getsize(path)
    piece = parse_size(size) if size is not None else -(-whole // parts) if parts is not None and parts > 0 else 0
    if piece < 1 and whole:
        raise ToolFailed(f"{path} cannot be split like that", "give a size or a number of parts above 0")
    piece = max(piece, 1)
    if -(-whole // piece) > MOST:
        raise ToolFailed(f"that would be {-(-whole // piece)} pieces, at most {MOST} are made", "make them larger")
    return piece


def _name(prefix: str, number: int, count: int) -> str:
    return f"{prefix}{number:0{max(3, len(str(count)))}d}"


def _split(path: str, prefix: str, piece: int, *, by_lines: bool) -> Iterator[Row]:
    count = _count_lines(path, piece) if by_lines else -(-os.path.getsize(path) // piece)
    if count > MOST:
        raise ToolFailed(f"that would be {count} pieces, at most {MOST} are made", "make them larger")
    names = [_name(prefix, number, count) for number in range(1, count + 1)]
    for name in names:
        if os.path.lexists(name):
            raise ToolFailed(f"{name} exists already", "choose another prefix")
    with open(path, "rb") as source:
        for name in names:
            with replacing(name) as target:
                for data in _take(source, piece, by_lines=by_lines):
                    target.write(data)
            yield (name, "written", None)


def _take(source: BinaryIO, piece: int, *, by_lines: bool) -> Iterator[bytes]:
    if by_lines:
        yield from islice(source, piece)
        return
    while piece > 0 and (data := source.read(min(piece, CHUNK))):
        piece -= len(data)
        yield data


def _count_lines(path: str, piece: int) -> int:
    lines, data = 0, b"\n"
    with open(path, "rb") as source:
        while chunk := source.read(CHUNK):
            lines += chunk.count(b"\n")
            data = chunk
    return -(-(lines + (not data.endswith(b"\n"))) // piece)
