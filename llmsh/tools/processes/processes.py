"""The running processes, with what they use."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any, Literal

import psutil

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Pids, tool
from llmsh.tools.paths import reads
from llmsh.tools.processes.known import COLUMNS, FACTS, average_cpu, contains, program_names, row_of
from llmsh.types import Processes, Row

INTERVAL = 0.15
LARGEST_FIRST = ("memory", "cpu", "started")
Filter = Callable[[dict[str, Any]], bool]


@tool(
    in_session=True,  # the kernel shows nobody in a cage which process outside of it a port belongs to
    effects=reads(default="/proc"),
    also=("ps", "top", "tasks", "running programs", "task manager", "cpu usage", "进程", "占用", "任务"),
    examples=(
        Example("which process uses the most memory?", 'processes(sort="memory") | first()'),
        Example("top 5 by cpu", 'processes(sort="cpu") | first(5)'),
        Example("list all running processes", "processes()"),
        Example("is nginx running?", 'processes(name="nginx")'),
        Example("how many python processes are there", 'processes(name="python") | count()'),
        Example("what is listening on port 8080? show me the process", "processes(port=8080)"),
        Example("show root's processes", 'processes(user="root")'),
        Example("what was started most recently", 'processes(sort="started") | first()'),
        Example("find the process that was started with manage.py", 'processes(command="manage.py")'),
        Example("what is process 1", "processes(pids=1)", finds=(1,)),
        Example("any zombies?", 'processes(status="zombie")'),
        Example("please show my own processes sorted by name", 'processes(mine=True, sort="name")'),
        Example("哪个进程占用 CPU 最多？", 'processes(sort="cpu") | first()', language="zh"),
        Example("列出所有 java 进程", 'processes(name="java")', language="zh"),
        Example("内存占用前十的进程", 'processes(sort="memory") | first(10)', language="zh"),
    ),
)
def processes(
    *,
    name: str | None = None,
    command: str | None = None,
    user: str | None = None,
    mine: bool = False,
    port: int | None = None,
    pids: Pids = (),
    status: Literal["running", "sleeping", "stopped", "zombie"] | None = None,
    sort: Literal["memory", "cpu", "name", "pid", "started", "user"] | None = None,
) -> Processes:
    """Running processes with the memory and processor time they use.

    Memory is what is held in physical memory. `cpu` is a percentage of one processor: measured now with sort="cpu",
    the average since the process started otherwise.

    Args:
        name: part of the program's name, or a name with wildcards.
        command: part of the whole command line.
        user: only this user's.
        mine: only those of the user who asks.
        port: only those that use this port of this machine.
        pids: only these process ids.
        status: only those in this state.
        sort: memory, cpu and started put the largest or newest first.
    """
    only = _only(pids, port)
    owner = psutil.Process().username() if mine else user
    wanted = partial(_is_wanted, name=name, command=command, user=owner, only=only, status=status)
    facts = _measured(wanted) if sort == "cpu" else [(item, average_cpu(item)) for item in _facts(wanted)]
    found = [row_of(item, cpu) for item, cpu in facts]
    there = {row[0] for row in found}
    if pids and not there:
        raise ToolFailed(f"there is no process {pids[0]}", "see which processes there are with processes()")
    notes = [f"there is no process {pid}" for pid in pids if pid not in there]
    if not found:
        notes.append(_nothing(name or command, owner, port))
    return Processes(COLUMNS, _sorted(found, sort or "pid"), notes)


def _only(pids: tuple[int, ...], port: int | None) -> frozenset[int] | None:
    """The process ids that are asked for; None for all."""
    if port is None:
        return frozenset(pids) or None
    try:
        sockets = psutil.net_connections(kind="inet")
    except psutil.AccessDenied:
        raise ToolFailed("this system does not say which process uses a port", "only root may ask") from None
    using = {item.pid for item in sockets if item.pid is not None and item.laddr and item.laddr.port == port}
    return frozenset(using & set(pids) if pids else using)


def _is_wanted(
    facts: dict[str, Any],
    *,
    name: str | None,
    command: str | None,
    user: str | None,
    only: frozenset[int] | None,
    status: str | None,
) -> bool:
    return (
        (only is None or facts["pid"] in only)
        and (not name or contains(program_names(facts["name"], facts["cmdline"]), name))
        and (not command or command.lower() in " ".join(facts["cmdline"] or ()).lower())
        and (not user or facts["username"] == user)
        and (not status or facts["status"] == status or (status == "sleeping" and facts["status"] == "idle"))
    )


def _facts(wanted: Filter) -> list[dict[str, Any]]:
    """What is known of each process that is wanted; those that end meanwhile are left out."""
    return [process.info for process in psutil.process_iter(FACTS) if wanted(process.info)]


def _measured(wanted: Filter) -> list[tuple[dict[str, Any], float | None]]:
    """The same with the processor use over a short interval."""
    running = list(psutil.process_iter(FACTS))
    for process in running:
        _cpu(process)
    time.sleep(INTERVAL)
    return [(process.info, _cpu(process)) for process in running if wanted(process.info)]


def _cpu(process: psutil.Process) -> float | None:
    try:
        return float(process.cpu_percent())
    except psutil.Error:  # it has ended, or may not be looked into
        return None


def _sorted(rows: list[Row], by: str) -> list[Row]:
    """Rows by a column, the largest first where that is what is looked for; unknown values last."""
    index = [column.name for column in COLUMNS].index(by)
    known = [row for row in rows if row[index] is not None]
    known.sort(key=lambda row: str(row[index]).lower() if by in ("name", "user") else row[index])  # type: ignore[return-value, arg-type]
    if by in LARGEST_FIRST:
        known.reverse()
    return known + [row for row in rows if row[index] is None]


def _nothing(name: str | None, user: str | None, port: int | None) -> str:
    """Why the list is empty, as a sentence."""
    if port is not None:
        hidden = "" if psutil.Process().uids().effective == 0 else " that you may look into"
        return f"no process{hidden} uses port {port}"
    what = " named " + name if name else ""
    return f"there is no process{what}" + (f" of {user}" if user else "")
