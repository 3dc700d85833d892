"""Archives and compressed files: which format a name means, and writing them."""

from __future__ import annotations

import contextlib
import fnmatch
import os
import stat
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING, Any, BinaryIO, cast

from llmsh.errors import ToolFailed
from llmsh.tools.changing import cannot, note

if TYPE_CHECKING:
    from tarfile import TarFile
    from zipfile import ZipFile

ENDINGS = {
    ".tar.gz": "tar gz", ".tgz": "tar gz", ".tar.xz": "tar xz", ".txz": "tar xz", ".tar.bz2": "tar bz2",
    ".tbz2": "tar bz2", ".tbz": "tar bz2", ".tar.zst": "tar zst", ".tzst": "tar zst", ".tar": "tar", ".zip": "zip",
    ".gz": "gz", ".xz": "xz", ".bz2": "bz2", ".zst": "zst",
}  # fmt: skip
FORMATS = ".tar .tar.gz .tar.xz .tar.bz2 .tar.zst .zip, and for one file .gz .xz .bz2 .zst"


def format_of(path: str) -> tuple[str, str]:
    """The format that a name ends in ("tar gz", "zip", "gz", ...) and that ending; both empty for none."""
    for ending, kind in ENDINGS.items():
        if path.lower().endswith(ending):
            return kind, ending
    return "", ""


def zstd() -> Any:
    """The zstandard module. Raises ToolFailed where it is not installed."""
    try:
        import zstandard
    except ImportError:
        raise ToolFailed(
            "zstd archives need the library zstandard", "pip install llmsh[zstd], or use .tar.xz"
        ) from None
    return zstandard


def compressed(file: BinaryIO, kind: str) -> BinaryIO:
    """A file that compresses what is written to it into another."""
    if kind == "gz":
        import gzip

        return cast("BinaryIO", gzip.GzipFile("", "wb", fileobj=file))
    if kind == "xz":
        import lzma

        return cast("BinaryIO", lzma.LZMAFile(file, "wb"))
    if kind == "bz2":
        import bz2

        return cast("BinaryIO", bz2.BZ2File(file, "wb"))
    return cast("BinaryIO", zstd().ZstdCompressor().stream_writer(file, closefd=False))


def stored_names(paths: list[str]) -> dict[str, str]:
    """The name of each path inside an archive: as given where it lies below here, else from their common folder on."""
    outside = [path for path in paths if os.path.isabs(path) or ".." in path.split("/")]
    base = ""
    if outside:
        base = os.path.commonpath([os.path.dirname(os.path.abspath(path)) for path in outside])
    return {
        path: os.path.relpath(os.path.abspath(path), base) if path in outside else os.path.normpath(path)
        for path in paths
    }


def entries(paths: list[str], exclude: tuple[str, ...], without: os.stat_result) -> Iterator[tuple[str, str]]:
    """Every path to be packed with its stored name, parents first; links are not followed.

    `without` is the archive itself, which may lie in a folder it packs.
    """
    pending = [(path, name) for path, name in reversed(stored_names(paths).items())]
    while pending:
        path, name = pending.pop()
        if any(fnmatch.fnmatchcase(os.path.basename(name), pattern) for pattern in exclude):
            continue
        status = os.lstat(path)
        if os.path.samestat(status, without):
            continue
        if name != ".":
            yield path, name
        if stat.S_ISDIR(status.st_mode):
            children = sorted(os.listdir(path), reverse=True)
            pending.extend(
                (os.path.join(path, child), os.path.normpath(os.path.join(name, child))) for child in children
            )


Add = Callable[[str, str], None]


def pack(found: Iterator[tuple[str, str]], file: BinaryIO, kind: str, notes: list[str]) -> int:
    """Write an archive; what cannot be read is noted. How many files and folders went in."""
    count = 0
    with _zip(file) if kind == "zip" else _tar(file, kind.removeprefix("tar").strip()) as add:
        for path, name in found:
            try:
                if stat.S_ISREG(os.lstat(path).st_mode):
                    # tried first: an error while it is being packed would leave a damaged archive
                    os.close(os.open(path, os.O_RDONLY | os.O_NONBLOCK))
            except OSError as error:
                note(notes, cannot("read", path, error).message)
                continue
            try:
                add(path, name)
            except UnicodeEncodeError:
                note(notes, f"a zip file cannot hold the name {path}")
                continue
            count += 1
    return count


@contextlib.contextmanager
def _tar(file: BinaryIO, kind: str) -> Iterator[Add]:
    import tarfile

    with contextlib.ExitStack() as stack:
        inner = stack.enter_context(compressed(file, kind)) if kind else file
        mode = "w|" if kind == "zst" else "w"
        tar: TarFile = stack.enter_context(
            tarfile.open(fileobj=inner, mode=mode, encoding="utf-8", errors="surrogateescape")  # type: ignore[call-overload]
        )
        yield lambda path, name: tar.add(path, name, recursive=False)


@contextlib.contextmanager
def _zip(file: BinaryIO) -> Iterator[Add]:
    import zipfile

    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as packed:
        yield lambda path, name: _add_to_zip(packed, path, name)


def _add_to_zip(packed: ZipFile, path: str, name: str) -> None:
    mode = os.lstat(path).st_mode
    name.encode("utf-8")
    if stat.S_ISLNK(mode):  # as a link: its target may lie anywhere
        from zipfile import ZipInfo

        info = ZipInfo(name)
        info.create_system, info.external_attr = 3, mode << 16
        packed.writestr(info, os.readlink(path))
    elif stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        packed.write(path, name)


def compress(source: str, file: IO[bytes], kind: str) -> None:
    """Compress one file. Raises OSError."""
    import shutil

    with open(source, "rb") as content, compressed(cast("BinaryIO", file), kind) as packed:
        shutil.copyfileobj(content, packed, 1 << 20)
