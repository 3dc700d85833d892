"""The columns of the tables that a request names: what the heading of a CSV file says, or the keys of a JSON file.

A model that sees them need not guess that "the oldest" are those with the largest `age`.
"""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping

ENDING = r"\.(?:csv|tsv|json)(?![A-Za-z0-9_]|\.[A-Za-z0-9])"
NAME = re.compile(r"[^\s\"'`“”‘’「」《》()（）,，;；:：。？！?!、]+?" + ENDING, re.IGNORECASE)
CHINESE = re.compile("[\u3400-\u9fff]")
MARKS = ",;\t|"
LARGEST = 1 << 16
MOST = 12
"""Columns that are named at most: what is wider is no table that people speak of by its columns."""
LONGEST = 24
FILES = 2
SPOKEN = 2000
"""Characters of a request that are looked at: what is longer was pasted."""
Allowed = Callable[[str], bool]


def columns_named(request: str, allowed: Allowed = lambda _path: True) -> dict[str, tuple[str, ...]]:
    """The columns of the first files that a request names and that are there, by the name as it was written.

    `allowed` says of an absolute path whether it may be looked into unasked.
    """
    found: dict[str, tuple[str, ...]] = {}
    for written in dict.fromkeys(NAME.findall(request[:SPOKEN])):
        name = next((name for name in _ends(written) if os.path.isfile(_place(name))), "")
        columns = _columns(_place(name)) if name and len(found) < FILES and allowed(_place(name)) else ()
        if 0 < len(columns) <= MOST and max(map(len, columns)) <= LONGEST:
            found[name] = columns
    return found


def columns_line(name: str, columns: tuple[str, ...]) -> str:
    """How a model is told of them."""
    return f"In {name}: {', '.join(columns)}"


def _place(name: str) -> str:
    """Where a name leads, through every link."""
    return os.path.realpath(os.path.expanduser(name))


def _ends(name: str) -> Iterator[str]:
    """A name, and what is left of it without the Chinese before it, which needs no space: 把people.csv."""
    yield name
    yield from (name[index:] for index in range(1, len(name)) if CHINESE.match(name[index - 1]))


def _columns(path: str) -> tuple[str, ...]:
    """The columns of a file; none where it cannot be read or holds no table."""
    try:
        with open(path, encoding="utf-8-sig") as file:
            text = file.read(LARGEST)
        return _keys(json.loads(text)) if path.lower().endswith(".json") else _heading(text)
    except (OSError, ValueError, RecursionError, csv.Error):
        return ()


def _heading(text: str) -> tuple[str, ...]:
    line = text.lstrip("\r\n").partition("\n")[0].rstrip("\r")
    cells = next(csv.reader([line], delimiter=max(MARKS, key=line.count)), [])
    names = tuple(cell.strip() for cell in cells)
    return names if len(names) > 1 and all(names) and not any(name[0].isdigit() for name in names) else ()


def _keys(value: object) -> tuple[str, ...]:
    """The keys of an object, or of the first of a list of them."""
    first = value[0] if isinstance(value, list) and value else value
    return tuple(map(str, first)) if isinstance(first, Mapping) else ()
