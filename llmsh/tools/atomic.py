"""Whole files or none: what is written takes the place of the old file in one step, or leaves it as it was."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from typing import BinaryIO

from llmsh.errors import ToolFailed
from llmsh.tools.changing import through


@contextlib.contextmanager
def replacing(path: str, *, follow: bool = True) -> Iterator[BinaryIO]:
    """A file to write to that becomes `path` when the block ends well; missing folders are made.

    A link is written through, or with `follow` off replaced. An existing file keeps its mode, owner and attributes.
    Raises OSError and ToolFailed.
    """
    target = through(path) if follow else path
    old = None if os.path.islink(target) else regular(target, path)
    folder = os.path.dirname(target) or "."
    os.makedirs(folder, exist_ok=True)
    temporary, handle = scratch(folder)
    try:
        with os.fdopen(handle, "wb") as file:
            if old is not None:
                _keep(handle, old, target)
            yield file
        os.replace(temporary, target)
    except BaseException:  # also Ctrl-C: nothing may be left lying about
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def write_bytes(path: str, data: bytes) -> None:
    """Make `data` the whole content of a file."""
    with replacing(path) as file:
        file.write(data)


def encoded(text: str) -> bytes:
    """Text as bytes: names keep the bytes they had, half a character that was never one becomes an escape."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return b"".join(
            char.encode("utf-8", "surrogateescape" if "\udc80" <= char <= "\udcff" else "backslashreplace")
            for char in text
        )


def regular(target: str, shown: str) -> os.stat_result | None:
    """The status of a file that may be written, None where there is none yet. Raises ToolFailed for all else."""
    try:
        status = os.stat(target)
    except FileNotFoundError:
        if shown.endswith("/"):
            raise ToolFailed(f"{shown} is the name of a folder", "name a file in it") from None
        return None
    if stat.S_ISDIR(status.st_mode):
        raise ToolFailed(f"{shown} is a folder", "name a file in it")
    if not stat.S_ISREG(status.st_mode):  # a FIFO would wait for a reader, a device would take it
        raise ToolFailed(f"{shown} is a device, pipe or socket, not a file")
    if not os.access(
        target, os.W_OK, effective_ids=True
    ):  # replacing needs the folder alone; a file's own protection still counts
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), target)
    return status


def scratch(folder: str) -> tuple[str, int]:
    """A new hidden file in a folder, open for writing: its path and descriptor."""
    for number in range(10_000):
        path = os.path.join(folder, scratch_name(number))
        try:
            return path, os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
        except FileExistsError:  # left by a process that was killed, or another one at work here
            continue
    raise FileExistsError(errno.EEXIST, "too many unfinished files", folder)


def scratch_name(number: int = 0) -> str:
    """The name of an unfinished file."""
    return f".llmsh-{os.getpid()}-{number}"


def _keep(handle: int, old: os.stat_result, target: str) -> None:
    """Give the new file the owner, mode and attributes of the old one, as far as the user may."""
    with contextlib.suppress(OSError):  # a file of another user becomes ours, as with every editor
        os.fchown(handle, old.st_uid, old.st_gid)
    os.fchmod(handle, stat.S_IMODE(old.st_mode))
    with contextlib.suppress(OSError):  # not every file system has extended attributes
        for name in os.listxattr(target):
            with contextlib.suppress(OSError):
                os.setxattr(handle, name, os.getxattr(target, name))
