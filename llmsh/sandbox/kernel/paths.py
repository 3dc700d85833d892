"""Files opened without following links, so that a link planted meanwhile leads nowhere."""

from __future__ import annotations

import contextlib
import os
import struct

from llmsh.sandbox.kernel.privileges import call
from llmsh.sandbox.kernel.syscalls import architecture

AT_FDCWD = -100
NO_MAGIC_LINKS, NO_LINKS, BENEATH = 0x02, 0x04, 0x08


def open_plain(path: str) -> int:
    """A file opened as a place only, where no part of its path is a link. Raises OSError."""
    return _open(AT_FDCWD, path, os.O_PATH, NO_LINKS | NO_MAGIC_LINKS)


def open_folder_beneath(folder: int, path: str) -> int:
    """A folder below another, likewise. Raises OSError."""
    return _open(folder, path, os.O_PATH | os.O_DIRECTORY, BENEATH | NO_LINKS | NO_MAGIC_LINKS)


def open_beneath(folder: int, path: str) -> int:
    """A file or folder below another, opened as a place only, likewise. Raises OSError."""
    return _open(folder, path, os.O_PATH, BENEATH | NO_LINKS | NO_MAGIC_LINKS)


def make_folders(folder: int, path: str) -> int:
    """A folder below another, made where it is missing, with those above it; no link is followed. Raises OSError."""
    place = os.dup(folder)
    for name in path.strip("/").split("/"):
        if name in ("", "."):
            continue
        with contextlib.suppress(FileExistsError):
            os.mkdir(name, dir_fd=place)
        inner = open_folder_beneath(place, name)
        os.close(place)
        place = inner
    return place


def _open(folder: int, path: str, flags: int, resolve: int) -> int:
    how = struct.pack("=QQQ", flags | os.O_CLOEXEC, 0, resolve)
    return call(architecture()["openat2"], folder, os.fsencode(path), how, len(how))
