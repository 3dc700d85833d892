"""Processes under the processes that started them."""

from __future__ import annotations

from typing import Any

import psutil

from llmsh.errors import ToolFailed
from llmsh.tool import Example, tool
from llmsh.tools.paths import reads
from llmsh.tools.processes.known import called, command_of
from llmsh.types import Column, Processes, Row, Unit

COLUMNS = (
    Column("pid"),
    Column("name"),
    Column("user"),
    Column("memory", Unit.BYTES),
    Column("parent"),
    Column("depth"),
    Column("command"),
)
FACTS = ["pid", "ppid", "name", "username", "memory_info", "cmdline"]


@tool(
    effects=reads(default="/proc"),
    also=("pstree", "child processes", "parent process", "进程树", "子进程", "父进程"),
    examples=(
        Example("show the process tree", "process_tree()"),
        Example("which processes did 1234 start?", "process_tree(1234)"),
        Example("pstree for nginx", 'process_tree(name="nginx")'),
        Example("what is the parent of process 812", 'process_tree(812) | first() | select("parent")'),
        Example("用树状图显示进程", "process_tree()", language="zh"),
        Example("看看 1234 的子进程", "process_tree(1234)", language="zh"),
    ),
)
def process_tree(pid: int | None = None, *, name: str | None = None) -> Processes:
    """Processes with their children, each under its parent.

    Args:
        pid: only this process and what it started.
        name: only the processes of this name and what they started.
    """
    facts = {process.info["pid"]: process.info for process in psutil.process_iter(FACTS)}
    roots = _roots(facts, pid, name)
    children: dict[int | None, list[int]] = {}
    for each, info in sorted(facts.items()):
        children.setdefault(info["ppid"], []).append(each)
    return Processes(COLUMNS, _below(roots, facts, children))


def _roots(facts: dict[int, dict[str, Any]], pid: int | None, name: str | None) -> list[int]:
    """Where the trees begin: what was asked for, else every process whose parent is not among them."""
    if pid is not None:
        if pid not in facts:
            raise ToolFailed(f"there is no process {pid}", "see which processes there are with processes()")
        return [pid]
    if name:
        found = [process.pid for process in called(name) if process.pid in facts]
        if not found:
            raise ToolFailed(f"no process is named {name}", f'look for it with processes(command="{name}")')
        return [each for each in found if facts[each]["ppid"] not in found]
    return [each for each, info in sorted(facts.items()) if info["ppid"] not in facts or info["ppid"] == each]


def _below(roots: list[int], facts: dict[int, dict[str, Any]], children: dict[int | None, list[int]]) -> list[Row]:
    """Rows of the roots and all below them, parents first; each once, since a pid that was reused could make a ring."""
    rows: list[Row] = []
    seen: set[int] = set()
    waiting = [(root, 0) for root in reversed(roots)]
    while waiting:
        pid, depth = waiting.pop()
        if pid in seen:
            continue
        seen.add(pid)
        info = facts[pid]
        memory = None if info["memory_info"] is None else info["memory_info"].rss
        rows.append((pid, info["name"], info["username"], memory, info["ppid"], depth, command_of(info)))
        waiting.extend((child, depth + 1) for child in reversed(children.get(pid, [])))
    return rows
