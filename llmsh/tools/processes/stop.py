"""End processes, politely or by force."""

from __future__ import annotations

import signal
import time

import psutil

from llmsh.errors import ToolFailed
from llmsh.tool import Door, Example, Pids, tool
from llmsh.tools.processes.aim import gone, signals, some
from llmsh.types import Column, Processes, Scalar

COLUMNS = (Column("pid"), Column("name"), Column("user"), Column("action"))
PATIENCE = 3.0
"""Seconds a process gets to end."""


@tool(
    effects=signals,
    also=("kill", "terminate", "quit", "close", "end task", "pkill", "结束", "关闭", "杀掉", "停止"),
    examples=(
        Example("stop process 1234", "stop(1234)"),
        Example("kill firefox", 'stop(name="firefox")'),
        Example("force quit chrome, it hangs", 'stop(name="chrome", force=True)'),
        Example("kill -9 4321 and 4322 please", "stop([4321, 4322], force=True)"),
        Example("free port 8080", "processes(port=8080) | stop()"),
        Example("stop whatever is using port 3000", "processes(port=3000) | stop()"),
        Example("kill the process that uses the most memory", 'processes(sort="memory") | first() | stop()'),
        Example("end all of bob's processes", 'processes(user="bob") | stop()'),
        Example("stop the second one", "last[2] | stop()"),
        Example("they are still there, kill them by force", "last | stop(force=True)"),
        Example("关掉 firefox", 'stop(name="firefox")', language="zh"),
        Example("强制结束进程 1234", "stop(1234, force=True)", language="zh"),
        Example("把占用 8080 端口的进程杀掉", "processes(port=8080) | stop()", language="zh"),
    ),
)
def stop(
    given: Processes | None = None, /, pids: Pids = (), *, name: str | None = None, force: bool = False, door: Door
) -> Processes:
    """Stop processes: ask them to end, or kill them with force.

    Args:
        pids: their process ids.
        name: every process of this name.
        force: kill at once, without a chance to save anything.
    """
    found = some(given, pids, name)
    notes = list(found.problems)
    signalled: list[tuple[psutil.Process, tuple[Scalar, ...]]] = []
    for process in found.processes:
        facts = process.as_dict(["pid", "name", "username"]) if process.is_running() else {"pid": process.pid}
        shown = (process.pid, facts.get("name"), facts.get("username"))
        problem = _signal(door, shown, force)
        if problem:
            notes.append(problem)
        else:
            signalled.append((process, shown))
    if not signalled:
        raise ToolFailed(notes[-1], "it may belong to another user: only its owner and root may stop it")
    left = _wait([process for process, _ in signalled])
    done = "killed" if force else "stopped"
    rows = [(*shown, "still running" if process in left else done) for process, shown in signalled]
    return _result(rows, notes, [process.pid for process in left], force)


def _result(rows: list[tuple[Scalar, ...]], notes: list[str], left: list[int], force: bool) -> Processes:
    if left:
        shown = ", ".join(map(str, left))
        message = f"still running after {PATIENCE:.0f} seconds: {shown}"
        pids = shown if len(left) == 1 else f"[{shown}]"
        hint = "it may be waiting for a disk or a network" if force else f"kill by force: stop({pids}, force=True)"
        if len(left) == len(rows):
            raise ToolFailed(message, hint)
        notes.append(f"{message}; {hint}")
    return Processes(COLUMNS, rows, notes)


def _signal(door: Door, shown: tuple[Scalar, ...], force: bool) -> str:
    """Send the signal; what went wrong, as a sentence. It reaches the process that was approved and no other."""
    pid, name, user = shown
    if not isinstance(pid, int) or not door.holds(pid):
        return gone(pid)
    try:
        door.signal(pid, signal.SIGKILL if force else signal.SIGTERM)
    except ProcessLookupError:
        return gone(pid)
    except PermissionError:
        return f"process {pid} ({name}) belongs to {user}: it may not be stopped"
    return ""


def _wait(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Those that are still there when time is up. A zombie has ended; only its parent has not noticed yet."""
    deadline = time.monotonic() + PATIENCE
    pause = 0.002
    while (left := [process for process in processes if _is_alive(process)]) and time.monotonic() < deadline:
        time.sleep(pause)
        pause = min(pause * 2, 0.05)
    return left


def _is_alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
