"""A tree as it is at one moment, and two of them compared as far as a command and a plan must agree."""

from __future__ import annotations

import os
import re
import stat
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

PACKED = re.compile(r"\.(tar|t?gz|zip|xz|bz2|tbz2?|txz)$")
MUCH = 1 << 16


@dataclass(frozen=True)
class Entry:
    """What one path is. `lines` are those of a small file in order of the alphabet, with single spaces."""

    kind: int
    mode: int | None
    owner: tuple[int, int]
    content: object
    lines: tuple[bytes, ...]
    minute: int | None


Snapshot = dict[str, Entry]


def snapshot(tops: Iterable[str]) -> Snapshot:
    """All that is below some folders."""
    found: Snapshot = {}
    for top in tops:
        for folder, names, files in os.walk(top):
            for name in (*names, *files):
                path = os.path.join(folder, name)
                found[path] = _entry(path)
    return found


def _entry(path: str) -> Entry:
    status = os.lstat(path)
    content: object = None
    lines: tuple[bytes, ...] = ()
    if stat.S_ISREG(status.st_mode):
        with open(path, "rb", opener=_quietly) as file:
            data = file.read(MUCH)
        content = (zlib.crc32(data), status.st_size)
        lines = _lines(data) if len(data) < MUCH else ()
    elif stat.S_ISLNK(status.st_mode):
        content = os.readlink(path)
    mode = stat.S_IMODE(status.st_mode)
    owner = (status.st_uid, status.st_gid)
    return Entry(stat.S_IFMT(status.st_mode), mode, owner, content, lines, int(status.st_mtime) // 60)


def _lines(data: bytes) -> tuple[bytes, ...]:
    """Lines as a list holds them, whatever its order; the heading of a saved table is none."""
    lines = (b" ".join(line.removeprefix(b"./").split()) for line in data.split(b"\n") if line != b"checksum\tpath")
    return tuple(sorted(lines))


def _quietly(path: str, flags: int) -> int:
    """Opened so that its time of last reading stays: plans ask for it."""
    return os.open(path, flags | os.O_NOATIME)


def coarse(found: Snapshot, before: Snapshot, *, times: bool) -> Snapshot:
    """Without what hangs on the way: times, unless they are what is changed; modes of what is new; archives' bytes."""
    return {path: _coarse(path, entry, is_new=path not in before, times=times) for path, entry in found.items()}


def _coarse(path: str, entry: Entry, *, is_new: bool, times: bool) -> Entry:
    is_packed = PACKED.search(path) is not None
    minute = entry.minute if times and entry.kind != stat.S_IFDIR else None
    if is_packed and entry.kind == stat.S_IFREG:
        return replace(entry, mode=None, content=None, lines=(), minute=None)
    if not is_new:
        return replace(entry, lines=(), minute=minute)
    content = None if entry.kind == stat.S_IFREG else entry.content
    return replace(entry, mode=None, content=content, minute=None)
