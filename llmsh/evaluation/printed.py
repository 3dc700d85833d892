"""Whether what was printed is what should have been: up to order, spacing and the spelling of paths and numbers.

A result of the shell comes as the turn's JSON: typed rows, each an object by column name. A row is printed in one of
several forms (a match as path:line:text or as its text), and a table may hold more columns than were asked for.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

MANY = 400
"""Rows from which on they are not paired with lines one by one."""
LINES = ("Text", "Diff", "WorkingFolder")
PATHS = ("Files", "Changes", "Tree")
SILENT = ("Changes", "WorkingFolder")
"""Results that plain output tells on standard error, or that only say where one is."""


@dataclass(frozen=True)
class Place:
    """The home and working folder that paths are relative to."""

    home: str
    cwd: str

    def line(self, text: str) -> str:
        """A line with single spaces, each of its paths relative to the working folder."""
        full = re.sub(r"^~(?=/)", lambda _: self.home, text.strip())
        inside = full.removeprefix(self.cwd + "/")  # before words are told apart, since a folder's name may hold spaces
        return " ".join(self.path(word) for word in inside.split())

    def path(self, text: str) -> str:
        """A path below the home relative to the working folder, without "./" and a "/" at its end; else the text."""
        if "/" not in text and text != "~":
            return text
        full = os.path.normpath(self.home + text[1:] if text.startswith("~") else text)
        if full == self.home or full.startswith(self.home + "/"):
            return os.path.relpath(full, self.cwd)
        return full


def shown(turn: dict[str, Any]) -> list[str]:
    """What a turn printed, a line a row, all cells of a row beside one another."""
    result = turn["result"]
    if result is None:
        return str(turn["message"]).splitlines() if turn["status"] == "answered" else []
    return ["\t".join(_text(cell) for cell in row.values() if cell is not None) for row in result["rows"]]


def heading(turn: dict[str, Any]) -> str:
    """The line above a table of several columns, as it is printed; nothing where there are no rows."""
    result = turn["result"]
    if result is None or result["type"] in (*LINES, *PATHS, "Matches", "Number") or not result["rows"]:
        return ""
    return "\t".join(result["rows"][0]) if len(result["rows"][0]) > 1 else ""


def is_printed(turn: dict[str, Any], wanted: Sequence[str], place: Place, *, ordered: bool) -> bool:
    """Whether a turn printed the lines that are wanted."""
    lines = [line for line in (place.line(text) for text in wanted) if line]
    result = turn["result"] or {"type": "Text", "rows": [{"line": line} for line in shown(turn)]}
    if not lines and result["type"] in SILENT:
        return True
    kind, rows = result["type"], result["rows"]
    if any(_equal(form, lines, ordered=ordered) for form in _forms(kind, rows, place)):
        return True
    if kind in LINES:
        return False
    if len(lines) == 1 and len(rows) == 1 and _number(lines[0]) is not None:
        return any(_same(lines[0], _text(cell)) for cell in rows[0].values())
    return _paired(lines, [_words(row, place) for row in rows], ordered=ordered)


def _forms(kind: str, rows: list[dict[str, Any]], place: Place) -> Iterator[list[str]]:
    """The ways in which rows may be printed, as lines."""

    def lines(form: Callable[[dict[str, Any]], str]) -> list[str]:
        return [line for line in (place.line(form(row)) for row in rows) if line]

    if kind in PATHS:
        yield lines(lambda row: _text(row.get("path")))
        yield lines(lambda row: os.path.basename(_text(row.get("path")).rstrip("/")))  # as `ls folder` prints names
    elif kind == "Matches":
        for columns in (("path", "line", "text"), ("path", "text"), ("line", "text"), ("text",)):
            yield lines(lambda row, columns=columns: ":".join(_text(row.get(name)) for name in columns))  # type: ignore[misc]
    else:
        yield lines(lambda row: " ".join(_text(cell) for cell in row.values()))


def _equal(found: list[str], wanted: list[str], *, ordered: bool) -> bool:
    return found == wanted if ordered else Counter(found) == Counter(wanted)


def _words(row: dict[str, Any], place: Place) -> list[str]:
    """The words of all cells of a row."""
    return [word for cell in row.values() for word in place.line(_text(cell)).split()]


def _paired(lines: list[str], rows: list[list[str]], *, ordered: bool) -> bool:
    """Whether each line belongs to a row of its own that holds all its words, and no row is left over."""
    if len(lines) != len(rows) or not lines or len(lines) > MANY:
        return False
    if ordered:
        return all(map(_holds, rows, lines))
    fits = [[at for at, row in enumerate(rows) if _holds(row, line)] for line in lines]
    owner: dict[int, int] = {}
    return all(_settle(line, fits, owner, set()) for line in range(len(lines)))


def _settle(line: int, fits: list[list[int]], owner: dict[int, int], tried: set[int]) -> bool:
    """Give a line a row, another line moving on to another of its rows where need be (Kuhn's matching)."""
    for row in fits[line]:
        if row not in tried:
            tried.add(row)
            if row not in owner or _settle(owner[row], fits, owner, tried):
                owner[row] = line
                return True
    return False


def _holds(row: list[str], line: str) -> bool:
    """Whether all words of a line are among those of a row, each as often."""
    left = list(row)
    for word in line.split():
        found = next((at for at, other in enumerate(left) if _same(word, other)), None)
        if found is None:
            return False
        del left[found]
    return True


def _same(wanted: str, found: str) -> bool:
    """Whether two words are equal, as numbers too: to as many places as the wanted one has, rounded or cut off."""
    if wanted == found:
        return True
    first, second = _number(wanted), _number(found)
    if first is None or second is None:
        return False
    places = len(wanted.partition(".")[2]) if "e" not in wanted.lower() else 0
    return first == second or (places > 0 and abs(first - second) < 10.0**-places)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if value == value and abs(value) != float("inf") else None  # noqa: PLR0124  only NaN differs from itself


def _text(cell: object) -> str:
    """A cell as plain output writes it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)
