"""Texts and names that a pattern matches: one or two of each, for the tree that a translation is proved in."""

from __future__ import annotations

import re
from re import _parser  # type: ignore[attr-defined]  # the only reader of regular expressions there is

from llmsh.errors import ToolFailed
from llmsh.tools.globs import braces

KNOWN = {"CATEGORY_DIGIT": "7", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "w", "CATEGORY_NOT_SPACE": "x"}


def names_for(pattern: str, fill: str = "") -> list[str]:
    """Names that a wildcard pattern matches; `fill` makes them different from others."""
    try:
        singles = braces(pattern)
    except ToolFailed:
        return []
    return [name for single in singles for name in _filled(single, fill)]


def _filled(pattern: str, fill: str) -> list[str]:
    found = re.sub(r"\[[!^][^\]]*\]", "q", pattern)
    found = re.sub(r"\[(.)-.[^\]]*\]|\[(.)[^\]]*\]", lambda sign: sign[1] or sign[2], found)
    found = found.replace("?", "k")
    if "*" not in found:
        return [found]
    return [found.replace("*", f"ab{fill}"), found.replace("*", f"one-two{fill}")]


def texts_for(pattern: str) -> list[str]:
    """Texts that a regular expression matches; the pattern itself where it is not one."""
    try:
        found = _text(_parser.parse(pattern))
    except (re.error, ValueError, KeyError, TypeError, OverflowError):
        return [pattern]
    return [text for text in (found,) if text and "\n" not in text]


def _text(parsed: object) -> str:
    return "".join(_part(str(kind), value) for kind, value in parsed)  # type: ignore[attr-defined]


def _part(kind: str, value: object) -> str:
    found: object = value
    if kind == "LITERAL":
        return chr(found)  # type: ignore[arg-type]
    if kind == "NOT_LITERAL":
        return "z"
    if kind == "ANY":
        return "m"
    if kind == "IN":
        return _of_set(found)  # type: ignore[arg-type]
    if kind == "BRANCH":
        return _text(found[1][0])  # type: ignore[index]
    if kind == "SUBPATTERN":
        return _text(found[3])  # type: ignore[index]
    if kind in ("MAX_REPEAT", "MIN_REPEAT"):
        least, most, inner = found  # type: ignore[misc]
        return _text(inner) * max(int(least), min(1, int(most)))  # type: ignore[has-type,no-any-return]
    return ""


def _of_set(items: list[tuple[object, object]]) -> str:
    if str(items[0][0]) == "NEGATE":
        return "z"
    kind, value = str(items[0][0]), items[0][1]
    if kind == "LITERAL":
        return chr(value)  # type: ignore[arg-type]
    if kind == "RANGE":
        return chr(value[0])  # type: ignore[index]
    return KNOWN.get(str(value), "w")
