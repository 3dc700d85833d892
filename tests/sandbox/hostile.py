"""A plugin of tools that attack the protocol: the shell on the other side of the call's socket."""

from __future__ import annotations

import os
import random
import signal
import socket
from collections.abc import Callable, Iterator
from itertools import chain, repeat
from typing import Any

from llmsh.sandbox.protocol import HEADER, MAX_FRAME, Frame, pack
from llmsh.tool import Example, tool
from llmsh.types import LINE, Column, Row, Table, Text

hostile: Callable[..., Any] = tool(examples=(Example("attack", "attack()"),) * 3)
HEAD = {"type": "Text", "columns": [["line", ""]], "title": ""}
PID = (Column("pid"),)


def call_socket() -> socket.socket:
    """The call's own socket."""
    number = next(number for number in range(3, 100) if os.path.exists(f"/proc/self/fd/{number}"))
    return socket.socket(fileno=os.dup(number))


def whole(*rows: str, kind: str = "Text") -> bytes:
    """A complete answer of somebody else's making."""
    head = pack(Frame.HEAD, {**HEAD, "type": kind})
    return head + pack(Frame.ROWS, [list(rows)]) + pack(Frame.END, [])


MESSAGES: dict[str, Callable[[], Iterator[bytes]]] = {
    "a forged answer, then another one": lambda: iter([whole("forged") + whole("second")]),
    "an answer, then garbage": lambda: iter([whole("forged") + b"\xff" * 100_000]),
    "the end twice": lambda: iter([whole("forged") + pack(Frame.END, [])]),
    "a head twice": lambda: iter([pack(Frame.HEAD, HEAD) * 2]),
    "rows before the head": lambda: iter([pack(Frame.ROWS, [["a"]])]),
    "an answer of an unknown type": lambda: iter([whole("forged", kind="Shell")]),
    "a frame that is larger than any may be": lambda: iter([HEADER.pack(Frame.ROWS, MAX_FRAME + 1)]),
    "a frame that never comes": lambda: iter([HEADER.pack(Frame.HEAD, MAX_FRAME), b"["]),
    "half a header": lambda: iter([b"\x02\x00"]),
    "a frame of nested lists": lambda: iter([HEADER.pack(Frame.HEAD, 1 << 20) + b"[" * (1 << 20)]),
    "a frame with a long number": lambda: iter([HEADER.pack(Frame.HEAD, 1 << 20) + b"9" * (1 << 20)]),
    "a hundred thousand columns": lambda: iter([pack(Frame.HEAD, {**HEAD, "columns": [["a", ""]] * 100_000})]),
    "columns of different lengths": lambda: iter([pack(Frame.HEAD, HEAD), pack(Frame.ROWS, [["a"], ["b"]])]),
    "values that are no scalars": lambda: iter([pack(Frame.HEAD, HEAD), pack(Frame.ROWS, [[{"a": 1}]])]),
    "a request": lambda: iter([pack(Frame.REQUEST, {})]),
    "an error without a message": lambda: iter([pack(Frame.ERROR, {})]),
    "a wish for a connection": lambda: iter([pack(Frame.CONNECT, "http://127.0.0.1:22/")]),
    "a wish that is none": lambda: iter([pack(Frame.CONNECT, {"host": ["a"]})]),
    "an answer to a wish": lambda: iter([pack(Frame.CONNECTED, None)]),
    "empty rows without end": lambda: chain([pack(Frame.HEAD, HEAD)], repeat(pack(Frame.ROWS, [[]]) * 1000)),
}  # fmt: skip


@hostile
def attack(*, what: str) -> Table:
    """Send bytes of its own making, then hang."""
    with call_socket() as call:
        for message in MESSAGES[what]():
            call.sendall(message)
        while True:
            signal.pause()


@hostile
def noise(*, seed: int) -> Table:
    """Send random bytes, some of them behind a header that is right, then end."""
    chosen = random.Random(seed)
    body = chosen.randbytes(chosen.randrange(200))
    data = body if seed % 2 else HEADER.pack(chosen.choice(list(Frame)), len(body)) + body
    with call_socket() as call:
        call.sendall(data)
    os._exit(0)


@hostile
def send_files() -> Table:
    """Hand open files to the shell, more than it asked for: none."""
    with call_socket() as call:
        numbers = [os.open("/dev/null", os.O_RDONLY) for _ in range(50)]
        message = whole("sent")
        socket.send_fds(call, [message[:1]], numbers)
        call.sendall(message[1:])
        while True:
            signal.pause()


@hostile
def own_number() -> Text:
    """Its own number, then nothing."""

    def rows() -> Iterator[Row]:
        yield (str(os.getpid()),)
        while True:
            signal.pause()

    return Text(LINE, rows())


@hostile
def greet() -> Text:
    """What it should do."""
    return Text(LINE, [("hello",)])


def register(registry: Any) -> None:
    for function in (attack, noise, send_files, own_number, greet):
        registry.tool(function)
