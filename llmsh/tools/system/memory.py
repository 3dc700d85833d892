"""How much memory there is and how much is free."""

from __future__ import annotations

import psutil

from llmsh.tool import Example, tool
from llmsh.tools.paths import reads
from llmsh.types import Column, Table, Unit

COLUMNS = (
    Column("kind"),
    Column("total", Unit.BYTES),
    Column("used", Unit.BYTES),
    Column("available", Unit.BYTES),
    Column("percent", Unit.PERCENT),
)


@tool(
    effects=reads(default="/proc"),
    also=("ram", "swap", "free", "内存", "交换"),
    examples=(
        Example("how much memory is free?", "memory()", finds=("memory", "swap")),
        Example("ram usage", "memory()", finds=("memory", "swap")),
        Example("is any swap in use", "memory() | last()", finds=("swap",)),
        Example("how much RAM does this computer have", 'memory() | first() | select("total")'),
        Example("还剩多少内存？", "memory()", finds=("memory", "swap"), language="zh"),
        Example("内存使用情况", "memory()", finds=("memory", "swap"), language="zh"),
    ),
)
def memory() -> Table:
    """Memory and swap: how much there is, is used and is available."""
    main, swap = psutil.virtual_memory(), psutil.swap_memory()
    rows = [
        ("memory", main.total, main.used, main.available, main.percent),
        ("swap", swap.total, swap.used, swap.free, swap.percent),
    ]
    return Table(COLUMNS, rows)
