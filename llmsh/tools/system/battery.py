"""How full the battery is."""

from __future__ import annotations

import psutil

from llmsh.tool import Example, tool
from llmsh.tools.paths import reads
from llmsh.types import Column, Table, Unit

COLUMNS = (Column("percent", Unit.PERCENT), Column("plugged_in"), Column("left", Unit.SECONDS))


@tool(
    effects=reads(default="/sys"),
    also=("power", "charge", "charging", "电池", "电量", "充电"),
    examples=(
        Example("how full is the battery?", 'battery() | select("percent")'),
        Example("battery", "battery()"),
        Example("is the laptop charging", 'battery() | select("plugged_in")'),
        Example("how long will the battery last?", 'battery() | select("left")'),
        Example("电池还有多少电？", 'battery() | select("percent")', language="zh"),
    ),
)
def battery() -> Table:
    """The battery: how full it is, whether it is plugged in, how long it lasts."""
    found = psutil.sensors_battery()
    if found is None:
        return Table(COLUMNS, [], ["there is no battery"])
    left = found.secsleft if found.secsleft >= 0 else None  # negative: unknown, or plugged in
    return Table(COLUMNS, [(round(found.percent, 1), found.power_plugged, left)])
