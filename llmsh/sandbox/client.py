"""Runs requests in worker processes: one call, one process, held to its time, its rows and its bytes from outside."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from llmsh.errors import ToolFailed, WorkerFailed
from llmsh.sandbox.base import Request, Tier
from llmsh.sandbox.broker import Broker
from llmsh.sandbox.common import Kind, kind_of
from llmsh.sandbox.flow import Assembly, Sender, too_large, too_long, too_much
from llmsh.sandbox.holding import renice
from llmsh.sandbox.launch import Zygote, ZygoteDied
from llmsh.sandbox.protect import guarded
from llmsh.sandbox.protocol import Decoder, Frame, error_value, malformed, pack
from llmsh.sandbox.reach import Policy
from llmsh.sandbox.requests import request_value, who
from llmsh.sandbox.surroundings import surroundings
from llmsh.sandbox.tiers import Finding, find, remembered, renew
from llmsh.types import Observe, Progress, Rows

GRACE = 0.25
NOW = 0.001
TICK = 0.1
WEIGH_EVERY = 0.25
"""Seconds between two weighings of a call's memory: looking for its processes takes some milliseconds."""
MOST_CONNECTIONS = 32


class Worker:
    """Tools in a process of their own, in a cage made of their effects.

    `tier`: how programs are held; None: as well as this machine can, which is remembered in the folder `cache`.
    """

    name = "process"

    def __init__(
        self,
        tier: Tier | None = None,
        broker: Broker = Broker(),  # noqa: B008  a frozen value
        cache: str | None = None,
    ) -> None:
        self._tier, self._broker, self._cache = tier, broker, cache
        self._zygote: Zygote | None = None
        self._modules: Sequence[str] | None = None
        self._plugins: Sequence[str] = ()

    @property
    def tier(self) -> Tier:
        """How programs are held. Where nobody has said so it is found out once, by throw-away calls."""
        if self._tier is None:
            self._tier = find(self._probe, self._cache).tier
        return self._tier

    @property
    def known(self) -> Tier | None:
        """The tier where that is known already, without any attempt."""
        if self._tier is None and (found := remembered(self._cache)) is not None:
            return found.tier
        return self._tier

    @property
    def confines(self) -> bool:
        """Whether the kernel holds programs to their effects."""
        return self.tier is not Tier.NONE

    def examine(self) -> Finding:
        """Try anew what holds here, whatever is remembered. From now on that is what programs get."""
        finding = renew(self._probe, self._cache)
        self._tier = finding.tier
        return finding

    def start(self, plugins: Sequence[str] = (), modules: Sequence[str] | None = None) -> None:
        """Start the zygote and return at once. `plugins` are plugin files, `modules` the tools (all, where None)."""
        self.close()
        self._plugins, self._modules = tuple(plugins), modules
        self._zygote = self._new_zygote()

    def _new_zygote(self) -> Zygote:
        programs = () if self.known in (None, Tier.NONE) else (Kind(Policy(self.known.value)),)
        return Zygote(self._modules, self._plugins, (Kind(Policy.TOOL), *programs))

    def run(self, request: Request, observe: Observe) -> Rows:
        """Run a request to its end. Raises ToolFailed (with the rows before it), WorkerFailed or KeyboardInterrupt."""
        if request.effects.runs and not self.confines:
            raise WorkerFailed("programs are off: nothing on this system can hold them", "see: llmsh doctor")
        request = replace(request, tier=self.tier, environment=surroundings(request.environment))
        with _scratch(request) as equipped, guarded(equipped) as (held, notes):
            rows = self._run(held, observe)
        rows.notes.extend(notes)
        return rows

    def _probe(self, request: Request) -> Rows:
        """A call that tries a cage, on the way that every call goes."""
        return self._run(request, lambda _: None)

    def _run(self, request: Request, observe: Observe) -> Rows:
        ours, theirs = socket.socketpair()
        with ours:
            try:
                with theirs:
                    zygote = self._begin(theirs, kind_of(request))
                answer = _Exchange(ours, zygote, request, observe, self._broker).run()
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

    def _begin(self, call: socket.socket, kind: Kind) -> Zygote:
        """A zygote that has forked a worker for `call`: the one there is, or once a new one in its place."""
        if self._zygote is not None:
            try:
                self._zygote.begin(call, kind)
            except ZygoteDied:
                self.close()
            else:
                return self._zygote
        self._zygote = self._new_zygote()
        self._zygote.begin(call, kind)
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


