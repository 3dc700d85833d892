"""The date, the time and the calendar."""

import re
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from llmsh.errors import ToolFailed
from llmsh.tools.system.calendar import calendar
from llmsh.tools.system.now import _shifted, now


def said(*args, **options):
    return next(iter(now(*args, **options).rows))[0]


@pytest.fixture
def berlin(monkeypatch):
    """A session whose time zone is not that of the process."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    yield
    monkeypatch.undo()
    time.tzset()


def test_the_time_in_a_zone_is_that_of_the_zone():
    told = datetime.fromisoformat(said("Asia/Kolkata", format="iso"))
    assert told.utcoffset() == timedelta(hours=5, minutes=30)
    assert abs(told.timestamp() - time.time()) < 2


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        ("tokyo", "Asia/Tokyo"),
        ("New York", "America/New_York"),
        ("Beijing", "Asia/Shanghai"),
        ("北京", "Asia/Shanghai"),
    ],
)
def test_a_city_means_its_zone(place, zone):
    assert said(place, format="zone") == datetime.now(ZoneInfo(zone)).strftime("%Z %z")


def test_the_sessions_own_zone_counts(berlin):
    assert said(format="zone") == datetime.now(ZoneInfo("Europe/Berlin")).strftime("%Z %z")


@pytest.mark.parametrize(
    ("form", "pattern"),
    [
        ("full", r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC [A-Z][a-z]+day"),
        ("date", r"\d{4}-\d\d-\d\d"),
        ("time", r"\d\d:\d\d:\d\d"),
        ("weekday", r"[A-Z][a-z]+day"),
        ("month", r"[A-Z][a-z]+"),
        ("year", r"\d{4}"),
        ("week", r"\d\d"),
        ("iso", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00"),
        ("timestamp", r"\d{10}"),
        ("%d/%m/%Y", r"\d\d/\d\d/\d{4}"),
    ],
)
def test_each_format_has_its_shape(form, pattern):
    assert re.fullmatch(pattern, said("UTC", format=form))


def test_an_unknown_zone_and_an_unknown_format_are_errors():
    with pytest.raises(ToolFailed, match="there is no time zone Atlantis"):
        now("Atlantis")
    with pytest.raises(ToolFailed, match="there is no format fancy"):
        now(format="fancy")


@pytest.mark.parametrize(
    ("start", "offset", "end"),
    [
        ("2024-01-31T12:00", "+1mo", "2024-02-29T12:00+01:00"),
        ("2024-02-29T12:00", "-1y", "2023-02-28T12:00+01:00"),
        ("2024-03-30T12:00", "+1d", "2024-03-31T12:00+02:00"),  # summer time begins between the two
        ("2024-03-31T01:30", "+1h", "2024-03-31T03:30+02:00"),
        ("2024-01-10T00:00", "-2w", "2023-12-27T00:00+01:00"),
        ("2024-01-10T00:00", "90min", "2024-01-10T01:30+01:00"),
    ],
)
def test_an_offset_counts_days_and_months_by_the_calendar(start, offset, end):
    zone = ZoneInfo("Europe/Berlin")
    moved = _shifted(datetime.fromisoformat(start).replace(tzinfo=zone), offset)
    assert moved.astimezone(zone).isoformat(timespec="minutes") == end


@pytest.mark.parametrize("offset", ["+9000y", "-99999999999d", "soon"])
def test_an_offset_that_leads_nowhere_is_an_error(offset):
    with pytest.raises(ToolFailed, match=re.escape(offset)):
        now(offset=offset)


def test_an_offset_moves_the_date():
    tomorrow = datetime.now(ZoneInfo("UTC")) + timedelta(days=1)
    assert said("UTC", offset="+1d", format="date") in {
        f"{tomorrow:%Y-%m-%d}",
        f"{tomorrow + timedelta(seconds=5):%Y-%m-%d}",
    }


def test_a_month_is_drawn_with_its_weekdays():
    assert [row[0] for row in calendar("2023-05").rows] == [
        "      May 2023",
        "Mo Tu We Th Fr Sa Su",
        " 1  2  3  4  5  6  7",
        " 8  9 10 11 12 13 14",
        "15 16 17 18 19 20 21",
        "22 23 24 25 26 27 28",
        "29 30 31",
    ]


def test_a_year_has_twelve_months_and_no_month_means_this_one():
    year = "\n".join(str(row[0]) for row in calendar("2024").rows)
    assert all(name in year for name in ("January", "June", "December"))
    assert list(calendar().rows) == list(calendar(f"{datetime.now():%Y-%m}").rows)


@pytest.mark.parametrize("month", ["2024-13", "2024-00", "0000"])
def test_a_month_that_is_none_is_an_error(month):
    with pytest.raises(ToolFailed, match=f"there is no month {month}"):
        calendar(month)
