"""How much went over the network."""

from __future__ import annotations

import psutil

from llmsh.errors import ToolFailed
from llmsh.tool import Example, tool
from llmsh.tools.paths import reads
from llmsh.types import Column, Table, Unit

COLUMNS = (
    Column("name"),
    Column("received", Unit.BYTES),
    Column("sent", Unit.BYTES),
    Column("errors"),
    Column("dropped"),
)


@tool(
    effects=reads(default="/proc"),
    also=("traffic", "bandwidth", "data used", "downloaded", "流量", "网络流量"),
    examples=(
        Example("how much data went over the network?", "network_usage()"),
        Example("network traffic of eth0", 'network_usage("eth0")'),
        Example("how much have I downloaded since boot", 'network_usage() | sum("received")'),
        Example("which interface sent the most", 'network_usage() | largest(by="sent")'),
        Example("网络流量统计", "network_usage()", language="zh"),
    ),
)
def network_usage(name: str | None = None) -> Table:
    """Bytes received and sent by each network interface since the machine started.

    Args:
        name: only this interface.
    """
    counters = psutil.net_io_counters(pernic=True, nowrap=False)
    if name is not None and name not in counters:
        raise ToolFailed(f"there is no interface {name}", f"there are {', '.join(sorted(counters))}")
    rows = [
        (each, item.bytes_recv, item.bytes_sent, item.errin + item.errout, item.dropin + item.dropout)
        for each, item in sorted(counters.items())
        if name in (None, each)
    ]
    return Table(COLUMNS, rows)
