"""Runs requests in worker processes: one call, one process, held to its time, its rows and its bytes from outside."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import time
from collections.abc import Sequence

from llmsh.errors import WorkerFailed
from llmsh.sandbox.base import Request
from llmsh.sandbox.flow import Assembly, Sender, too_long, too_much
from llmsh.sandbox.launch import Zygote, ZygoteDied
from llmsh.sandbox.protocol import Decoder, Frame, pack
from llmsh.sandbox.requests import request_value, who
from llmsh.types import Observe, Progress, Rows

GRACE = 0.25
NOW = 0.001
TICK = 0.1


class Worker:
    """Tools in a separate process, without a cage: what they may reach is not bounded, what they cost is."""

    name = "process"
    confines = False

    def __init__(self) -> None:
        self._zygote: Zygote | None = None
        self._modules: Sequence[str] | None = None
        self._plugins: Sequence[str] = ()

    def start(self, plugins: Sequence[str] = (), modules: Sequence[str] | None = None) -> None:
        """Start the zygote and return at once. `plugins` are plugin files, `modules` the tools (all, where None)."""
        self.close()
        self._plugins, self._modules = tuple(plugins), modules
        self._zygote = Zygote(self._modules, self._plugins)

    def run(self, request: Request, observe: Observe) -> Rows:
        """Run a request to its end. Raises ToolFailed (with the rows before it), WorkerFailed or KeyboardInterrupt."""
        ours, theirs = socket.socketpair()
        with ours:
            try:
                with theirs:
                    zygote = self._begin(theirs)
                answer = _Exchange(ours, zygote.control, request, observe).run()
            except BaseException:  # Ctrl-C above all: the error goes on once nothing of the call does
                with contextlib.suppress(ZygoteDied):
                    self._finish(NOW)
                raise
        if answer is None:
            raise _silent(who(request), self._finish(GRACE))
        with contextlib.suppress(ZygoteDied):
            self._finish(GRACE)
        return answer

    def close(self) -> None:
        """End the zygote and whatever it runs."""
        zygote, self._zygote = self._zygote, None
        if zygote is not None:
            zygote.stop()

    def _begin(self, call: socket.socket) -> Zygote:
        """A zygote that has forked a worker for `call`: the one there is, or once a new one in its place."""
        if self._zygote is not None:
            try:
                self._zygote.begin(call)
            except ZygoteDied:
                self.close()
            else:
                return self._zygote
        self._zygote = Zygote(self._modules, self._plugins)
        self._zygote.begin(call)
        return self._zygote

    def _finish(self, grace: float) -> int | None:
        """Wait for the end of all that the call started. Where that fails the zygote goes, and its children with it."""
        if self._zygote is None:
            return None
        try:
            return self._zygote.finish(grace)
        except BaseException:
            self._zygote = None
            raise


class _Exchange:
    """One request and its answer over the call's socket."""

    def __init__(self, call: socket.socket, control: socket.socket, request: Request, observe: Observe) -> None:
        self._call, self._control, self._request, self._observe = call, control, request, observe
        self._who = who(request)
        self._deadline = time.monotonic() + request.limits.seconds
        self._rows = Assembly(self._who, request.limits.rows)
        self._decoder = Decoder()
        self._bytes = 0
        self._shown = 0.0

    def run(self) -> Rows | None:
        """The answer; None where the worker closed its end without one."""
        self._ask()
        poller = select.poll()
        poller.register(self._call, select.POLLIN)
        poller.register(self._control, select.POLLIN)
        while True:
            events = dict(poller.poll(min(self._left(), TICK) * 1000))
            if self._call.fileno() in events:
                data = self._receive()
                answer = self._take(data)
                if answer is not None or not data:
                    return answer
            if events.get(self._control.fileno(), 0) & select.POLLHUP:  # what the worker left may hold the call open
                raise ZygoteDied("the process that runs tools has died", "it is started again for the next line")
            if self._control.fileno() in events:  # the worker has ended: what is left of its answer comes, then the end
                poller.unregister(self._control)
            self._show()

    def _ask(self) -> None:
        """Send the request and what it is given. A worker that stops reading has an error to tell, or has died."""
        try:
            self._send(pack(Frame.REQUEST, request_value(self._request)))
            if self._request.given is not None:
                Sender(self._send).rows(self._request.given)
                self._send(pack(Frame.END, self._request.given.notes))
        except ConnectionError:
            return

    def _send(self, data: bytes) -> None:
        self._call.settimeout(self._left())
        try:
            self._call.sendall(data)
        except TimeoutError:
            raise too_long(self._who, self._request.limits) from None

    def _receive(self) -> bytes:
        try:
            return self._call.recv(1 << 18)
        except ConnectionError:
            return b""

    def _left(self) -> float:
        """Seconds left, more than none. Raises WorkerFailed where they are used up."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise too_long(self._who, self._request.limits)
        return left

    def _take(self, data: bytes) -> Rows | None:
        self._bytes += len(data)
        if self._bytes > self._request.limits.output:
            raise too_much(self._who, f"{self._request.limits.output:,} bytes")
        for kind, value in self._decoder.feed(data):
            answer = self._rows.take(kind, value)
            if answer is not None:
                return answer
        return None

    def _show(self) -> None:
        now = time.monotonic()
        if now - self._shown >= TICK / 2:
            self._shown = now
            self._observe(Progress(self._who, float(self._rows.count)))


def _silent(who: str, status: int | None) -> WorkerFailed:
    """The error for a worker that ended, or closed its connection, without a result."""
    if status is None:
        return WorkerFailed(f"{who} closed its connection without a result", "this is a fault of the tool")
    if not os.WIFSIGNALED(status):
        return WorkerFailed(f"{who} ended without a result (exit status {os.waitstatus_to_exitcode(status)})")
    number = os.WTERMSIG(status)
    if number == signal.SIGKILL:
        return WorkerFailed(
            f"{who} was killed: the machine probably ran out of memory", "ask for less, or for a part of it"
        )
    if number == signal.SIGXCPU:
        return WorkerFailed(f"{who} used too much processor time and was stopped", "ask for less, or for a part of it")
    return WorkerFailed(f"{who} crashed ({signal.Signals(number).name})", "this is a fault of the tool")
