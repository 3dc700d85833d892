"""Who is logged in."""

from __future__ import annotations

import psutil

from llmsh.tool import Example, tool
from llmsh.types import Column, Effects, Table, Unit

COLUMNS = (Column("user"), Column("terminal"), Column("host"), Column("since", Unit.TIME), Column("pid"))


def _looks(**_: object) -> Effects:
    return Effects(reads=("/var/run/utmp", "/proc"))


@tool(
    effects=_looks,
    also=("who", "logged in", "sessions", "w", "登录用户", "在线用户"),
    examples=(
        Example("who is logged in?", "users()"),
        Example("who", "users()"),
        Example("how many people are logged in right now", 'users() | unique("user") | count()'),
        Example("from where is bob logged in", 'users() | where("user", "=", "bob") | select("host")'),
        Example("现在有谁登录了？", "users()", language="zh"),
    ),
)
def users() -> Table:
    """Users who are logged in, from where and since when."""
    rows = [(item.name, item.terminal, item.host or None, item.started, item.pid) for item in psutil.users()]
    return Table(COLUMNS, rows, [] if rows else ["nobody is logged in on a terminal"])
