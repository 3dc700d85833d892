"""Which ports of this machine are in use, and by whom."""

from __future__ import annotations

import socket
from typing import Any

import psutil

from llmsh.errors import ToolFailed
from llmsh.tool import Example, tool
from llmsh.tools.paths import reads
from llmsh.tools.processes.known import contains
from llmsh.types import Column, Row, Table

COLUMNS = (
    Column("port"),
    Column("protocol"),
    Column("address"),
    Column("state"),
    Column("remote"),
    Column("pid"),
    Column("process"),
)
STATES = {psutil.CONN_LISTEN: "listening", psutil.CONN_NONE: "open"}
"""The words for the two states of a socket that waits; the others are called as the kernel calls them."""
OWNED = ("listening", "open", "established")
"""States of a socket that some process holds; in the others the kernel alone does."""


@tool(
    in_session=True,  # the kernel shows nobody in a cage what is open in processes outside of it
    effects=reads(default="/proc"),
    also=("netstat", "ss", "listening", "open ports", "connections", "sockets", "端口", "监听", "连接"),
    examples=(
        Example("which ports are open on this machine?", "ports()"),
        Example("what is using port 8080", "ports(port=8080)"),
        Example("is anything listening on 5432?", "ports(port=5432)"),
        Example("show all network connections", "ports(all=True)"),
        Example("which port does nginx listen on", 'ports(process="nginx")'),
        Example("netstat please, with the established ones too", "ports(all=True)"),
        Example("how many ports are listening", "ports() | count()"),
        Example("who is connected to port 22", "ports(port=22, all=True)"),
        Example("8080 端口被谁占用了？", "ports(port=8080)", language="zh"),
        Example("查看正在监听的端口", "ports()", language="zh"),
        Example("显示所有网络连接", "ports(all=True)", language="zh"),
    ),
)
def ports(*, port: int | None = None, process: str | None = None, pid: int | None = None, all: bool = False) -> Table:
    """Ports that programs listen on, or all network connections.

    Args:
        port: only this port of this machine.
        process: only those of programs with this name.
        pid: only those of this process.
        all: connections too, not only ports that are listened on.
    """
    try:
        sockets = psutil.net_connections(kind="inet")
    except psutil.AccessDenied:
        raise ToolFailed("this system does not show the ports in use", "only root may ask") from None
    names: dict[int, str | None] = {}
    asked = [item for item in sockets if item.laddr and (all or _waits(item)) and port in (None, item.laddr.port)]
    rows = {_row(item, names) for item in asked}
    hidden = sum(row[5] is None and row[3] in OWNED for row in rows)
    found = [row for row in rows if pid in (None, row[5]) and (process is None or _is_of(row, process))]
    notes = [f"ports whose process may not be seen: {hidden}"] if hidden else []
    if not found:
        notes.append("there is no such connection" if all else "nothing listens there")
    return Table(COLUMNS, sorted(found, key=lambda row: (row[0], str(row[1:]))), notes)


def _is_of(row: Row, process: str) -> bool:
    return contains([str(row[6] or "").lower()], process)


def _waits(item: Any) -> bool:
    """Whether a socket waits for others to come: TCP that listens, UDP without a partner."""
    return bool(item.status == psutil.CONN_LISTEN or (item.type == socket.SOCK_DGRAM and not item.raddr))


def _row(item: Any, names: dict[int, str | None]) -> Row:
    protocol = "udp" if item.type == socket.SOCK_DGRAM else "tcp"
    state = STATES.get(item.status, str(item.status).lower())
    remote = f"{item.raddr.ip}:{item.raddr.port}" if item.raddr else None
    if item.pid is not None and item.pid not in names:
        names[item.pid] = _name(item.pid)
    return (item.laddr.port, protocol, item.laddr.ip, state, remote, item.pid, names.get(item.pid))


def _name(pid: int) -> str | None:
    try:
        return psutil.Process(pid).name()
    except psutil.Error:  # it has ended since
        return None
