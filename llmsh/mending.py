"""Paths put right: those copied from the request with a part missing, and words for a folder of the user's.

A small model drops a part of a long path now and then: home/a/b.txt or /b.txt for /srv/home/a/b.txt. Where what it
wrote was not said and is not there, while just one path that was said and that the plan does not use has the same parts
in the same order, that one was meant. Or it puts a folder before them that nobody spoke of, or that things go to; or
looks in the folder that it leaves out, where all else was meant; or gives a name as it was said, the readme for
README.md. And "my downloads" is the folder in the home folder, where none is here: to look into it or to put things
there, not where it is what the call makes, changes or deletes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from llmsh.check import BoundCall, BoundPlan
from llmsh.effects import changes
from llmsh.foreseen import foreseen, takes_processes
from llmsh.registry import Parameter
from llmsh.said import PATHS, parts, words
from llmsh.types import Argument, Call, Plan
from llmsh.user_folders import in_user_folder

HERE = "."


@dataclass(frozen=True)
class _Heard:
    """What a request says: its words, those that are paths the plan does not use, and whether the plan only reads."""

    said: tuple[str, ...]
    left: tuple[str, ...]
    reads: bool


def mended(plan: BoundPlan, request: str) -> Plan | None:
    """The plan with its paths as the request has them; None where there is nothing to mend."""
    said = words(request)
    calls = [call for step in plan.steps for call in step.calls]
    used = {path.rstrip("/") for call in calls for path in _paths(call)}
    left = tuple(word for word in dict.fromkeys(said) if "/" in word.strip("/") and word not in used)
    heard = _Heard(said, () if used <= {*said} else left, all(map(_only_reads, calls)))
    steps = []
    for bound, step in zip(plan.steps, plan.plan.steps, strict=True):
        steps.append(replace(step, calls=tuple(_call(call, heard) for call in bound.calls)))
    found = Plan(tuple(steps))
    return None if found == plan.plan else found


def _paths(call: BoundCall) -> Iterator[str]:
    for parameter in call.tool.parameters:
        if _is_path(parameter):
            value = call.arguments[parameter.name]
            yield from (str(item) for item in (value if isinstance(value, tuple) else (value,)) if item is not None)


def _is_path(parameter: Parameter) -> bool:
    return parameter.kind.name in PATHS or parameter.name == "to"


def _call(bound: BoundCall, heard: _Heard) -> Call:
    """The call as it was written, or with every argument by name where one of them was mended."""
    changed: dict[str, Argument] = {}
    for parameter in filter(_is_path, bound.tool.parameters):
        value = bound.arguments[parameter.name]
        items = value if isinstance(value, tuple) else (value,)
        meant = tuple(_meant(bound, parameter, item, heard) if isinstance(item, str) else item for item in items)
        excluded = heard.reads and parameter.default in (HERE, (HERE,)) and {*meant} <= {*_items_of(bound, "exclude")}
        if meant and excluded:
            changed[parameter.name] = parameter.default
        elif meant != items:
            changed[parameter.name] = meant if isinstance(value, tuple) else meant[0]
    if not changed:
        return bound.call
    given = {
        parameter.name: bound.arguments[parameter.name]
        for parameter in bound.tool.parameters
        if parameter.required or bound.arguments[parameter.name] != parameter.default
    }
    return Call(bound.tool.name, (), tuple({**given, **changed}.items()))


def _meant(bound: BoundCall, parameter: Parameter, path: str, heard: _Heard) -> str:
    """The path that is meant by one in a plan, as far as that is sure; itself otherwise."""
    found = _in_user_folder(bound, parameter, path, heard)
    if found or path.rstrip("/") in heard.said or not parts(path):
        return found or path
    kept = {*_items_of(bound, "exclude"), *_items_of(bound, "not_name")}
    left = [word for word in heard.left if parts(word)[-1] not in kept]
    whole = [word for word in left if _is_end(path, word) or _is_start(path, word)]
    found = _bare(bound, parameter, path, heard) or (whole[0] if len(whole) == 1 else None)
    in_full = heard.reads and parameter.kind.name != "folder" and parameter.name != "folder"
    return found or (_in_full(path) if in_full else None) or path


def _in_user_folder(bound: BoundCall, parameter: Parameter, path: str, heard: _Heard) -> str | None:
    """The folder of the user's that a word stands for, to look into it or to put things there."""
    found = in_user_folder(path)
    literal = path.startswith("~/") and path.rstrip("/") in heard.said
    return found if found is not None and not literal and _goes_into(bound, parameter, found) else None


