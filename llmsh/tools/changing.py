"""What the tools that change files share: which paths they mean, rows as they go, errors as sentences."""

from __future__ import annotations

import errno
import glob
import os
from collections.abc import Callable, Iterable, Iterator

from llmsh.errors import ToolFailed
from llmsh.tools.paths import some_targets, targets
from llmsh.types import CHANGE_COLUMNS, Changes, Row, Rows

MOST_NOTES = 20
FULL = (errno.ENOSPC, errno.EDQUOT)
HINTS = {
    errno.EACCES: "you have no right to; see who owns it with file_info()",
    errno.EPERM: "you have no right to; see who owns it with file_info()",
    errno.EROFS: "this file system is read-only",
    errno.ENOSPC: "make room first; see disks()",
    errno.EDQUOT: "your share of this disk is used up",
    errno.ENAMETOOLONG: "a name is at most 255 bytes long",
    errno.ENOENT: "check the name with list_files()",
}


def cannot(doing: str, path: str, error: OSError) -> ToolFailed:
    """The system's refusal as a sentence: "cannot write x: permission denied"."""
    reason = (error.strerror or str(error)).lower()
    return ToolFailed(f"cannot {doing} {path}: {reason}", HINTS.get(error.errno or 0, ""))


def note(notes: list[str], text: str) -> None:
    """Add a note; after so many there is one that says there are more."""
    if len(notes) < MOST_NOTES:
        notes.append(text)
    elif len(notes) == MOST_NOTES:
        notes.append("and more of the like")


def missing(path: str) -> ToolFailed:
    """The error for a name or a pattern that is not there."""
    if glob.has_magic(path):
        return ToolFailed(f"nothing matches {path}", "see what is there with list_files()")
    return ToolFailed(f"there is no {path}", "check the name with list_files()")


def existing(paths: Iterable[str], given: Rows | None, notes: list[str]) -> list[str]:
    """The paths a call means that are there; each of the others is noted. Raises ToolFailed where all are missing.

    A pipe that brought nothing is no error: there is nothing to do.
    """
    paths = tuple(paths)
    found = targets(paths, given) if given is not None and not paths else some_targets(paths, given)
    gone = [path for path in found if not os.path.lexists(path)]
    if gone and len(gone) == len(found):
        raise missing(gone[0])
    for path in gone:
        note(notes, missing(path).message)
    return [path for path in found if os.path.lexists(path)]


def outermost(paths: Iterable[str]) -> list[str]:
    """The paths without those that lie in another of them: `a` and `a/b` is `a`. A link holds nothing."""
    paths = list(paths)
    folders = {os.path.abspath(path) for path in paths if os.path.isdir(path) and not os.path.islink(path)}
    return [path for path in paths if folders.isdisjoint(ancestors(path))]


def ancestors(path: str) -> list[str]:
    """The absolute folders a path lies in, innermost first."""
    found = []
    path = os.path.abspath(path)
    while (parent := os.path.dirname(path)) != path:
        found.append(parent)
        path = parent
    return found


def new_folders(path: str) -> list[str]:
    """The folders that must be made before `path` can be written, outermost first."""
    found: list[str] = []
    parent = os.path.dirname(path.rstrip("/"))
    while parent and not os.path.lexists(parent):
        found.insert(0, parent)
        parent = os.path.dirname(parent)
    return found


def through(path: str) -> str:
    """The file that writing to `path` changes: what a link points to, otherwise the path itself."""
    path = os.path.expanduser(path)
    return os.path.realpath(path) if os.path.islink(path) else path


def changes(
    items: Iterable[str], act: Callable[[str], Iterable[Row]], doing: str, notes: list[str] | None = None
) -> Changes:
    """Carry out `act` for each item, giving its rows as it goes.

    An item that fails is noted and the others go on; where none succeeds the first failure is raised. A full disk
    ends it at once.
    """
    notes = [] if notes is None else notes
    return Changes(CHANGE_COLUMNS, _carry_out(items, act, doing, notes), notes)


def _check_name(path: str) -> None:
    if "\0" in path:
        raise ToolFailed(f"{path!r} cannot be a name: it holds a NUL byte")


def _carry_out(
    items: Iterable[str], act: Callable[[str], Iterable[Row]], doing: str, notes: list[str]
) -> Iterator[Row]:
    first: ToolFailed | None = None
    done = False
    for item in items:
        try:
            _check_name(item)
            for row in act(item):
                done = True
                yield row
            continue
        except OSError as error:
            failure = cannot(doing, item, error)
            if error.errno in FULL:
                raise failure from error
        except ToolFailed as error:
            failure = error
        first = first or failure
        note(notes, failure.message)
    if first is not None and not done:
        raise first
