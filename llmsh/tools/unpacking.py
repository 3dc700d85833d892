"""What is in archives, of any format, and taking it out so that nothing lands outside the folder it was meant for."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from llmsh.errors import ToolFailed
from llmsh.tools.packing import FORMATS, format_of, zstd

if TYPE_CHECKING:
    from tarfile import TarFile, TarInfo
    from zipfile import ZipFile, ZipInfo

MAGIC = {
    b"\x1f\x8b": "gz", b"BZh": "bz2", b"\xfd7zXZ\x00": "xz", b"\x28\xb5\x2f\xfd": "zst",
    b"PK\x03\x04": "zip", b"PK\x05\x06": "zip",
}  # fmt: skip
KINDS = {b"0": "file", b"\0": "file", b"7": "file", b"5": "folder", b"2": "link", b"1": "hard link", b"S": "file"}


@dataclass(frozen=True)
class Member:
    """One thing in an archive. `content` opens what it holds, `link` is where it leads, by kind."""

    name: str
    kind: str
    size: int
    modified: float | None
    mode: int
    link: str
    content: Callable[[], IO[bytes]]


def members(path: str) -> Iterator[Member]:
    """What is in an archive or compressed file, one by one; use each before the next. Raises ToolFailed."""
    import lzma
    import tarfile
    import zipfile
    import zlib

    try:
        yield from _members(path)
    except (tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError) as error:
        raise ToolFailed(f"{path} is damaged or no archive: {error}") from error
    except (RuntimeError, NotImplementedError) as error:  # zipfile's words for a password and for odd methods
        raise ToolFailed(f"cannot open {path}: {error}") from error


def _members(path: str) -> Iterator[Member]:
    status = os.stat(path)
    if not stat.S_ISREG(status.st_mode):  # opening a FIFO would wait for ever
        raise ToolFailed(f"{path} is no file", "name an archive: " + FORMATS)
    with ExitStack() as stack:
        file: BinaryIO = stack.enter_context(open(path, "rb"))
        start = file.read(262)
        file.seek(0)
        kind = next((kind for magic, kind in MAGIC.items() if start.startswith(magic)), "")
        if kind == "zip":
            yield from _zip_members(file)
            return
        named = format_of(path)[0]
        if kind == "zst":
            file = cast("BinaryIO", zstd().ZstdDecompressor().stream_reader(file))
        if not kind and named != "tar" and start[257:262] != b"ustar":
            raise ToolFailed(f"{path} is no archive that can be opened", "known are " + FORMATS)
        if kind and kind != "zst":
            file = _decompressed(file, kind)
        yield from _tar_or_single(path, file, kind, named, status)


def _decompressed(file: BinaryIO, kind: str) -> BinaryIO:
    import bz2
    import gzip
    import lzma

    opened = {"gz": gzip.open, "bz2": bz2.open, "xz": lzma.open}[kind](file, "rb")  # type: ignore[operator]
    return cast("BinaryIO", opened)


def _tar_or_single(path: str, file: BinaryIO, kind: str, named: str, status: os.stat_result) -> Iterator[Member]:
    """Members of a tar archive; where what was compressed is none, that one file."""
    if kind and not named.startswith("tar") and (kind == "zst" or not _is_tar(file)):
        name = os.path.basename(path)
        ending = format_of(path)[1]
        single = name[: -len(ending)] if ending and len(name) > len(ending) else name + ".out"
        yield Member(single, "file", 0, status.st_mtime, stat.S_IMODE(status.st_mode), "", lambda: file)
        return
    import tarfile

    with tarfile.open(fileobj=file, mode="r|", encoding="utf-8", errors="surrogateescape") as tar:
        for info in tar:
            yield _tar_member(tar, info)


def _is_tar(file: BinaryIO) -> bool:
    start = file.read(262)
    file.seek(0)
    return start[257:262] == b"ustar"


def _tar_member(tar: TarFile, info: TarInfo) -> Member:
    def content() -> IO[bytes]:
        opened = tar.extractfile(info)
        if opened is None:
            raise ToolFailed(f"{info.name} has no content")
        return opened

    kind = KINDS.get(info.type, "device")
    return Member(info.name, kind, info.size, info.mtime, info.mode, info.linkname, content)


def _zip_members(file: BinaryIO) -> Iterator[Member]:
    import zipfile

    with zipfile.ZipFile(file) as packed:
        for info in packed.infolist():
            yield _zip_member(packed, info)


def _zip_member(packed: ZipFile, info: ZipInfo) -> Member:
    mode = info.external_attr >> 16
    kind = "folder" if info.is_dir() else "link" if stat.S_ISLNK(mode) else "file"
    link = ""
    if kind == "link":
        with packed.open(info) as file:
            link = file.read(4096).decode("utf-8", "surrogateescape")
    return Member(
        _zip_name(info), kind, info.file_size, _zip_time(info), stat.S_IMODE(mode), link, lambda: packed.open(info)
    )


def _zip_time(info: ZipInfo) -> float | None:
    try:
        return datetime(*info.date_time).timestamp()  # noqa: DTZ001  a zip file holds local times
    except ValueError:
        return None


def _zip_name(info: ZipInfo) -> str:
    """The name of a member. Without the UTF-8 flag zipfile takes it for cp437, what DOS wrote; Chinese ones are GBK."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def safe_path(folder: str, name: str) -> str:
    """Where a member belongs below `folder`. Raises ToolFailed for a name that leads out of it (CVE-2007-4559)."""
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if ".." in parts or "\0" in name:
        raise ToolFailed(f"{name} would land outside the folder and was left out")
    return os.path.join(folder, *parts) if folder not in (".", "./") else os.path.join(*parts or ["."])


def make_parents(folder: str, path: str) -> None:
    """Make the folders between `folder` and a member, refusing to go through a link that stands among them.

    An archive may hold a link to /etc first and a file below that link next.
    """
    os.makedirs(folder, exist_ok=True)
    inside = os.path.relpath(os.path.dirname(path) or ".", folder)
    step = folder
    for part in inside.split("/") if inside != "." else ():
        step = os.path.join(step, part)
        if os.path.islink(step):
            raise ToolFailed(f"{path} lies behind the link {step} and was left out")
        if not os.path.isdir(step):
            os.mkdir(step)


def check_link(folder: str, path: str, link: str) -> None:
    """Refuse a link that leads out of the folder: what is written through it later would land there."""
    root = os.path.realpath(folder)
    leads = os.path.realpath(os.path.join(os.path.dirname(path), link))
    if os.path.isabs(link) or os.path.commonpath([root, leads]) != root:
        raise ToolFailed(f"the link {path} leads out of the folder and was left out")
