"""A tool's way out, for tests that call the tool's function without a worker."""

from __future__ import annotations

import socket
from collections.abc import Mapping

from llmsh.sandbox.broker import Broker
from llmsh.sandbox.door import CallDoor
from llmsh.sandbox.holding import renice


class LocalDoor(CallDoor):
    """A door in one process: connections come from a broker at hand instead of over a call's socket."""

    def __init__(
        self, hosts: tuple[str, ...] = (), broker: Broker | None = None, processes: Mapping[int, int] | None = None
    ) -> None:
        super().__init__(socket.socket(), processes or {})
        self._call.close()
        self._hosts, self._broker = hosts, broker or Broker()

    def set_priority(self, pid: int, nice: int) -> None:
        if number := renice(self._processes, pid, nice):
            raise OSError(number, "")

    def connect(self, url: str) -> socket.socket:
        return self._broker.connect(url, self._hosts, 10)
