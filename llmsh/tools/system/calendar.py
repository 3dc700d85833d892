"""A month or a year as a calendar."""

from __future__ import annotations

from calendar import TextCalendar
from datetime import datetime
from typing import Annotated

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Kind, tool
from llmsh.types import LINE, Text

Month = Annotated[str, Kind("month", r"[0-9]{4}(-[0-9]{1,2})?", "a month such as 2026-11, or a year")]
FEBRUARY = (
    "   February 2024",
    "Mo Tu We Th Fr Sa Su",
    "          1  2  3  4",
    " 5  6  7  8  9 10 11",
    "12 13 14 15 16 17 18",
    "19 20 21 22 23 24 25",
    "26 27 28 29",
)


@tool(
    also=("cal", "month", "日历", "月历"),
    examples=(
        Example("show a calendar", "calendar()"),
        Example("calendar of february 2024", 'calendar("2024-02")', finds=FEBRUARY),
        Example("cal 2026", 'calendar("2026")'),
        Example("what weekday was the 29th of february 2024?", 'calendar("2024-02")', finds=FEBRUARY),
        Example("显示本月日历", "calendar()", language="zh"),
    ),
)
def calendar(month: Month = "") -> Text:
    """A calendar of this month, or of another month or year.

    Args:
        month: a month such as 2026-11, or a year such as 2026.
    """
    today = datetime.now()
    year, _, number = (month or f"{today.year}-{today.month}").partition("-")
    if not 1 <= int(year) <= 9999 or (number and not 1 <= int(number) <= 12):
        raise ToolFailed(f"there is no month {month}", "write it like 2026-11, or a year alone")
    drawn = TextCalendar().formatmonth(int(year), int(number)) if number else TextCalendar().formatyear(int(year))
    return Text(LINE, [(line.rstrip(),) for line in drawn.rstrip("\n").split("\n")])
