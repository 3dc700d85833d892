"""What the files of a trial are like: facts that pass every test of a find_files call, and facts that fail one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from llmsh.types import Argument
from llmsh.units import parse_moment, parse_size

BYTES = {"c": 1, "w": 2, "b": 512, "": 512, "k": 1 << 10, "M": 1 << 20, "G": 1 << 30}
PLACES = {"u": 6, "g": 3, "o": 0}
RIGHTS = {"r": 4, "w": 2, "x": 1, "X": 1}


@dataclass(frozen=True)
class Facts:
    """What one file, or folder, is like; None where it does not matter."""

    size: int | None = None
    age: float = 40 * 60
    mode: int | None = None
    owner: str | None = None
    group: str | None = None


def variants(arguments: Mapping[str, Argument], now: float, beside: Iterable[Facts] = ()) -> Iterator[Facts]:
    """Facts that pass every test first, then, for each test, facts that fail only it, then those of `beside`."""
    match = Facts()
    misses: list[Facts] = []
    for test in (_sizes, _ages, _modes, _owners):
        match, failing = test(arguments, match, now)
        misses = [_with(facts, match) for facts in misses] + failing
    yield match
    yield from misses
    yield from (_with(facts, match) for facts in beside)


def near(words: Iterable[str]) -> Iterator[Facts]:
    """Ages and sizes just this side and that side of what a find command itself names, whatever its plan says."""
    before = ""
    for word in words:
        if (age := re.fullmatch(r"[-+]?([0-9]+)", word)) and re.fullmatch(r"-[acm](time|min)", before):
            unit = 60 if before.endswith("min") else 86400
            for number in (int(age[1]) - 0.5, int(age[1]) + 0.5, int(age[1]) + 1.5):
                yield Facts(age=max(number, 0.1) * unit)
        elif before == "-size" and (size := re.fullmatch(r"[-+]?([0-9]+)([cwbkMG]?)", word)):
            yield Facts(size=int(size[1]) * BYTES[size[2]] + 20)
            yield Facts(size=max(int(size[1]) * BYTES[size[2]] - 20, 0))
        before = word


def _with(miss: Facts, match: Facts) -> Facts:
    """What fails an earlier test passes the later ones."""
    plain = Facts()
    changed = {name: value for name, value in vars(miss).items() if value != getattr(plain, name)}
    return replace(match, **changed)


Tested = tuple[Facts, list[Facts]]


def _sizes(arguments: Mapping[str, Argument], match: Facts, _: float) -> Tested:
    least, most, exact = (arguments[name] for name in ("min_size", "max_size", "size"))
    if arguments["empty"] is not None:
        sizes: list[int | None] = [0, None]
        return replace(match, size=sizes[not arguments["empty"]]), [
            replace(match, size=sizes[bool(arguments["empty"])])
        ]
    if isinstance(exact, str):
        size = parse_size(exact)
        return replace(match, size=size), [replace(match, size=miss) for miss in (size + 1, max(size - 1, 0))]
    low = parse_size(least) if isinstance(least, str) else 0
    if isinstance(most, str):
        high = parse_size(most)
        failing = [high + 10, high * 2, *([max(low - 10, 0)] if low else [])]
        return replace(match, size=(low + high) // 2), [replace(match, size=size) for size in failing]
    if isinstance(least, str):
        return replace(match, size=low + 10), [replace(match, size=max(low - 10, 0)), replace(match, size=low * 3)]
    return match, []


def _ages(arguments: Mapping[str, Argument], match: Facts, now: float) -> Tested:
    moment = datetime.fromtimestamp(now)
    new, old = arguments["newer_than"], arguments["older_than"]
    start = now - parse_moment(new, moment) if isinstance(new, str) else None
    end = now - parse_moment(old, moment) if isinstance(old, str) else 0.0
    if arguments["newer_than_file"] is not None:
        return replace(match, age=600), [replace(match, age=5 * 3600)]
    if start is None and not end:
        return match, []
    ages = [] if start is None else [start * 1.1, start * 3]
    ages += [end * 0.9, end * 0.4] if end else []
    middle = end * 1.5 if start is None else (start + end) / 2
    return replace(match, age=middle), [replace(match, age=age) for age in ages]


def _modes(arguments: Mapping[str, Argument], match: Facts, _: float) -> Tested:
    mode = mode_for(arguments["permission"], arguments["executable"])
    if mode is None:
        return match, []
    failing = (0o644, 0o600, 0o755, 0o777, 0o666, mode ^ 0o111, mode ^ 0o222)
    return replace(match, mode=mode), [replace(match, mode=bits) for bits in failing]


def _owners(arguments: Mapping[str, Argument], match: Facts, _: float) -> Tested:
    failing = []
    owner, group = arguments["owner"], arguments["group"]
    if isinstance(owner, str):
        match = replace(match, owner=owner)
        failing.append(replace(match, owner="root"))
    if isinstance(group, str):
        match = replace(match, group=group)
        failing.append(replace(match, group="root"))
    return match, failing


def mode_for(permission: Argument, executable: Argument) -> int | None:
    """Permissions that pass a test; None where there is none."""
    if executable is not None:
        return 0o755 if executable else 0o644
    if not isinstance(permission, str):
        return None
    if permission.isdecimal():
        return int(permission, 8)
    bits = 0o600
    for clause in permission.split(","):
        found = re.fullmatch(r"([ugoa]*)([-+=])([rwxXst]*)", clause)
        if found is None:
            return None
        for who in "ugo" if not found[1] or "a" in found[1] else found[1]:
            for letter in found[3]:
                bit = _bit(who, letter)
                bits = bits & ~bit if found[2] == "-" else bits | bit
    return bits


def _bit(who: str, letter: str) -> int:
    special = {"su": 0o4000, "sg": 0o2000, "to": 0o1000, "tu": 0o1000, "tg": 0o1000}
    return special.get(letter + who, RIGHTS.get(letter, 0) << PLACES[who])
