"""Processes that wait for a call, with as much of its cage around them as every call of its kind has.

There is at most one for each kind. It serves exactly one call: what a call has touched could harm the next one. It ends
with the zygote: at the latest by the death signal that it has asked for.
"""

from __future__ import annotations

import os
import select
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import NoReturn

from llmsh.sandbox.common import Kind

CALL = b"call"
Serve = Callable[[socket.socket, Kind], NoReturn]
"""What a spare does: given its line, over which the socket of the call will come."""
MOUNTS = "/proc/self/mountinfo"


@dataclass(frozen=True)
class Spare:
    """One that waits: its process, the line to it, and the system's mounts as they were when it was forked."""

    pid: int
    line: socket.socket
    mounts: int

    def give(self, call: socket.socket) -> bool:
        """Hand a call over; False where it has died, or files have been mounted since, which it does not see."""
        if self._mounts_changed() or self._has_died():
            return False
        with suppress(ConnectionError):
            socket.send_fds(self.line, [CALL], [call.fileno()])
            return True
        return False

    def end(self) -> None:
        """Kill and reap it."""
        for kill in (os.killpg, os.kill):  # it may not have come to its own setsid yet
            with suppress(ProcessLookupError):
                kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)

    def forget(self) -> None:
        """Let go of it."""
        self.line.close()
        os.close(self.mounts)

    def _has_died(self) -> bool:
        return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def _mounts_changed(self) -> bool:
        poller = select.poll()
        poller.register(self.mounts, select.POLLPRI)
        return bool(poller.poll(0))


class Spares:
    """The spares of a zygote, by their kind."""

    def __init__(self, serve: Serve) -> None:
        self._serve = serve
        self._waiting: dict[Kind, Spare] = {}

    @property
    def pids(self) -> set[int]:
        """Those that wait."""
        return {spare.pid for spare in self._waiting.values()}

    def take(self, kind: Kind, call: socket.socket) -> int:
        """The process that serves the call from here on; 0 where none was waiting."""
        spare = self._waiting.pop(kind, None)
        if spare is None:
            return 0
        given = spare.give(call)
        if not given:
            spare.end()
        spare.forget()
        return spare.pid if given else 0

    def end(self) -> None:
        """End all that wait."""
        for spare in self._waiting.values():
            spare.end()
        self._waiting.clear()

    def refill(self, kind: Kind) -> None:
        """Have one wait for the next call of a kind. Where none can be forked the call will say so."""
        if kind in self._waiting or not kind.may_wait:
            return
        ours, theirs = socket.socketpair()
        mounts = os.open(MOUNTS, os.O_RDONLY | os.O_CLOEXEC)
        try:
            pid = os.fork()
        except OSError:
            ours.close()
            os.close(mounts)
        else:
            if pid == 0:
                self._serve(theirs, kind)
            self._waiting[kind] = Spare(pid, ours, mounts)
        theirs.close()
