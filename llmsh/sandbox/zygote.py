"""The small clean process that has all tools imported and forks one worker for each call, most often before it comes.

It is started by a fresh exec before the model is loaded, so that a fork costs little and a worker inherits no key, no
history and no open file of llmsh. Over its control socket it reads RUN with the kind of the call (and its own socket)
and KILL, and says `ready`, `pid N`, `ended STATUS` or `failed ERRNO`. It ends when the other side closes that socket;
PR_SET_PDEATHSIG would end it with the thread that started it, which need not be the shell's last.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import select
import signal
import socket
from collections.abc import Callable, Iterator
from importlib import import_module

from llmsh.errors import PluginError
from llmsh.plugins import plugin_tools
from llmsh.registry import Tool, derive
from llmsh.sandbox import cage, worker
from llmsh.sandbox.common import Kind
from llmsh.sandbox.probes import probe_tool
from llmsh.sandbox.spares import Spares
from llmsh.types import Rows

RUN = b"run "
KILL = b"kill"
START_SECONDS = 30
MANY_ROWS = 50_000
"""Objects a worker makes before they are searched for cycles: it makes rows, which hold none."""
PR_SET_CHILD_SUBREAPER = 36


def main(arguments: list[str]) -> None:
    """Import the tools, then serve calls: `arguments` are the control socket's number and what to import, as JSON."""
    control = socket.socket(fileno=int(arguments[0]))
    signal.alarm(START_SECONDS)  # a plugin that hangs while it is imported ends this process, not the shell's patience
    given = json.loads(arguments[1])
    tools = {tool.name: tool for tool in _tools(given["modules"], given["plugins"])}
    signal.alarm(0)
    # What a tool leaves behind is handed to this process, also after a double fork and setsid, and ends with the call.
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    cage.prepare()
    os.dup2(1, 2)
    gc.collect()
    gc.freeze()  # the collector in a worker leaves these pages alone, so they stay shared
    gc.set_threshold(MANY_ROWS)
    zygote = os.getpid()
    spares = Spares(lambda line, kind: worker.wait(line, tools, zygote, kind))
    try:
        control.send(b"ready")
        for kind in given["kinds"]:
            spares.refill(Kind.read(kind))
        while _one(control, tools, spares):
            pass
    except ConnectionError:  # the shell has gone
        pass
    spares.end()


def _tools(modules: list[str] | None, plugins: list[str]) -> Iterator[Tool]:
    """Tools by name; llmsh's own come last, so that no plugin can take their place here."""
    for function in plugin_tools(plugins):
        with contextlib.suppress(PluginError, TypeError, NameError):  # the file has changed since the shell read it
            yield derive(function, "plugin")
    for function in _built_in(modules):
        yield derive(function)
    yield probe_tool()


def _built_in(modules: list[str] | None) -> Iterator[Callable[..., Rows]]:
    if modules is None:
        from llmsh.tools import built_in

        yield from built_in()
        return
    for name in modules:
        yield getattr(import_module(name), name.rpartition(".")[2])


def _one(control: socket.socket, tools: dict[str, Tool], spares: Spares) -> bool:
    """Serve one call from its fork to the end of everything it started; False once the shell has closed the socket."""
    message, sockets, _, _ = socket.recv_fds(control, 32, 1)
    if not message:
        return False
    if not message.startswith(RUN) or not sockets:  # a KILL that came after the end
        return True
    kind = Kind.read(message.removeprefix(RUN).decode("ascii"))
    with socket.socket(fileno=sockets[0]) as call:
        try:
            pid = spares.take(kind, call) or _fork(call, tools, kind)
        except OSError as error:
            control.send(b"failed %d" % (error.errno or 0))
            return True
    control.send(b"pid %d" % pid)
    spares.refill(kind)  # beside the call: the next one may follow at once
    _wait(control, pid)
    control.send(b"ended %d" % _end(pid, spares))
    return True


def _fork(call: socket.socket, tools: dict[str, Tool], kind: Kind) -> int:
    zygote = os.getpid()
    pid = os.fork()
    if pid == 0:
        worker.serve(call, tools, zygote, kind)
    return pid


def _wait(control: socket.socket, pid: int) -> None:
    """Until the worker has ended, or anything is said on the control socket: KILL, or its end."""
    poller = select.poll()
    watched = os.pidfd_open(pid)
    poller.register(watched, select.POLLIN)
    poller.register(control, select.POLLIN)
    poller.poll()
    os.close(watched)


def _end(pid: int, spares: Spares) -> int:
    """Kill and reap a worker and whatever it started; its wait status. Of the children only spares stay.

    The worker is reaped after its group was killed: until then its number can be nobody else's.
    """
    for kill in (os.killpg, os.kill):  # it may not have come to its own setsid yet
        try:
            kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    status = os.waitpid(pid, 0)[1]
    while left := _children() - spares.pids:
        for child in left:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    return status


def _children() -> set[int]:
    try:
        with open(f"/proc/self/task/{os.getpid()}/children", encoding="ascii") as file:
            return {int(pid) for pid in file.read().split()}
    except (
        FileNotFoundError
    ):  # a kernel without CONFIG_PROC_CHILDREN: the worker's process group is all there is to go by
        return set()
