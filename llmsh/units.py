"""Sizes, ages and times: text to numbers and back."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

BYTES = {"": 1, "k": 2**10, "m": 2**20, "g": 2**30, "t": 2**40, "p": 2**50}
SECONDS = {"s": 1, "min": 60, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400, "mo": 30 * 86400, "y": 365 * 86400}
PREFIXES = ("B", "KB", "MB", "GB", "TB", "PB")


def parse_size(text: str) -> int:
    """Bytes in a size such as "500", "10K", "1.5M" or "2GB"; units are powers of 1,024. Raises ValueError."""
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)\s*([kmgtp]?)(?:i?b)?", text.strip(), re.IGNORECASE)
    if found is None:
        raise ValueError(f"not a size: {text!r}")
    return int(float(found[1]) * BYTES[found[2].lower()])


def parse_seconds(text: str) -> float:
    """Seconds in a duration such as "90", "30s", "5min", "12h", "7d", "2w", "6mo" or "1y". Raises ValueError."""
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)\s*(s|min|m|h|d|w|mo|y|)", text.strip().lower())
    if found is None:
        raise ValueError(f"not a duration: {text!r}")
    return float(found[1]) * SECONDS[found[2] or "s"]


def parse_moment(text: str, now: datetime) -> float:
    """Seconds since the epoch: a local date or time, "today" or "yesterday" (their start), or an age before `now`.

    Raises ValueError.
    """
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if text == "today":
        return day.timestamp()
    if text == "yesterday":
        return (day - timedelta(days=1)).timestamp()
    if re.match(r"[0-9]{4}-", text):
        return datetime.fromisoformat(text).timestamp()
    return now.timestamp() - parse_seconds(text)


def show_size(size: float) -> str:
    """A size for people: "0 B", "999 B", "1.5 KB", "12 MB"."""
    for prefix in PREFIXES:
        if abs(size) < 1000 or prefix == PREFIXES[-1]:
            break
        size /= 1024
    return f"{size:.0f} {prefix}" if prefix == "B" or abs(size) >= 10 else f"{size:.1f} {prefix}"


def show_seconds(seconds: float) -> str:
    """A duration for people, in its two largest units: "3 d 4 h", "5 min 2 s", "0.4 s"."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    parts = []
    rest = int(seconds)
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60), ("s", 1)):
        amount, rest = divmod(rest, size)
        if amount:
            parts.append(f"{amount} {unit}")
    return " ".join(parts[:2])


def iso_time(moment: float) -> str:
    """ISO 8601 in UTC, to the second: "2026-01-02T03:04:05Z"."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
