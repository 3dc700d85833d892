"""Lines cut into fields: what stands between them is found by looking, where nobody says it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TypeVar

SEPARATORS = "\t,;|:"
SAMPLE = 20
"""Lines to look at. So few that a stream is read on at once."""

QUOTED = re.compile(r'"[^"]*"')
TIME = re.compile(r"(?<![\d:])\d{1,2}:\d\d(?::\d\d(?:,\d{3}(?= ))?)?(?![\d:])")
"""The colons of 12:30, and the comma that loggers write before milliseconds, separate nothing."""

Item = TypeVar("Item")


def separator_of(lines: Sequence[str]) -> str | None:
    """The first of the signs that cuts all of these lines into the same number of fields; None for white space.

    A colon counts only where it ends the first word: later in the line it belongs to prose, addresses and times.
    """
    filled = [TIME.sub("", QUOTED.sub("", line)) for line in lines if line.strip()]
    for sign in SEPARATORS:
        counts = {line.count(sign) for line in filled}
        if len(counts) != 1 or counts == {0}:
            continue
        if sign != ":" or not any(re.search(r"\s", line.partition(":")[0].strip()) for line in filled):
            return sign
    return None


def fields_of(line: str, separator: str | None) -> list[str]:
    """The fields of a line with a separator that was found: without quotes, and without space around them."""
    if separator is None:
        return line.split()
    cells = line.split(separator)
    if '"' in line:
        import csv

        cells = next(csv.reader([line], delimiter=separator, skipinitialspace=True), [])
    return [cell.strip() for cell in cells]


def sampled(items: Iterable[Item]) -> tuple[list[Item], Iterator[Item]]:
    """The first few items, and all of them again."""
    iterator = iter(items)
    head = list(islice(iterator, SAMPLE))
    return head, chain(head, iterator)
