"""What can be said of effects without judging them: absolute paths, their union, whether they change anything."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from llmsh.types import Effects


def resolve(effects: Effects, cwd: str) -> Effects:
    """The same effects with absolute paths, each once, in order.

    What is read is followed through every link. What is deleted is the name itself: its folder is followed, a link in
    the last place is not. What is written is both: a tool may replace the link, a program writes through it, and
    a link that was planted to lead out of the folder must be seen by policy.
    """
    return replace(
        effects,
        reads=_once(os.path.realpath(_absolute(path, cwd)) for path in effects.reads),
        deletes=_once(_name(path, cwd) for path in effects.deletes),
        writes=_once(place for path in effects.writes for place in _places(path, cwd)),
        overwrites=_once(place for path in effects.overwrites for place in _places(path, cwd)),
        runs=_once(effects.runs),
        hosts=_once(effects.hosts),
        signals=tuple(dict.fromkeys(effects.signals)),
    )


def union(many: Iterable[Effects]) -> Effects:
    """Everything that any of them does, each once, in order."""
    listed = list(many)
    joined: dict[str, Any] = {}
    for field in fields(Effects):
        values = [getattr(effects, field.name) for effects in listed]
        if field.name == "network":
            joined[field.name] = any(values)
        else:
            joined[field.name] = tuple(dict.fromkeys(item for value in values for item in value))
    return Effects(**joined)


def changes(effects: Effects) -> bool:
    """Whether files or processes of this machine are changed."""
    return bool(effects.writes or effects.overwrites or effects.deletes or effects.signals)


def _absolute(path: str, cwd: str) -> str:
    return os.path.join(cwd, os.path.expanduser(path))


def _name(path: str, cwd: str) -> str:
    """The place a name has: its folder without links, the name as it is. `.` and `..` are the folders they mean."""
    full = _absolute(path, cwd).rstrip("/") or "/"
    folder, name = os.path.split(full)
    if name in ("", ".", ".."):
        return os.path.realpath(full)
    return os.path.join(os.path.realpath(folder), name)


def _places(path: str, cwd: str) -> tuple[str, str]:
    name = _name(path, cwd)
    return name, os.path.realpath(name)


def _once(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(paths))
