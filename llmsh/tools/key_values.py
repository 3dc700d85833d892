"""The value of a key in settings: `timeout = 30`, `"port": 80,`, `export NAME="x"`, `name: x  # why`, `Port 22`."""

from __future__ import annotations

import re
from collections.abc import Callable

START = r"(?:^[ \t]*(?:(?:export|set|const|let|var|-)[ \t]+)*|(?P<inside>[{,][ \t]*))"
QUOTED = r'"(?:[^"\\\n]|\\.)*"' + r"|'[^'\n]*'"
AMONG_OTHERS = r"[^\s,;}\]{\[][^\s,;}\]]*"
TO_THE_END = r"[^\s;,{\[](?:[^\n]*?[^\s,;])??(?=[ \t]*[,;]?[ \t]*(?:[ \t](?:[#;]|//)[^\n]*)?$)"
"""The rest of the line, without a comment and without the comma or semicolon that ends it."""
EMPTY = r"(?<==)(?=[ \t]*$)"
JOINED = r"[ \t]*(?:=>|:=|=(?!=)|:(?=[ \t\"'\w-]))[ \t]*"
APART = r"[ \t]+"
JSON_VALUE = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null|[{\[\"].*")


def with_value(
    text: str, key: str, new: str, is_old: Callable[[str], bool], *, ignore_case: bool, once: bool
) -> tuple[str, int]:
    """The text with `new` as the value of a key wherever its value `is_old`, and how many were changed.

    Quotes stay as they are. A space between key and value counts only where no line has the key with = or a colon.
    """
    count = 0

    def changed(found: re.Match[str]) -> str:
        nonlocal count
        value = found["value"]
        quote = value[0] if len(value) > 1 and value[0] in "'\"" else ""
        if not is_old(value.strip(quote) if quote else value) or (once and count):
            return found[0]
        count += 1
        if found["quote"] and not JSON_VALUE.fullmatch(new):
            quote = quote or '"'  # in JSON a word must be quoted, also where a number stood
        return found["key"] + (new if new.startswith(quote) and quote else quote + new + quote)

    for separator in (JOINED, APART):
        pattern = _pattern(key, separator, ignore_case=ignore_case)
        if pattern.search(text):
            return pattern.sub(changed, text), count
    return text, 0


def _pattern(key: str, separator: str, *, ignore_case: bool) -> re.Pattern[str]:
    """A key at the start of a line or among others in braces, with its value."""
    name = rf"(?P<quote>[\"'])?{re.escape(key)}(?(quote)(?P=quote))"
    bare = f"(?(inside){AMONG_OTHERS}|(?(quote){AMONG_OTHERS}|{TO_THE_END}))"
    flags = re.MULTILINE | (re.IGNORECASE if ignore_case else 0)
    return re.compile(f"(?P<key>{START}{name}{separator})(?P<value>{QUOTED}|{bare}|{EMPTY})", flags)