@contextlib.contextmanager
def _scratch(request: Request) -> Iterator[Request]:
    """A folder for what programs write on the side, where they have no /tmp of their own; gone after the call."""
    if not request.effects.runs or request.tier is not Tier.FLOOR:
        yield request
        return
    with tempfile.TemporaryDirectory(prefix="llmsh-", ignore_cleanup_errors=True) as folder:
        yield replace(request, scratch=os.path.realpath(folder))


class _Exchange:
    """One request and its answer over the call's socket."""

    def __init__(self, call: socket.socket, zygote: Zygote, request: Request, observe: Observe, broker: Broker) -> None:
        self._call, self._control, self._request, self._observe = call, zygote.control, request, observe
        self._worker, self._broker = zygote.worker, broker
        self._connections = 0
        self._who = who(request)
        self._deadline = time.monotonic() + request.limits.seconds
        self._rows = Assembly(self._who, request.limits.rows)
        self._decoder = Decoder()
        self._bytes = 0
        self._shown = 0.0
        self._weighed = time.monotonic()

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
            self._weigh()

    def _ask(self) -> None:
        """Send the request and what it is given. A worker that stops reading has an error to tell, or has died."""
        try:
            self._send(pack(Frame.REQUEST, request_value(self._request)), tuple(self._request.processes.values()))
            if self._request.given is not None:
                Sender(self._send).rows(self._request.given)
                self._send(pack(Frame.END, self._request.given.notes))
        except ConnectionError:
            return

    def _send(self, data: bytes, descriptors: tuple[int, ...] = ()) -> None:
        self._call.settimeout(self._left())
        try:
            sent = socket.send_fds(self._call, [data], descriptors) if descriptors else 0
            self._call.sendall(memoryview(data)[sent:])
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
            if kind is Frame.CONNECT:
                self._connect(value)
                continue
            if kind is Frame.RENICE:
                self._renice(value)
                continue
            answer = self._rows.take(kind, value)
            if answer is not None:
                return answer
        return None

    def _connect(self, url: object) -> None:
        """Open a connection for the worker, or tell it why not."""
        self._connections += 1
        if not isinstance(url, str) or self._connections > MOST_CONNECTIONS:
            raise malformed("an address that is none, or too many of them,")
        with contextlib.suppress(ConnectionError):  # a worker that has died is noticed where its answer is read
            try:
                connection = self._broker.connect(url, self._request.effects.hosts, self._left())
            except ToolFailed as error:
                self._send(pack(Frame.ERROR, error_value(error, [])))
            else:
                with connection:
                    self._send(pack(Frame.CONNECTED, None), (connection.fileno(),))

    def _renice(self, value: object) -> None:
        """Set the priority of a process that the call was approved for. The kernel lets no worker of root's do that."""
        match value:
            case [int(pid), int(nice)] if -20 <= nice <= 19:
                with contextlib.suppress(ConnectionError):
                    self._send(pack(Frame.RENICED, renice(self._request.processes, pid, nice)))
            case _:
                raise malformed("a priority that is none")

    def _weigh(self) -> None:
        """Hold all that a program has started to the memory of the call. Raises WorkerFailed."""
        now, limits = time.monotonic(), self._request.limits
        if self._request.effects.runs and now - self._weighed >= WEIGH_EVERY:
            from llmsh.sandbox.memory import used  # with psutil, 20 ms that a short command does not need

            if used(self._worker, limits.memory) > limits.memory:
                raise too_large(self._who, limits)
            self._weighed = time.monotonic()

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
