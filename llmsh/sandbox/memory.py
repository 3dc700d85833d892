"""How much memory a call's processes use together.

The kernel's limits are per process and do not count what is shared; control groups, which count both, are not
everyone's to make. So from outside, now and then, the processes of a call are weighed.
"""

from __future__ import annotations

import psutil


def used(pid: int, most: int) -> int:
    """Bytes of memory that a process and its descendants use together.

    What several of them share counts for each of them, unless that is more than `most`: then it is shared out, which
    takes the kernel longer.
    """
    try:
        process = psutil.Process(pid)
        processes = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    resident = sum(_resident(process) for process in processes)
    return resident if resident <= most else sum(_share(process) for process in processes)


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:  # it has ended since
        return 0


def _share(process: psutil.Process) -> int:
    """Its part of what it uses. Where the kernel does not tell us that, all of it."""
    try:
        return int(process.memory_full_info().pss)
    except psutil.AccessDenied:
        return _resident(process)
    except psutil.Error:
        return 0
