"""What a file holds, as a text that two files share exactly where they hold the same.

Bytes are too strict for two kinds of files: an archive also holds when it was made, and a git index the inode of each
file. Of those only what a user would miss counts: names and contents of an archive's files, the entries of an index.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from hashlib import sha256

PACKED = {b"\x1f\x8b": gzip.decompress, b"BZh": bz2.decompress, b"\xfd7zXZ": lzma.decompress}
BROKEN = (OSError, EOFError, ValueError, RuntimeError, tarfile.TarError, zipfile.BadZipFile, lzma.LZMAError, zlib.error)
"""What reading a file that is no archive after all may end in: encrypted, cut off, or only named like one."""
ENTRY = struct.Struct(">40x20sH")
"""An entry of a git index: times, inode and size are passed over but for the mode, then object name and flags."""
MODE = struct.Struct(">24xI")


def content(path: str) -> str:
    """The content of a regular file; "unreadable" where it may not be read."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return "unreadable"
    return _of(data, path)


def _of(data: bytes, path: str) -> str:
    try:
        if zipfile.is_zipfile(path):
            return _digest(_zipped(path))
        if _is_tar(data, path):
            return _digest(_tarred(path))
        for mark, decompress in PACKED.items():
            if data.startswith(mark):
                return f"packed {sha256(decompress(data)).hexdigest()}"
        if os.path.basename(path) == "index" and data.startswith(b"DIRC"):
            return _digest(_indexed(data))
    except BROKEN:
        return sha256(data).hexdigest()
    return sha256(data).hexdigest()


def _is_tar(data: bytes, path: str) -> bool:
    """A tar archive, packed or not; an empty file passes for an empty one, and is none."""
    return bool(data) and (data[257:262] == b"ustar" or data.startswith(tuple(PACKED))) and tarfile.is_tarfile(path)


def _digest(parts: Iterator[str]) -> str:
    return f"members {sha256(chr(10).join(sorted(parts)).encode('utf-8', 'surrogateescape')).hexdigest()}"


def _zipped(path: str) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if not member.is_dir():
                yield f"{_name(member.filename)} {sha256(archive.read(member)).hexdigest()}"


def _tarred(path: str) -> Iterator[str]:
    with tarfile.open(path) as archive:
        for member in archive:
            if member.isfile():
                file = archive.extractfile(member)
                yield f"{_name(member.name)} {sha256(file.read() if file else b'').hexdigest()}"
            elif not member.isdir():
                yield f"{_name(member.name)} -> {member.linkname}"


def _name(name: str) -> str:
    return os.path.normpath(name).lstrip("/")


def _indexed(data: bytes) -> Iterator[str]:
    """Mode, object, stage and path of every entry of a git index, version 2 or 3."""
    version, count = struct.unpack_from(">II", data, 4)
    if version not in (2, 3):
        raise ValueError("a git index of a version that packs its paths")
    at = 12
    for _ in range(count):
        name, flags = ENTRY.unpack_from(data, at)
        (mode,) = MODE.unpack_from(data, at)
        start = at + ENTRY.size + (2 if flags & 0x4000 else 0)
        end = data.index(b"\0", start)
        path = data[start:end].decode("utf-8", "surrogateescape")
        yield f"{mode:o} {name.hex()} {flags >> 12 & 3} {path}"
        at += (end - at + 8) // 8 * 8
