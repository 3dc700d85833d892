"""The child of one call: cut off from everything, given its request, limited, then tool code; it never returns.

The order matters. Nothing of a tool runs before `_run`, the last step of `_attempt`; a cage that the kernel enforces
is closed right before it.
"""

from __future__ import annotations

import math
import os
import resource
import socket
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import TracebackType
from typing import Any, NoReturn

from llmsh.errors import LlmshError, ToolFailed, WorkerFailed
from llmsh.registry import Tool
from llmsh.sandbox.base import Invocation, Request
from llmsh.sandbox.cage import Site, ahead, close
from llmsh.sandbox.common import Kind
from llmsh.sandbox.door import CallDoor
from llmsh.sandbox.ends import ends
from llmsh.sandbox.flow import Assembly, Sender
from llmsh.sandbox.holding import MOST as MOST_PROCESSES
from llmsh.sandbox.kernel.privileges import PR_SET_NAME, close_all_but, die_with_parent, prctl
from llmsh.sandbox.protocol import Decoder, Frame, error_value, pack
from llmsh.sandbox.reach import reach_of
from llmsh.sandbox.requests import read_request, request_value, who
from llmsh.tools.columns import with_details
from llmsh.types import LINE, PATH, Changes, Effects, Files, Rows, Text

SPARE, WORKER = b"llmsh-spare", b"llmsh-worker"
"""How the process is called, in a list of them, while it waits and while it serves."""
MOST_NOTES = 1000
Tools = Mapping[str, Tool]


def serve(call: socket.socket, tools: Tools, zygote: int, kind: Kind) -> NoReturn:
    """Serve the one call that comes through `call`, then end this process, whatever happens."""
    _end_with(lambda: _answer(call, tools, _ready(call, zygote, kind)))


def wait(line: socket.socket, tools: Tools, zygote: int, kind: Kind) -> NoReturn:
    """The same for a process that is forked before the call is there: its socket comes over a line."""
    _end_with(lambda: _wait(line, tools, zygote, kind))


def _end_with(task: Callable[[], None]) -> NoReturn:
    status = 1
    try:
        task()
        status = 0
    finally:
        os._exit(status)  # the zygote's own clean-up is not ours to run


def _wait(line: socket.socket, tools: Tools, zygote: int, kind: Kind) -> None:
    prctl(PR_SET_NAME, SPARE)
    site = _ready(line, zygote, kind)
    _rehearse()
    _, sockets, _, _ = socket.recv_fds(line, 16, 1)
    line.close()
    if sockets:  # else the zygote has gone
        prctl(PR_SET_NAME, WORKER)
        with socket.socket(fileno=sockets[0]) as call:
            _answer(call, tools, site)


def _rehearse() -> None:
    """Do once, with a call of nothing, what every call begins and ends with.

    At its first use in a forked process each page of code and data is copied: that is half the time of a short call.
    """
    rows = Text(LINE, [("",)])
    nothing = Request((Invocation("", {}),), rows, "/", dict(os.environ), Effects(reads=("/",)))
    assembly = Assembly("", 1)
    decoder = Decoder()
    frames = [pack(Frame.REQUEST, request_value(nothing))]
    Sender(frames.append).rows(rows)
    for kind, value in decoder.feed(b"".join((*frames, pack(Frame.END, [])))):
        if kind is Frame.REQUEST:
            reach_of(read_request(value)[0])
        else:
            assembly.take(kind, value)
    _limits(nothing)


def _ready(kept: socket.socket, zygote: int, kind: Kind) -> Site | WorkerFailed:
    """As much of a cage as can be made before the call is known; the error where that could not be made."""
    _cut_off(kept, zygote)
    try:
        return ahead(kind)
    except WorkerFailed as error:
        return error.with_traceback(None)


def _answer(call: socket.socket, tools: Tools, site: Site | WorkerFailed) -> None:
    notes: list[str] = []
    failure = _attempt(call, tools, site, notes)
    # Here the error is gone, and with its traceback the memory that a tool may have used up.
    _send(call, pack(Frame.END, notes) if failure is None else pack(Frame.ERROR, error_value(failure, notes)))


def _attempt(
    call: socket.socket, tools: Tools, site: Site | WorkerFailed, notes: list[str]
) -> ToolFailed | WorkerFailed | None:
    """Make the call; the error it ended in, if any. The one place that expects anything at all of a tool."""
    names = "the call"
    functions: list[Tool] = []
    try:
        request = _receive(call)
        if isinstance(site, WorkerFailed):
            return site
        names = who(request)
        functions = [_tool(invocation, tools) for invocation in request.calls]
        _enter(request)
        _limit(request)
        close(reach_of(replace(request, environment=dict(os.environ))), site=site)
        _run(request, functions, call, notes)
    except (ToolFailed, WorkerFailed) as error:
        return error.with_traceback(None)
    except LlmshError as error:
        return ToolFailed(error.message, error.hint, error.exit_status)
    except MemoryError:
        return WorkerFailed(f"{names} ran out of memory", "ask for less, or for a part of it")
    except OSError as error:
        return ToolFailed(f"{_culprit(error, functions) or names}: {_line(error.strerror or error)}{_named(error)}")
    except BaseException as error:  # noqa: BLE001  worker main: a tool is anybody's code, and may even call sys.exit
        text = _line(error)
        crash = f"{_culprit(error, functions) or names} crashed: {type(error).__name__}{text and ': '}{text}"
        return WorkerFailed(crash, f"this is a fault of the tool{_where(error.__traceback__)}, not of what you typed")
    return None


