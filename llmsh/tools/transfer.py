"""Where copies and moved files go, and what they replace; the same answer for the preview and for the deed."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from llmsh.errors import ToolFailed
from llmsh.tools.changing import existing, new_folders, note, outermost
from llmsh.tools.paths import targets
from llmsh.types import Rows


@dataclass(frozen=True)
class Transfer:
    """One file or folder and the path it is to have."""

    source: str
    target: str


def transfers(sources: list[str], paths: Iterable[str], given: Rows | None, to: str) -> list[Transfer]:
    """Each source with its target: below `to` where that is or must be a folder, otherwise `to` itself."""
    to = os.path.expanduser(to)
    if not _is_folder(to, sources, tuple(paths), given):
        return [Transfer(source, to) for source in sources]
    below = "" if to in (".", "./") else to
    return [Transfer(source, os.path.join(below, _name(source))) for source in sources]


def _is_folder(to: str, sources: list[str], paths: tuple[str, ...], given: Rows | None) -> bool:
    if os.path.isdir(to) or to.endswith("/") or len(sources) != 1:
        return True
    several = given is not None or any(glob.has_magic(path) and not os.path.lexists(path) for path in paths)
    # one match of a pattern or a search: `to` means a folder, unless it is plainly the name of a file
    return several and not (os.path.splitext(to)[1] and os.path.isfile(sources[0]))


def _name(path: str) -> str:
    """The last name of a path, also for "docs/", "." and "..", which have none of their own."""
    name = os.path.basename(path.rstrip("/"))
    return name if name not in ("", ".", "..") else os.path.basename(os.path.realpath(path))


def previewed(paths: tuple[str, ...], given: Rows | None, to: str) -> list[Transfer]:
    """What a call would carry where, without an error for what is missing."""
    found = [path for path in targets(paths, given) if os.path.lexists(path)]
    found = outermost(found) if given is not None else found
    return [item for item in transfers(found, paths, given, to) if not _same(item)]


def checked(paths: tuple[str, ...], given: Rows | None, to: str, notes: list[str]) -> list[Transfer]:
    """What a call carries where. Raises ToolFailed before anything is done where two things would collide."""
    found = existing(paths, given, notes)
    found = outermost(found) if given is not None else found
    planned = transfers(found, paths, given, to)
    kept = [item for item in planned if not _same(item)]
    if planned and not kept:
        raise ToolFailed(f"{planned[0].source} and {planned[0].target} are the same file")
    for item in planned:
        if _same(item):
            note(notes, f"{item.source} is there already")
    seen: dict[str, str] = {}
    for item in kept:
        other = seen.setdefault(os.path.abspath(item.target), item.source)
        if other != item.source:
            raise ToolFailed(
                f"{other} and {item.source} would both become {item.target}", "take them to different folders"
            )
        _check_inside(item)
    return kept


def _same(item: Transfer) -> bool:
    """Whether source and target are one file, also by a link: writing one would destroy the other."""
    try:
        return os.path.samefile(item.source, item.target)
    except OSError:
        return os.path.abspath(item.source) == os.path.abspath(item.target)


def _check_inside(item: Transfer) -> None:
    if os.path.isdir(item.source) and not os.path.islink(item.source):
        source, target = os.path.realpath(item.source), os.path.realpath(item.target)
        if target.startswith(source.rstrip("/") + "/"):
            raise ToolFailed(f"{item.source} cannot go into itself: {item.target}", "choose a folder outside of it")


def written(planned: list[Transfer]) -> tuple[str, ...]:
    """The paths that come to be: folders that are made for them, then each target."""
    found = [path for item in planned for path in (*new_folders(item.target), item.target)]
    return tuple(dict.fromkeys(path.rstrip("/") or "/" for path in found))


def replaced(planned: list[Transfer]) -> tuple[str, ...]:
    """The existing files whose content would be lost, those in folders that are merged included."""
    return tuple(dict.fromkeys(path for item in planned for path in _replaced(item)))


def _replaced(item: Transfer) -> Iterator[str]:
    pending = [item]
    while pending:
        now = pending.pop()
        if not os.path.lexists(now.target):
            continue
        if not both_folders(now):
            yield now.target
            continue
        pending.extend(reversed(children(now)))


def both_folders(item: Transfer) -> bool:
    """Whether a folder is to go where a folder is, so that they are merged."""
    return all(os.path.isdir(path) and not os.path.islink(path) for path in (item.source, item.target))


def children(item: Transfer) -> list[Transfer]:
    """What is in a folder and where it goes, by name; nothing where the folder cannot be read."""
    try:
        names = sorted(os.listdir(item.source))
    except OSError:
        return []
    return [Transfer(os.path.join(item.source, name), os.path.join(item.target, name)) for name in names]
