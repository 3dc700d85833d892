"""Servers on this machine that know who came."""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from llmsh.errors import ToolFailed
from llmsh.sandbox.broker import Broker
from llmsh.tools.address import parse_address

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@contextmanager
def listening(answer: bytes = ANSWER, family: int = socket.AF_INET, host: str = "127.0.0.1") -> Iterator[Listener]:
    """A server that gives everybody the same answer, and knows who came."""
    with socket.create_server((host, 0), family=family) as server:
        listener = Listener(server, answer)
        thread = threading.Thread(target=listener.serve)
        thread.start()
        yield listener
        listener.stop()
        thread.join()


class Listener:
    """What came in."""

    def __init__(self, server: socket.socket, answer: bytes) -> None:
        self.server, self.answer = server, answer
        self.port = server.getsockname()[1]
        self.heard: list[bytes] = []
        self.wake, self.woken = socket.socketpair()

    def serve(self) -> None:
        with self.woken:
            while self.woken not in select.select([self.server, self.woken], [], [])[0]:
                connection, _ = self.server.accept()
                with connection:
                    connection.settimeout(5)
                    self.heard.append(connection.recv(4096))
                    connection.sendall(self.answer)

    def stop(self) -> None:
        self.wake.close()


def places(**found: Sequence[str]):
    """A name service: host names to addresses, dots written as underscores; and the questions it was asked."""
    asked: list[str] = []

    def resolve(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        name = host.replace(".", "_")
        if name not in found:
            raise OSError(-2, "Name or service not known")
        return found[name]

    return resolve, asked


def connect(broker: Broker, url: str) -> socket.socket:
    return broker.connect(url, (parse_address(url).place,), 5)


def refusal(broker: Broker, url: str) -> str:
    with pytest.raises(ToolFailed) as caught, connect(broker, url):
        pass
    return caught.value.message
