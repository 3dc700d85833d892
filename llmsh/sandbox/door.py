"""The way out of a worker: what it may not open itself, it asks the shell for over the call's own socket."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Mapping
from typing import Any

from llmsh.sandbox.holding import is_there
from llmsh.sandbox.protocol import Decoder, Frame, malformed, pack, read_error

PIECE = 1 << 16


class CallDoor:
    """The door of one call. `processes` are the pidfds that the shell opened, by process id."""

    def __init__(self, call: socket.socket, processes: Mapping[int, int]) -> None:
        self._call, self._processes = call, processes

    def connect(self, url: str) -> socket.socket:
        """An open connection to the host of an address. Raises ToolFailed with what the shell has against it."""
        kind, value, opened = self._ask(Frame.CONNECT, url)
        if kind is Frame.CONNECTED and opened:
            os.set_inheritable(opened[0], False)  # noqa: FBT003  the system call's own form
            return socket.socket(fileno=opened[0])
        raise read_error(value) if kind is Frame.ERROR else malformed("no connection")

    def holds(self, pid: int) -> bool:
        """Whether a process was approved and is still there."""
        return pid in self._processes and is_there(self._processes[pid])

    def signal(self, pid: int, number: int) -> None:
        """Send a signal to the very process that was approved, whoever has its number by now."""
        if pid not in self._processes:
            raise PermissionError(f"process {pid} is not among those that were approved")
        signal.pidfd_send_signal(self._processes[pid], number)

    def set_priority(self, pid: int, nice: int) -> None:
        """Have the shell set the priority of a process that was approved. Raises OSError."""
        kind, value, _ = self._ask(Frame.RENICE, [pid, nice])
        if kind is not Frame.RENICED or not isinstance(value, int):
            raise malformed("no answer")
        if value:
            raise OSError(value, os.strerror(value))

    def _ask(self, kind: Frame, value: object) -> tuple[Frame, Any, list[int]]:
        """The shell's answer to a question, and the descriptors that came with it."""
        self._call.sendall(pack(kind, value))
        decoder = Decoder()
        opened: list[int] = []
        while True:
            data, numbers, _, _ = socket.recv_fds(self._call, PIECE, 1)
            opened += numbers
            if not data:
                os._exit(0)  # the shell has gone
            for answer, said in decoder.feed(data):
                return answer, said, opened
