"""Something done in a forked process, which ends after it: what a filter or a rule does to it lasts for ever."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable


def outcome(first: Callable[[], object], *acts: Callable[[], object]) -> list[str]:
    """What became of each act, in a child that did `first` before: "done" or the name of the error."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            first()
            os.write(writer, " ".join(_result(act) for act in acts).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as file:
        said = file.read().decode().split()
    os.waitpid(pid, 0)
    return said


def _result(act: Callable[[], object]) -> str:
    try:
        act()
    except OSError as error:
        return errno.errorcode[error.errno or 0]
    return "done"
