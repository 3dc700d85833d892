"""What a request is read against: the names in the folder, an earlier turn, its result; made up to fit the plans."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from random import Random

from llmsh.check import BoundCall, BoundPlan
from llmsh.columns import FILES, NAME
from llmsh.tuning.slots import ENDINGS, Slots
from llmsh.tuning.values_file import Value
from llmsh.tuning.wording import CHINESE
from llmsh.types import (
    CHANGE_COLUMNS,
    LINE,
    MATCH_COLUMNS,
    PATH,
    Answer,
    Argument,
    Changes,
    Column,
    Files,
    Matches,
    Number,
    Processes,
    Question,
    Refusal,
    Rows,
    Scalar,
    Text,
)

EXISTING = ("path", "paths", "folder")
"""Kinds of parameters that name what is there, as a rule."""
NEW = ("to", "link")
MAKING = ("make_folder", "write", "touch", "save", "fetch")
UNSEEN = 0.25
"""How often a table that a request names is not there, so that its columns are not known."""
TABLES: dict[str, tuple[Scalar, ...]] = {
    "disks": ("/dev/sda1", "/dev/sda2", "/dev/nvme0n1p2", "tmpfs"),
    "network_interfaces": ("lo", "eth0", "wlan0", "docker0"),
    "users": ("ann", "bob", "root"),
    "accounts": ("root", "ann", "bob", "www-data"),
    "environment": ("HOME", "LANG", "PATH", "SHELL", "USER"),
    "ports": (22, 80, 443, 3000, 5432, 8080),
    "memory": ("memory", "swap"),
}


def result_type(bound: BoundPlan, last: type[Rows] | None = None) -> type[Rows]:
    """The type of what a plan gives."""
    flowing: type[Rows] = last or Rows
    for call in bound.steps[-1].calls:
        flowing = call.tool.gives or flowing
    return flowing


def result_rows(kind: type[Rows], bound: BoundPlan | None, slots: Slots, rng: Random) -> Rows:
    """A result of a type, such as the plan could have given."""
    wanted = _how_many(bound, rng)
    if issubclass(kind, Number):
        return Number((Column("value"),), [(rng.choice((0, 1, 3, 12, 47, 256, 1893, 20480, 1048576)),)])
    if issubclass(kind, Processes):
        return Processes((Column("pid"),), [(pid,) for pid in sorted(rng.sample(range(2, 40000), wanted))])
    if issubclass(kind, Text):
        return kind(LINE, [(_line(slots, rng),) for _ in range(wanted)])
    if issubclass(kind, Matches):
        return Matches(MATCH_COLUMNS, [(path, 1, "") for path in _paths(bound, slots, wanted, rng)])
    if issubclass(kind, Files) or kind is Rows:
        columns = CHANGE_COLUMNS if kind.__name__ == "Changes" else (PATH,)
        return kind(columns, [(path, "", None)[: len(columns)] for path in _paths(bound, slots, wanted, rng)])
    return kind((Column("value"),), [(value,) for value in _cells(bound, slots, wanted, rng)])


def is_said(kind: type[Rows]) -> bool:
    """Whether what a plan gives is words of the model, which leave the last result as it was."""
    return issubclass(kind, Question | Answer | Refusal)


def names_here(bound: BoundPlan, slots: Slots, rng: Random) -> list[str]:
    """Names in the working folder: what the plan speaks of, and others."""
    names = {name for name in spoken_files(bound) if rng.random() < 0.95}
    # a name like the one that is meant, which the prompt then shows: it must not be taken instead
    names |= {
        f"{name.rstrip('/').split('.')[0]}.{rng.choice(ENDINGS['file'].split())}"
        for name in sorted(names)
        if rng.random() < 0.1
    }
    stems = {name.rstrip("/").split(".")[0].lower() for name in names}
    for _ in range(rng.choice((0, 4, 8, 12))):
        kind = rng.choice(("file", "file", "folders"))
        name = _base(slots.draw("file", rng)) if kind == "file" else f"{rng.choice(slots.lists['folders']).plan}/"
        if name.split(".")[0].rstrip("/").lower() not in stems and not name.startswith((".", "/")):
            names.add(name)
    return sorted(names)


def columns_here(bound: BoundPlan, request: str, slots: Slots, rng: Random) -> dict[str, tuple[str, ...]]:
    """The columns of the tables that a plan and its request name: those that the plan speaks of, and others.

    They stand there whatever is done with the file, as in use. Now and then none, as where the file is not there; but
    a column by another name than the request's can be known from there alone.
    """
    calls = [call for step in bound.steps for call in step.calls]
    texts = dict.fromkeys(text for call in calls for value in call.arguments.values() for text in _texts(value))
    files = [text for text in texts if NAME.fullmatch(text) and text in request and "*" not in text][:FILES]
    used = list(dict.fromkeys(text for call in calls for text in _columns_of(call)))
    unsaid = any(name.lower() not in request.lower() for name in used)
    there = [file for file in files if rng.random() >= UNSEEN or (unsaid and file == files[0])]
    return {file: _columns(used if file == files[0] else [], slots, rng) for file in there}


def _columns(used: Sequence[str], slots: Slots, rng: Random) -> tuple[str, ...]:
    """The columns of one table, with others than those that are used, in the same language."""
    known = [str(value.plan) for value in slots.lists["column_names"]]
    fitting = [name for name in known if bool(CHINESE.search(name)) == any(map(CHINESE.search, used)) or not used]
    others = [name for name in rng.sample(fitting, rng.choice((1, 2, 3, 4))) if name not in used]
    columns = [*used, *others]
    rng.shuffle(columns)
    return tuple(columns)


def _columns_of(call: BoundCall) -> Iterator[str]:
    """The names of columns, or of a key of JSON, that a call speaks of."""
    for parameter in call.tool.parameters:
        if parameter.kind.name in ("column", "columns") or (call.tool.name == "parse_json" and parameter.name == "at"):
            texts = _texts(call.arguments[parameter.name])
            yield from (text.partition(".")[0] for text in texts if text and not text.lstrip("-").isdigit())


def spoken_files(bound: BoundPlan) -> list[str]:
    """The names in the working folder that a plan takes as being there, folders with a slash behind them."""
    return sorted(_spoken_of(bound))


def _spoken_of(bound: BoundPlan) -> set[str]:
    found: set[str] = set()
    for step in bound.steps:
        for call in step.calls:
            for parameter in call.tool.parameters:
                if parameter.kind.name in EXISTING and parameter.name not in NEW and call.tool.name not in MAKING:
                    found |= {_top(text) for text in _texts(call.arguments[parameter.name])}
    return found - {""}


def _texts(value: Argument) -> list[str]:
    return [item for item in (value if isinstance(value, tuple) else (value,)) if isinstance(item, str)]


def _top(path: str) -> str:
    """The name in the working folder that a path starts with; nothing where it starts elsewhere or has wildcards."""
    head, slash, _ = path.removeprefix("./").partition("/")
    if path.startswith(("/", "~", "..")) or head in ("", ".") or re.search(r"[*?\[{]", head):
        return ""
    return head if "." in head.lstrip(".") and not slash else head + "/"


def _base(value: Value) -> str:
    return os.path.basename(str(value.plan))


def _how_many(bound: BoundPlan | None, rng: Random) -> int:
    """How many rows: what `first` and its like leave, or any number, small ones mostly."""
    limit = 400
    for call in bound.steps[-1].calls if bound else ():
        for name in ("count", "first", "last"):
            kept = call.arguments.get(name)
            if isinstance(kept, int):
                limit = kept
    return min(limit, rng.choice((0, 1, 2, 3, 3, 4, 5, 5, 6, 7, 8, 9, 12, 17, 24, 38, 120)))


def _paths(bound: BoundPlan | None, slots: Slots, wanted: int, rng: Random) -> list[str]:
    """Paths that the plan could have found: in its folder, of its endings."""
    named = _named(bound) if bound else []
    if named:
        return named[: max(wanted, 1)]
    folder, ending, folders = "", "", False
    for call in bound.steps[-1].calls[:1] if bound else ():
        places = [text for name in ("folder", "paths") for text in _texts(call.arguments.get(name))]
        folder = places[0].rstrip("/") + "/" if places and places[0] != "." and "." not in places[0] else ""
        endings = re.findall(r"^\*(\.\w+)$", "\n".join(_texts(call.arguments.get("name"))), re.MULTILINE)
        ending, folders = (endings[0] if endings else ""), call.arguments.get("kind") == "folder"
    paths = set()
    for _ in range(wanted):
        name = _base(slots.draw("file", rng))
        name = str(rng.choice(slots.lists["folders"]).plan) if folders else name
        name = name.split(".")[0] + ending if ending and name.split(".")[0] else name
        below = f"{rng.choice(slots.lists['folders']).plan}/" if rng.random() < 0.25 else ""
        paths.add(folder + below + name)
    return sorted(paths)


def _named(bound: BoundPlan) -> list[str]:
    """The files that a plan of one call leaves, where it names each of them: those it made, at their new places."""
    calls = bound.steps[-1].calls
    if len(calls) != 1 or calls[0].tool.gives is not Changes:
        return []
    given, tool = calls[0].arguments, calls[0].tool.name
    names = [text for name in (*EXISTING, "names") for text in _texts(given.get(name))]
    to = given.get("to")
    if any(set(name) & set("*?[{") for name in (*names, *_texts(to))):
        return []
    if not isinstance(to, str) or not to:
        return names
    if tool == "archive":
        return [to]
    if tool == "rename":
        return [os.path.join(os.path.dirname(name), to) for name in names]
    is_name = len(names) == 1 and "." in os.path.basename(to).lstrip(".")
    places = {"copy", "move"}
    return [to if is_name else os.path.join(to, os.path.basename(name)) for name in names] if tool in places else []


def _line(slots: Slots, rng: Random) -> str:
    return " ".join(str(rng.choice(slots.lists[name]).plan) for name in rng.sample(("words", "texts", "stems"), 2))


def _cells(bound: BoundPlan | None, slots: Slots, wanted: int, rng: Random) -> list[Scalar]:
    tools = [call.tool.name for call in bound.steps[-1].calls] if bound else []
    for tool in tools:
        if tool in TABLES:
            return list(TABLES[tool])
        if tool in ("file_info", "file_type", "disk_usage", "count_each", "checksum", "compare_folders"):
            return list(_paths(bound, slots, max(wanted, 1), rng))
    kind = rng.choice(("stems", "users", "words"))
    return [str(rng.choice(slots.lists[kind]).plan) for _ in range(wanted)]
