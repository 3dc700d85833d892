"""How many processes a call may have."""

from __future__ import annotations

import os
import resource
from contextlib import suppress

LEAST_NUMBERS = 301
"""The kernel's smallest bound."""


def limit_own(most: int) -> None:
    """In a user namespace the processes of this call alone are counted; root's are not, but their numbers are bounded.

    Kernels before 6.14 have no bound of numbers for one namespace, and refuse it.
    """
    _limit(most)
    if os.getuid() == 0:
        with suppress(OSError), open("/proc/sys/kernel/pid_max", "w", encoding="ascii") as file:
            file.write(str(max(LEAST_NUMBERS, most)))


def limit_more(more: int) -> None:
    """Without one, all of the user's: so many more than there are now. The kernel does not count root's."""
    _limit(more + (tasks_of(os.getuid()) if os.getuid() else 0))


def _limit(most: int) -> None:
    hard = resource.getrlimit(resource.RLIMIT_NPROC)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_NPROC, (most, most))


def tasks_of(user: int) -> int:
    """How many threads a user has. A folder has a link for each folder in it, and two more."""
    count = 0
    with os.scandir("/proc") as entries:
        for entry in entries:
            if entry.name.isdecimal():
                try:
                    if entry.stat().st_uid == user:
                        count += os.stat(f"/proc/{entry.name}/task").st_nlink - 2
                except OSError:  # it has ended since
                    continue
    return count
