"""How long the machine has been running."""

from __future__ import annotations

import time

import psutil

from llmsh.tool import Example, tool
from llmsh.tools.paths import reads
from llmsh.types import Column, Table, Unit

COLUMNS = (Column("up", Unit.SECONDS), Column("booted", Unit.TIME))


@tool(
    effects=reads(default="/proc"),
    also=("boot time", "running since", "last reboot", "开机时间", "运行时间"),
    examples=(
        Example("how long has this computer been on?", "uptime()"),
        Example("uptime", "uptime()"),
        Example("when was the last reboot", 'uptime() | select("booted")'),
        Example("since when is it running?", 'uptime() | select("booted")'),
        Example("电脑开机多久了？", "uptime()", language="zh"),
        Example("上次重启是什么时候", 'uptime() | select("booted")', language="zh"),
    ),
)
def uptime() -> Table:
    """How long the machine has been running, and since when."""
    booted = psutil.boot_time()
    return Table(COLUMNS, [(round(time.time() - booted), booted)])
