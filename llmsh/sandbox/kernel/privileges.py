"""What a process may become and what it has in its hands: no new privileges, no capabilities, no open files."""

from __future__ import annotations

import ctypes
import functools
import os
import signal
import struct
from collections.abc import Iterable

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_KEEPCAPS, PR_CAPBSET_READ, PR_CAPBSET_DROP = 1, 4, 8, 23, 24
PR_SET_NAME, PR_SET_CHILD_SUBREAPER = 15, 36
PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 38, 47, 4
CAPABILITY_VERSION_3 = 0x20080522
LAST_DESCRIPTOR = 0xFFFFFFFF


@functools.cache
def libc() -> ctypes.CDLL:
    """The C library, with the error number of each call kept."""
    library = ctypes.CDLL(None, use_errno=True)
    library.syscall.restype = ctypes.c_long
    return library


def call(number: int, *arguments: object) -> int:
    """A system call by its number. Raises OSError."""
    result = libc().syscall(ctypes.c_long(number), *(ctypes.c_long(a) if isinstance(a, int) else a for a in arguments))
    if result == -1:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return int(result)


def prctl(option: int, *values: int | bytes) -> int:
    """One setting of the process. Raises OSError."""
    given = [value if isinstance(value, bytes) else ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)[:4]]
    result = libc().prctl(option, *given)
    if result == -1:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return int(result)


def no_new_privileges() -> None:
    """A program that is setuid or has file capabilities gives nothing from here on."""
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def die_with_parent(parent: int) -> None:
    """End this process with the one that forked it; at once where that is gone already."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def drop_capabilities() -> None:
    """Give up every capability for ever: the bounding and ambient sets first, then those in use."""
    for capability in range(64):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except PermissionError:  # without CAP_SETPCAP nothing can be had either: no_new_privs stands before
            break
        except OSError:  # the last one that this kernel knows
            break
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    header, none = struct.pack("=Ii", CAPABILITY_VERSION_3, 0), bytes(24)
    if libc().capset(header, none) == -1:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))


def close_all_but(kept: Iterable[int]) -> None:
    """Close every file above standard error but those; close_range also reaches those that /proc does not list."""
    start = 3
    for number in sorted({*kept, LAST_DESCRIPTOR + 1}):
        if number > start:
            _close_range(start, number - 1)
        start = max(start, number + 1)


def _close_range(first: int, last: int) -> None:
    if libc().close_range(ctypes.c_uint(first), ctypes.c_uint(last), ctypes.c_int(0)) == -1:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