def _bare(bound: BoundCall, parameter: Parameter, path: str, heard: _Heard) -> str | None:
    """What was said and is there, where a path that is not there has a folder before it that it cannot be in.

    That is the folder where things go, or, where nothing is changed, one below here that nobody spoke of.
    """
    if parameter.name == "to" or path.startswith(("~", "/")) or ".." in path.split("/") or os.path.lexists(path):
        return None
    for bare in heard.said:
        folder = path.removesuffix(f"/{bare}")
        if folder != path and parts(folder) and os.path.lexists(bare):
            unsaid = heard.reads and not _is_heard(folder, bare, heard.said)
            return bare if unsaid or folder in _items_of(bound, "to") else None
    return None


def _is_heard(folder: str, bare: str, said: Sequence[str]) -> bool:
    """Whether any part of a folder was said, or something like it, beside the name itself."""
    spoken = {part.lower() for word in said if word != bare for part in parts(word)}
    return any(part.lower() in word or word in part.lower() for part in parts(folder) for word in spoken)


def _items_of(bound: BoundCall, name: str) -> list[str]:
    """The texts that an argument holds, if there is one of that name."""
    value = bound.arguments.get(name)
    return [item for item in (value if isinstance(value, tuple) else (value,)) if isinstance(item, str)]


def _goes_into(bound: BoundCall, parameter: Parameter, folder: str) -> bool:
    """Whether a call looks into a folder or puts things there, and does not make, change or delete it itself."""
    if parameter.kind.name == "folder":
        return True
    value: Argument = (folder,) if parameter.kind.name == "paths" else folder
    effects = foreseen(bound, **{parameter.name: value})
    if effects is None:
        return False
    place = os.path.realpath(os.path.expanduser(folder))
    changed = {os.path.realpath(path) for path in (*effects.writes, *effects.overwrites, *effects.deletes)}
    reached = {*changed, *map(os.path.realpath, effects.reads)}
    return place not in changed and any(f"{path}/".startswith(f"{place}/") for path in reached)


def _in_full(path: str) -> str | None:
    """The one file with a name that is not there, but for its ending and capitals: README.md."""
    folder, name = os.path.split(path)
    if os.path.lexists(os.path.expanduser(path)):
        return None
    try:
        names = os.listdir(os.path.expanduser(folder) or HERE)
    except OSError:
        return None
    found = [other for other in names if name.lower() in (other.lower(), other.lower().partition(".")[0])]
    return os.path.join(folder, found[0]) if len(found) == 1 else None


def _only_reads(bound: BoundCall) -> bool:
    effects = foreseen(bound)
    return effects is not None and not changes(effects) and not takes_processes(bound)


def _is_end(path: str, word: str) -> bool:
    """Whether a path that is not there leaves out parts before the last of one that is there, or may be made."""
    left, whole = parts(path), parts(word)
    rest = iter(whole)
    place = os.path.expanduser(word)
    is_there = os.path.lexists(place) or os.path.isdir(os.path.dirname(place))
    same_end = left[-1] == whole[-1] and len(left) < len(whole)
    return same_end and all(part in rest for part in left) and is_there and not os.path.lexists(path)


def _is_start(path: str, word: str) -> bool:
    """Whether an absolute path stops short of a folder that is there."""
    return path.startswith("/") and word.startswith(path.rstrip("/") + "/") and os.path.isdir(word)
