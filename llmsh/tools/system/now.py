"""The date and the time, here or elsewhere."""

from __future__ import annotations

import calendar
import re
import time
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Annotated

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Kind, tool
from llmsh.types import LINE, Text
from llmsh.units import parse_seconds

FORMATS = {
    "full": "%Y-%m-%d %H:%M:%S %Z %A",
    "date": "%Y-%m-%d",
    "time": "%H:%M:%S",
    "weekday": "%A",
    "month": "%B",
    "year": "%Y",
    "week": "%V",
    "zone": "%Z %z",
}
CITIES = {
    "beijing": "Asia/Shanghai",
    "北京": "Asia/Shanghai",
    "上海": "Asia/Shanghai",
    "中国": "Asia/Shanghai",
    "china": "Asia/Shanghai",
    "shenzhen": "Asia/Shanghai",
    "香港": "Asia/Hong_Kong",
    "台北": "Asia/Taipei",
    "东京": "Asia/Tokyo",
    "日本": "Asia/Tokyo",
    "首尔": "Asia/Seoul",
    "新加坡": "Asia/Singapore",
    "india": "Asia/Kolkata",
    "delhi": "Asia/Kolkata",
    "new delhi": "Asia/Kolkata",
    "mumbai": "Asia/Kolkata",
    "伦敦": "Europe/London",
    "巴黎": "Europe/Paris",
    "柏林": "Europe/Berlin",
    "莫斯科": "Europe/Moscow",
    "纽约": "America/New_York",
    "洛杉矶": "America/Los_Angeles",
    "悉尼": "Australia/Sydney",
    "washington": "America/New_York",
    "boston": "America/New_York",
    "miami": "America/New_York",
    "san francisco": "America/Los_Angeles",
    "seattle": "America/Los_Angeles",
    "munich": "Europe/Berlin",
    "geneva": "Europe/Zurich",
    "milan": "Europe/Rome",
    "barcelona": "Europe/Madrid",
}
"""Places people ask about that the time zone database knows under another name."""

Offset = Annotated[
    str, Kind("offset", r"[-+]?[0-9]+(\.[0-9]+)?(s|min|m|h|d|w|mo|y)", "a time away, such as +3d, -2w, +1mo or 90min")
]


@tool(
    also=("date", "time", "clock", "today", "timestamp", "day of the week", "日期", "时间", "几点", "星期几", "今天"),
    examples=(
        Example("what time is it?", 'now(format="time")'),
        Example("today's date", 'now(format="date")'),
        Example("what time is it in Tokyo right now", 'now("Asia/Tokyo", format="time")'),
        Example("date", "now()"),
        Example("which day of the week is it?", 'now(format="weekday")'),
        Example("give me the unix timestamp", 'now(format="timestamp")'),
        Example("the date in 30 days, please", 'now(format="date", offset="+30d")'),
        Example("what was the date two weeks ago", 'now(format="date", offset="-2w")'),
        Example("print today as day/month/year", 'now(format="%d/%m/%Y")'),
        Example("which time zone am I in", 'now(format="zone")'),
        Example("UTC time in iso format", 'now("UTC", format="iso")'),
        Example("现在几点了？", 'now(format="time")', language="zh"),
        Example("今天星期几", 'now(format="weekday")', language="zh"),
        Example("纽约现在几点？", 'now("America/New_York", format="time")', language="zh"),
    ),
)
def now(zone: str = "", *, format: str = "full", offset: Offset | None = None) -> Text:
    """The date and time now, here or in another time zone.

    Args:
        zone: a time zone such as Europe/Paris or UTC, or a city.
        format: full, date, time, weekday, month, year, week, zone, iso, timestamp, or a pattern such as %d/%m/%Y.
        offset: that long from now, or before now with a minus.
    """
    if format not in (*FORMATS, "iso", "timestamp") and "%" not in format:
        shown = ", ".join((*FORMATS, "iso", "timestamp"))
        raise ToolFailed(f"there is no format {format}", f"it is one of {shown}, or a pattern such as %d/%m/%Y")
    time.tzset()  # the session's TZ may be another one than this process started with
    moment = datetime.now(_zone(zone)) if zone else datetime.now().astimezone()
    if offset:
        moment = _shifted(moment, offset)
    return Text(LINE, [(_shown(moment, format),)])


def _shown(moment: datetime, format: str) -> str:
    if format == "iso":
        return moment.isoformat(timespec="seconds")
    if format == "timestamp":
        return str(int(moment.timestamp()))
    return moment.strftime(FORMATS.get(format, format))


def _zone(name: str) -> tzinfo:
    """The time zone of that name or of that city."""
    from zoneinfo import ZoneInfo, available_timezones

    wanted = CITIES.get(name.lower().strip(), name.strip()).replace(" ", "_").lower()
    known = {zone.lower(): zone for zone in available_timezones()}
    if wanted in known:
        return ZoneInfo(known[wanted])
    for lowered in sorted(known):
        if lowered.endswith("/" + wanted):
            return ZoneInfo(known[lowered])
    raise ToolFailed(f"there is no time zone {name}", "name it like Europe/Paris, or a large city in it")


def _shifted(moment: datetime, offset: str) -> datetime:
    """A moment some time away: months and years by the calendar, days by the clock on the wall."""
    found = re.fullmatch(r"([-+]?)(.+?)(mo|y|d|w|h|min|m|s)", offset)
    if found is None:
        raise ToolFailed(f"not a time away: {offset}", "write it like +3d, -2w, +1mo or 90min")
    sign = -1 if found[1] == "-" else 1
    try:
        if found[3] in ("mo", "y"):
            months = float(found[2]) * (12 if found[3] == "y" else 1)
            return _months_on(moment, sign * round(months))
        seconds = sign * parse_seconds(found[2] + found[3])
        if found[3] in ("d", "w"):
            return _on_the_wall(moment.replace(tzinfo=None) + timedelta(seconds=seconds), moment)
        return datetime.fromtimestamp(moment.timestamp() + seconds, UTC).astimezone(_lasting(moment))
    except (ValueError, OverflowError):
        raise ToolFailed(f"{offset} from now is no date", "stay between the years 1 and 9999") from None


def _months_on(moment: datetime, months: int) -> datetime:
    """The same day some months on; the last of the month where that has no such day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return _on_the_wall(moment.replace(tzinfo=None, year=year, month=month + 1, day=day), moment)


def _on_the_wall(naive: datetime, like: datetime) -> datetime:
    """A time of day in the zone of another moment, with the summer time that holds then."""
    zone = _lasting(like)
    return naive.astimezone() if zone is None else naive.replace(tzinfo=zone)


def _lasting(moment: datetime) -> tzinfo | None:
    """The zone of a moment where it was asked for by name; None for the local one, which knows today's offset alone."""
    return None if isinstance(moment.tzinfo, timezone) else moment.tzinfo
