"""What the system notes about a file (mode, owner, times, attributes), changed on the open file, never by its name.

A cage lets a tool open what it may change and nothing else; a name could be made to mean another file in between.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator


@contextlib.contextmanager
def opened(path: str) -> Iterator[int]:
    """A file or folder, open for whatever its owner may do with it. Raises OSError."""
    flags = os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
    try:
        handle = os.open(path, os.O_RDONLY | flags)
    except PermissionError:
        handle = os.open(path, os.O_WRONLY | flags)
    except OSError as error:
        if error.errno != errno.ENXIO:
            raise
        raise PermissionError(errno.EPERM, "a socket cannot be opened", path) from None
    try:
        yield handle
    finally:
        os.close(handle)


def set_mode(path: str, mode: int) -> None:
    """Set the permission bits of a file. Raises OSError."""
    with opened(path) as handle:
        os.fchmod(handle, mode)


def set_owner(path: str, user: int, group: int) -> None:
    """Give a file to a user and a group; -1 leaves it. Raises OSError."""
    with opened(path) as handle:
        os.fchown(handle, user, group)


def set_times(path: str, times: tuple[float, float] | None) -> None:
    """Set when a file was last read and changed, to now where no times are given. Raises OSError."""
    with opened(path) as handle:
        os.utime(handle, times)


def copy_noted(source: str, target: str) -> None:
    """Mode, times and attributes of a folder for another. Raises OSError."""
    with opened(source) as old, opened(target) as new:
        status = os.fstat(old)
        with contextlib.suppress(OSError):  # not every file system has extended attributes
            for name in os.listxattr(old):
                with contextlib.suppress(OSError):
                    os.setxattr(new, name, os.getxattr(old, name))
        os.utime(new, ns=(status.st_atime_ns, status.st_mtime_ns))
        os.fchmod(new, stat.S_IMODE(status.st_mode) & ~(stat.S_ISUID | stat.S_ISGID))