def _cut_off(kept: socket.socket, zygote: int) -> None:
    """Hygiene: a session and process group of its own, death with the zygote, no open file but one socket."""
    os.setsid()
    die_with_parent(zygote)
    close_all_but((kept.fileno(),))


def _receive(call: socket.socket) -> Request:
    """The request and all that it was given. It is read to its end before anything is sent: no deadlock is possible."""
    decoder = Decoder()
    request: Request | None = None
    given = Assembly("the pipe", sys.maxsize)
    descriptors: list[int] = []
    while (received := socket.recv_fds(call, 1 << 18, MOST_PROCESSES))[0]:
        descriptors += received[1]
        for kind, value in decoder.feed(received[0]):
            if request is None:
                request, more = read_request(value, descriptors)
                if not more:
                    return request
            elif (rows := given.take(kind, value)) is not None:
                return replace(request, given=rows)
    os._exit(0)  # the shell has gone


def _tool(invocation: Invocation, tools: Tools) -> Tool:
    if invocation.tool not in tools:
        raise ToolFailed(f"there is no tool named {invocation.tool} in the worker", "start llmsh again")
    return tools[invocation.tool]


def _run(request: Request, tools: list[Tool], call: socket.socket, notes: list[str]) -> None:
    """Tool code: the calls as one lazy pipe, whose rows are sent as they come out of it."""
    value = request.given
    door = CallDoor(call, request.processes)
    for tool, invocation in zip(tools, request.calls, strict=True):
        if isinstance(value, Changes) and value is not request.given:
            value = replace(value, rows=list(value.rows))  # all of it is done, also where first() wants one row
        value = _apply(tool, invocation, value, door)
    if value is None:
        raise ToolFailed("there is nothing to run")
    if request.details and isinstance(value, Files) and not isinstance(value, Changes):
        value = with_details(value)
    if request.effects.runs and isinstance(value, Text):
        value = replace(value, rows=ends(value.rows, value.notes, request.limits))
    try:
        Sender(lambda data: _send(call, data)).rows(value)
    finally:
        notes.extend(_line(note) for note in value.notes[:MOST_NOTES])


def _enter(request: Request) -> None:
    """The user's folder, and the environment that programs see."""
    try:
        os.chdir(request.cwd)
    except OSError as error:
        hint = "go to another folder: cd ~"
        raise ToolFailed(f"the working folder {request.cwd} cannot be entered: {error.strerror}", hint) from None
    os.environ.update(request.environment)
    time.tzset()


def _limit(request: Request) -> None:
    """Processor time, memory, open files, bytes of a file, no core dump; programs started by a tool inherit them."""
    for limit, value in _limits(request).items():
        hard = resource.getrlimit(limit)[1]
        most = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (most, most))


def _limits(request: Request) -> dict[int, int]:
    """What a call may use, by the system's number of each limit.

    Where a program is run its data counts, not its addresses: node and java reserve far more than they use.
    """
    memory = resource.RLIMIT_DATA if request.effects.runs else resource.RLIMIT_AS
    seconds = math.ceil(min(request.limits.seconds, 1 << 30)) + 1
    return {
        memory: request.limits.memory,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_NOFILE: request.limits.open_files,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: request.limits.file,
    }


def _apply(tool: Tool, invocation: Invocation, value: Rows | None, door: CallDoor) -> Rows:
    """One call of the pipe. Lines of text become paths where the tool takes files."""
    arguments: dict[str, Any] = {**invocation.arguments, "door": door} if tool.door else dict(invocation.arguments)
    if tool.takes is None:
        result = tool.function(**arguments)
    else:
        if issubclass(tool.takes, Files) and isinstance(value, Text):
            value = Files((PATH,), (row[:1] for row in value.rows if row[0]), value.notes, value.title)
        result = tool.function(value, **arguments)
    if not isinstance(result, Rows):
        raise TypeError(f"it gave {type(result).__name__}, not rows")
    return result


def _send(call: socket.socket, data: bytes) -> None:
    try:
        call.sendall(data)
    except ConnectionError:  # the shell has gone, or wants no more
        os._exit(0)


def _culprit(error: BaseException, tools: list[Tool]) -> str:
    """The tool in whose module an error was raised: the innermost, since rows are pulled from the end of the pipe."""
    modules = {tool.function.__module__: tool.name for tool in tools}
    found = ""
    for frame in _frames(error.__traceback__):
        found = modules.get(frame.tb_frame.f_globals.get("__name__", ""), found)
    return found


def _frames(traceback: TracebackType | None) -> list[TracebackType]:
    frames = []
    while traceback is not None:
        frames.append(traceback)
        traceback = traceback.tb_next
    return frames


def _where(traceback: TracebackType | None) -> str:
    last = _frames(traceback)[-1:]
    return f" ({os.path.basename(last[0].tb_frame.f_code.co_filename)}, line {last[0].tb_lineno})" if last else ""


def _named(error: OSError) -> str:
    return "" if error.filename is None else f": {error.filename}"


def _line(text: object) -> str:
    """Text on one line, of a length that can be read."""
    return " ".join(str(text)[:1000].split())
