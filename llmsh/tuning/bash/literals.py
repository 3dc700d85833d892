"""Does a request name what its plan names? Training on plans with paths and values out of nowhere teaches inventing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from llmsh.types import Argument, Call, Plan

WORDS: Mapping[str, str] = MappingProxyType({
    "/": r"file ?system|root|system|entire|whole|everywhere|disk|anywhere|machine|computer|server|根|系统",
    "~": r"home|主目录|家目录|~", "py": "python", "txt": "text|文本", "jpg": "jpe?g|image|picture|photo|图",
    "jpeg": "jpe?g|image|picture|图", "png": "image|picture|图", "gif": "image|picture", "js": "java ?script",
    "rb": "ruby", "pl": "perl", "sh": "shell|script", "cpp": r"c\+\+|cpp", "cc": r"c\+\+", "h": "header|[.*]h",
    "c": r"\bc\b|[.*]c", "java": "java", "html": "html|web", "htm": "html", "o": "object", "swp": "swap",
    "log": "log|日志", "tmp": "temp", "bak": "backup", "gz": "gzip|gz|compress|压缩", "class": "class", "pyc": "python",
    "md": "markdown", "mp3": "mp3|music|audio", "conf": "config", "svn": "svn|subversion", "git": "git", "xls": "excel",
    "doc": "word|document", "pdf": "pdf", "csv": "csv", "css": "css|style", "tar": "tar", "zip": "zip", "core": "core",
})  # fmt: skip
NUMBERS: Mapping[str, str] = MappingProxyType({
    "1": r"\bone\b|\ba\b|\ban\b|single|yesterday|today|last (day|hour|minute)|24 ?h|current|first|top|一|天",
    "2": r"\btwo\b|second|两|二",
    "3": "three|third|三", "4": "four|四", "5": "five|五", "6": "six", "7": "seven|week|周", "8": "eight", "9": "nine",
    "10": r"\bten\b|十|default|first|last|top|head|tail|begin|end|开头|末尾",
    "14": "two weeks|fortnight", "20": "twenty", "24": "day", "30": "month|thirty|月", "31": "month",
    "60": "hour|minute|sixty|小时",
    "90": "three months|quarter", "100": "hundred", "120": "two hours|2 hours", "365": "year|年",
    "180": "six months|half a year|3 hours",
    "366": "year", "1000": "thousand", "512": "", "1440": "day|24", "0": "empty|zero|today|24|less than|day",
})  # fmt: skip
UNITS: Mapping[str, str] = MappingProxyType({
    "min": "min(?:ute)?", "h": "hour|hr", "d": "day", "w": "week", "mo": "month", "y": "year",
})  # fmt: skip
TOP_FOLDERS = frozenset((
    "", "etc", "usr", "var", "tmp", "opt", "bin", "sbin", "lib", "dev", "proc", "boot", "srv", "mnt", "media", "root",
    "sys",
))  # fmt: skip
"""Folders below the root that are meant also where only their name is said; home is not one of them."""
FREE = (
    "separator",
    "format",
    "by",
    "kind",
    "time",
    "what",
    "column",
    "side",
    "columns",
    "fields",
    "op",
    "sort",
    "show",
    "hidden",
    "depth",
    "min_depth",
)


def strangers(plan: Plan, request: str) -> list[str]:
    """The values of a plan that stand nowhere in the request."""
    return [
        value for step in plan.steps for call in step.calls for value in _values(call) if not stands_in(value, request)
    ]


def _values(call: Call) -> Iterator[str]:
    if call.tool in ("select", "cut", "where", "sort", "largest", "smallest", "unique", "group", "split", "join_lines"):
        args: list[Argument] = [value for value in call.args if isinstance(value, int)]
        args += list(call.args[2:]) if call.tool == "where" else []
    else:
        args = list(call.args)
    options = dict(call.options)
    if "newer_than" in options and "older_than" in options and _next_to(options["newer_than"], options["older_than"]):
        del options["newer_than"]  # an age of exactly two days lies between two and three
    args += [value for name, value in options.items() if name not in FREE]
    for value in args:
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, str) or (isinstance(item, int) and not isinstance(item, bool)):
                yield str(item)


def _next_to(newer: Argument, older: Argument) -> bool:
    numbers = [re.match("[0-9]+", str(value)) for value in (newer, older)]
    return all(numbers) and int(numbers[0][0]) == int(numbers[1][0]) + 1  # type: ignore[index]


def stands_in(value: str, request: str) -> bool:
    """Whether a request names a value, as it is or in words. What holds no letter and no digit needs no name."""
    text = request.lower()
    if value in WORDS and re.search(WORDS[value], text):
        return True
    if value == "/":
        return False
    if re.fullmatch(r"[-/]?([ugoa]*[-+=][rwxstX]*,?)+", value):  # permissions, which are said in words
        return True
    if value.lower().rstrip("/") in text:
        return True
    if re.fullmatch(r"0[0-7]{3}", value):
        value = value[1:]
    if value.startswith("/") and (top := value.split("/")[1].lower()) not in TOP_FOLDERS and f"/{top}" not in text:
        return False  # a folder of that name, but not below the root
    pieces = re.findall(r"[^\W_]+", re.sub(r"\\[bswdSWDrnt]|\[[^\]]*\]", " ", value.lower().removeprefix("~")))
    return all(_piece(piece, text) for piece in pieces) and (
        not value.startswith("~") or bool(re.search("home|~|主目录", text))
    )


def _piece(piece: str, text: str) -> bool:
    if found := re.fullmatch(r"([0-9]+)(k|m|g|t|d|w|h|min|mo|y|s|)", piece):
        number, unit = found[1], found[2]
        if _of_other_unit(number, unit, text):
            return False
        spelled = NUMBERS.get(number)
        return _holds(number, text) or bool(spelled and re.search(spelled, text)) or _scaled(int(number), unit, text)
    if piece in text if len(piece) > 1 else re.search(rf"(?<![a-z]){re.escape(piece)}(?![a-z])", text):
        return True
    return piece in WORDS and re.search(WORDS[piece], text) is not None


def _of_other_unit(number: str, unit: str, text: str) -> bool:
    """Whether a number of minutes, hours or days is said as one of something else: 60min of 60 days."""
    said = re.search(rf"(?<![0-9]){number}[ -]?({'|'.join(UNITS.values())})", text)
    return unit in UNITS and said is not None and re.fullmatch(UNITS[unit], said[1]) is None


def _holds(number: str, text: str) -> bool:
    return re.search(rf"(?<![0-9]){number}(?![0-9])", text.replace(",", "")) is not None


def _scaled(number: int, unit: str, text: str) -> bool:
    """The same amount in the next larger unit: 60min as 1 hour, 14d as 2 weeks, 2048K as 2 MB."""
    factors = {"min": (60, 1440), "d": (7, 30, 365), "k": (1024, 1000), "m": (1024, 1000), "": (1024, 1000, 1048576)}
    for factor in factors.get(unit, ()):
        if number % factor == 0 and (_holds(str(number // factor), text) or (number == factor and unit != "")):
            return True
    return False
