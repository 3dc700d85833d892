"""Opening files to read them: regular files only, never one that would hang, text as text, compressed or not."""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, TypeVar, cast

from llmsh.errors import ToolFailed
from llmsh.tools.columns import kind_of

HEAD = 8192
BUFFER = 1 << 16
NAMED = 3
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

Item = TypeVar("Item")


class NotText(ToolFailed):
    """A file holds bytes that are no text."""


def missing(path: str) -> ToolFailed:
    """That a path is not there, with the nearest name that is."""
    import difflib

    folder, name = os.path.split(path.rstrip("/"))
    try:
        near = difflib.get_close_matches(name, os.listdir(folder or ".")[:10_000], 1)
    except OSError:  # the folder is not there either
        near = []
    hint = f"did you mean {os.path.join(folder, near[0])}?" if near else "see what there is with list_files()"
    return ToolFailed(f"there is no {path}", hint)


def why(path: str, error: OSError) -> ToolFailed:
    """What an error of the system means for the user."""
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return missing(path)
    if error.errno in (errno.EACCES, errno.EPERM):
        return ToolFailed(f"{path} may not be read", f"see whose it is with file_info({path!r})")
    if error.errno == errno.ELOOP:
        return ToolFailed(f"{path} is a link that leads back to itself", "remove the link or point it elsewhere")
    return ToolFailed(f"{path} could not be read: {error.strerror}")


def open_bytes(path: str) -> io.BufferedReader:
    """A regular file, open for reading. Raises ToolFailed for anything else: a FIFO hangs, /dev/zero never ends."""
    try:
        _check_kind(path, os.stat(path).st_mode)
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if os.path.islink(path) and error.errno == errno.ENOENT:
            raise ToolFailed(f"{path} is a link to {os.readlink(path)}, which is not there") from None
        raise why(path, error) from None
    file: io.BufferedReader = io.BufferedReader(io.FileIO(descriptor), BUFFER)
    try:  # again: a FIFO may have taken its place since (O_NONBLOCK kept the open from hanging)
        _check_kind(path, os.fstat(descriptor).st_mode)
    except ToolFailed:
        file.close()
        raise
    return file


def _check_kind(path: str, mode: int) -> None:
    if not stat.S_ISREG(mode):
        hint = f'list_files("{path}") shows what is in it' if stat.S_ISDIR(mode) else "only files can be read"
        raise ToolFailed(f"{path} is a {kind_of(mode)}, not a file", hint)


@contextmanager
def open_text(path: str) -> Iterator[io.TextIOWrapper]:
    """A text file, open for reading: gz, bz2 and xz are unpacked as they are read, bytes that are no UTF-8 survive.

    Raises NotText where a NUL stands in its first 8 KiB, ToolFailed where it turns out to be damaged.
    """
    with open_bytes(path) as file:
        try:
            with _decoded(path, _unpacked(file)) as text:
                yield text
        except _damage() as error:
            raise damaged(path, error) from None


def _decoded(path: str, file: io.BufferedReader) -> io.TextIOWrapper:
    head = file.peek(HEAD)[:HEAD]
    encoding = next((name for mark, name in BOMS if head.startswith(mark)), "utf-8")
    if encoding != "utf-16" and b"\0" in head:
        file.close()
        raise NotText(f"{path} is not a text file", f'see what it is with file_type("{path}")')
    errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    return io.TextIOWrapper(file, encoding=encoding, errors=errors, newline="\n")


def _unpacked(file: io.BufferedReader) -> io.BufferedReader:
    """The same file, or what it unpacks to where it is compressed."""
    head = file.peek(6)[:6]
    stream: object
    if head.startswith(b"\x1f\x8b"):
        import gzip

        stream = gzip.GzipFile(fileobj=file)
    elif head.startswith(b"BZh"):
        import bz2

        stream = bz2.BZ2File(file)
    elif head == b"\xfd7zXZ\0":
        import lzma

        stream = lzma.LZMAFile(file)  # noqa: SIM115  the text that is read from it closes it
    else:
        return file
    return io.BufferedReader(cast("io.RawIOBase", stream), BUFFER)


def _damage() -> tuple[type[Exception], ...]:
    """The errors that reading on in a file, compressed or not, may end in; imported only then."""
    import lzma
    import zlib

    return (OSError, EOFError, zlib.error, lzma.LZMAError)


def damaged(path: str, error: BaseException) -> ToolFailed:
    """That a file could not be read to its end."""
    return ToolFailed(f"{path} could not be read to its end: {error}", "the file may be damaged")


def from_each(paths: list[str], notes: list[str], use: Callable[[str], Iterable[Item]]) -> Iterator[Item]:
    """What `use` gives for each file; a note for those that fail. Raises ToolFailed where all do."""
    problems: list[ToolFailed] = []
    for path in paths:
        try:
            yield from use(path)
        except ToolFailed as error:
            problems.append(error)
    if problems and len(problems) == len(paths):
        raise problems[0]
    notes.extend(problem.message for problem in problems[:NAMED])
    if len(problems) > NAMED:
        notes.append(f"{len(problems) - NAMED} more could not be read")


def blocks(file: BinaryIO, size: int = 1 << 20) -> Iterator[bytes]:
    """The bytes of a file, a block at a time."""
    while block := file.read(size):
        yield block
