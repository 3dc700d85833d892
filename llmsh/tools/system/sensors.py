"""Temperatures and fans."""

from __future__ import annotations

import psutil

from llmsh.tool import Example, tool
from llmsh.tools.paths import reads
from llmsh.types import Column, Row, Table

COLUMNS = (
    Column("sensor"),
    Column("label"),
    Column("reading"),
    Column("unit"),
    Column("high"),
    Column("critical"),
)


@tool(
    effects=reads(default="/sys"),
    also=("temperature", "fans", "heat", "hot", "温度", "风扇", "传感器"),
    examples=(
        Example("how hot is the cpu?", "sensors()"),
        Example("temperatures", "sensors()"),
        Example("what is the highest temperature", 'sensors() | where("unit", "=", "°C") | largest(by="reading")'),
        Example("how fast are the fans running", 'sensors() | where("unit", "=", "rpm")'),
        Example("电脑现在多少度？", "sensors()", language="zh"),
    ),
)
def sensors() -> Table:
    """Temperatures in degrees Celsius and fan speeds."""
    rows: list[Row] = [
        (name, item.label or None, item.current, "°C", item.high, item.critical)
        for name, items in psutil.sensors_temperatures().items()
        for item in items
    ]
    rows += [
        (name, item.label or None, item.current, "rpm", None, None)
        for name, items in psutil.sensors_fans().items()
        for item in items
    ]
    return Table(COLUMNS, rows, [] if rows else ["this machine shows no sensors"])
