"""Processes held by pidfds from before they are approved until the call has ended: a number may be given out again.

A pidfd means one process for ever. Whoever looks once more at a process after it was opened, and finds it alive and as
expected, knows that the pidfd means what it saw.
"""

from __future__ import annotations

import errno
import os
import select
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager

from llmsh.errors import ToolFailed

MOST = 200
"""Descriptors that are sent with one message, of which the kernel carries 253."""


@contextmanager
def hold(pids: Iterable[int]) -> Iterator[Mapping[int, int]]:
    """A pidfd for each process that is there. Raises ToolFailed where there are too many."""
    wanted = list(pids)
    if len(wanted) > MOST:
        raise ToolFailed(f"{len(wanted)} processes are more than the {MOST} that one call may touch", "name fewer")
    with ExitStack() as stack:
        held: dict[int, int] = {}
        for pid in wanted:
            try:
                held[pid] = os.pidfd_open(pid)
            except OSError:  # it has ended, or the number never was one
                continue
            stack.callback(os.close, held[pid])
        yield held


def is_there(pidfd: int) -> bool:
    """Whether a held process has not ended. Its pidfd is readable once it has."""
    poller = select.poll()
    poller.register(pidfd, select.POLLIN)
    return not poller.poll(0)


def renice(held: Mapping[int, int], pid: int, nice: int) -> int:
    """Set the priority of a held process; the number of the error, or 0.

    The system takes nothing but the number of a process here. One that is still there afterwards had it all the while.
    """
    if pid not in held or not is_there(held[pid]):
        return errno.ESRCH
    try:
        os.setpriority(os.PRIO_PROCESS, pid, nice)
    except OSError as error:
        return error.errno or errno.EPERM
    return 0 if is_there(held[pid]) else errno.ESRCH
