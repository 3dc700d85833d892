"""New names for files, one or many at once."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Literal

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Paths, tool
from llmsh.tools.atomic import scratch_name
from llmsh.tools.changing import changes, existing, note
from llmsh.tools.paths import targets
from llmsh.types import Changes, Effects, Files, Row, Rows

NUMBER = re.compile(r"\{n(?::0?([0-9]{1,2}))?\}")
ASKS = "say how: to=, old= and new=, prefix=, suffix=, extension= or case="


def _effects(*, paths: Paths, given: Rows | None = None, **how: object) -> Effects:
    found = [path for path in targets(paths, given) if os.path.lexists(path)]
    try:
        pairs = _pairs(found, how, paths)
    except ToolFailed:  # the call itself will say it
        return Effects(writes=tuple(found))
    changed = {source: target for source, target in pairs.items() if source != target}
    return Effects(writes=tuple(changed.values()), deletes=tuple(changed))


@tool(
    effects=_effects,
    also=("mv", "change the name", "change extension", "batch rename", "重命名", "改名", "改扩展名"),
    examples=(
        Example("rename notes.txt to ideas.txt", 'rename("notes.txt", to="ideas.txt")', finds=("ideas.txt",)),
        Example("give the md files in docs the extension txt", 'rename("docs/*.md", extension="txt")',
                finds=("docs/guide.txt", "docs/intro.txt")),
        Example("can you put old_ in front of the names of all logs",
                'find_files("logs", name="*.log") | rename(prefix="old_")',
                finds=("logs/old_app.log", "logs/old_error.log", "logs/old_old.log")),
        Example("number the pictures as img_1, img_2 and so on", 'rename("images/*", to="img_{n}")',
                finds=("images/img_1.png", "images/img_2.jpg")),
        Example("rename images/ph* to f*", 'rename("images/ph*", to="f*")', finds=("images/foto.jpg",)),
        Example("replace spaces by underscores in those names", 'last | rename(old=" ", new="_")'),
        Example("lower case for README.md please", 'rename("README.md", case="lower")', finds=("readme.md",)),
        Example("append -v1 to the name of data.csv", 'rename("data.csv", suffix="-v1")', finds=("data-v1.csv",)),
        Example("把 todo.txt 改名为 plan.txt", 'rename("todo.txt", to="plan.txt")',
                finds=("plan.txt",), language="zh"),
    ),
)  # fmt: skip
def rename(
    given: Files | None = None,
    /,
    paths: Paths = (),
    *,
    to: str | None = None,
    old: str | None = None,
    new: str = "",
    regex: bool = False,
    prefix: str = "",
    suffix: str = "",
    extension: str | None = None,
    case: Literal["lower", "upper"] | None = None,
) -> Changes:
    """Rename files or folders where they are; nothing is ever overwritten.

    Args:
        paths: what to rename.
        to: the new name; {n} in it counts 1, 2, 3 and {n:3} counts 001, 002; * is what the * of paths stood for.
        old: the part of the name to replace.
        new: what to put in its place.
        regex: old is a regular expression.
        prefix: put before the name.
        suffix: put after the name, before the extension.
        extension: the new extension.
        case: lower or upper case.
    """
    notes: list[str] = []
    how: dict[str, object] = {
        "to": to, "old": old, "new": new, "regex": regex,
        "prefix": prefix, "suffix": suffix, "extension": extension, "case": case,
    }  # fmt: skip
    pairs = _pairs(existing(paths, given, notes), how, paths)
    for path, target in pairs.items():
        if path == target:
            note(notes, f"{path} keeps its name")
    pairs = {source: target for source, target in pairs.items() if source != target}
    _check(pairs)
    steps = dict(_ordered(pairs))
    return changes(steps, lambda source: _rename(source, steps[source], pairs), "rename", notes)


def _pairs(paths: list[str], how: dict[str, object], patterns: Paths) -> dict[str, str]:
    """Each path with its new one."""
    if not any(how.get(name) for name in ("to", "old", "prefix", "suffix", "case")) and how.get("extension") is None:
        raise ToolFailed("rename needs a new name", ASKS)
    to = str(how.get("to") or "")
    if len(paths) > 1 and to and "*" not in to and not NUMBER.search(to):
        raise ToolFailed(f"{len(paths)} files cannot all be named {to}", 'count them, as in to="photo_{n}"')
    if to.count("*") > 1:
        raise ToolFailed(f"{to} has more than one *", 'as in "*.tmp", to="*.bak"')
    pairs = {}
    for number, path in enumerate(paths, 1):
        folder, name = os.path.split(path.rstrip("/"))
        wanted = {**how, "to": _filled(_here(to, folder), name, patterns)}
        named = _named(name, number, os.path.isdir(path), wanted)
        if "/" in named or "\0" in named or named in ("", ".", ".."):
            raise ToolFailed(f"{named!r} is no name for {path}", "another folder is a matter of move()")
        pairs[path] = os.path.join(folder, named)
    return pairs


def _here(to: str, folder: str) -> str:
    """A new name without its folder where that is the one the file is in; else as it is, which is no name."""
    place, name = os.path.split(os.path.expanduser(to))
    is_here = "/" in to and "\0" not in to and os.path.realpath(place) == os.path.realpath(folder)
    return name if is_here else to


def _filled(to: str, name: str, patterns: Paths) -> str:
    """A new name with the part of the old one in place of its *: its stem where no pattern with one * found it."""
    if "*" not in to:
        return to
    for pattern in patterns:
        head, star, tail = os.path.basename(pattern).partition("*")
        is_found = len(name) >= len(head + tail) and name.startswith(head) and name.endswith(tail)
        if star and is_found and "*" not in tail:
            return to.replace("*", name[len(head) : len(name) - len(tail)])
    stem, end = os.path.splitext(name)
    return to.replace("*", stem) + ("" if os.path.splitext(to)[1] else end)


def _named(name: str, number: int, folder: bool, how: dict[str, object]) -> str:
    """The new name of one file."""
    end = "" if folder else os.path.splitext(name)[1]
    if how.get("to"):
        to = str(how["to"])
        counted = NUMBER.sub(lambda found: str(number).zfill(int(found[1] or 0)), to)
        name = counted + end if counted != to and not os.path.splitext(counted)[1] else counted
    if how.get("old"):
        name = _replaced(name, str(how["old"]), str(how.get("new") or ""), bool(how.get("regex")))
    stem, end = (name, "") if folder else os.path.splitext(name)
    if how.get("extension") is not None:
        given = str(how["extension"]).lstrip(".")
        end = "." + given if given else ""
    name = f"{how.get('prefix') or ''}{stem}{how.get('suffix') or ''}{end}"
    return {"lower": name.lower(), "upper": name.upper()}.get(str(how.get("case")), name)


def _replaced(name: str, old: str, new: str, regex: bool) -> str:
    if not regex:
        return name.replace(old, new)
    try:
        return re.sub(old, new, name)
    except (re.error, IndexError) as error:
        raise ToolFailed(f"{old} is no regular expression that fits {new}: {error}") from None


def _check(pairs: dict[str, str]) -> None:
    """Refuse the whole of it where two names would be one, before anything is done."""
    leaving = {os.path.abspath(source) for source in pairs}
    taken: dict[str, str] = {}
    for source, target in pairs.items():
        place = os.path.abspath(target)
        if place in taken:
            raise ToolFailed(f"{taken[place]} and {source} would both be named {target}", "nothing was renamed")
        taken[place] = source
        if os.path.lexists(target) and place not in leaving:
            raise ToolFailed(f"{target} exists already", "nothing was renamed; choose another name")


def _ordered(pairs: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Renames in an order in which no name is taken: a to b after b to c; a ring goes over a name of its own.

    Children come before the folder that holds them, whose new name would change their paths.
    """
    waiting = dict(sorted(pairs.items(), key=lambda pair: -os.path.abspath(pair[0]).count("/")))
    while waiting:
        free = [source for source, target in waiting.items() if target not in waiting]
        for source in free:
            yield source, waiting.pop(source)
        if not free:
            source, target = next(iter(waiting.items()))
            del waiting[source]
            aside = os.path.join(os.path.dirname(source), scratch_name())
            yield source, aside
            waiting[aside] = target


def _rename(source: str, target: str, pairs: dict[str, str]) -> Iterator[Row]:
    if os.path.lexists(target) and not _only_case(source, target):  # it has come since the check
        raise ToolFailed(f"{target} exists already", f"{source} keeps its name")
    os.rename(source.rstrip("/"), target)
    origin = next((name for name, final in pairs.items() if final == target), None)
    if origin is not None:
        yield (target, "renamed", origin)


def _only_case(source: str, target: str) -> bool:
    """Whether both are one entry of a file system that does not tell a from A."""
    return source.lower() == target.lower() and os.path.samefile(source, target)
