"""Walking down folders: iterative, in the order of names, never through a link, past what vanishes or may not be read.

One folder's entries come as one batch, so that filters run over lists and not entry by entry: a walk over 100,000
names costs little more than reading the folders.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple, Protocol

from llmsh.errors import ToolFailed
from llmsh.tools.opening import missing, why
from llmsh.tools.paths import some_targets, targets
from llmsh.types import Files

NAME = attrgetter("name")
GONE = (errno.ENOENT, errno.ENOTDIR)  # it vanished, or became something else, since its folder was read


class Entry(Protocol):
    """What is known of a name in a folder: os.DirEntry, or `Named`."""

    @property
    def name(self) -> str:
        """The name alone."""

    @property
    def path(self) -> str:
        """The name with the folder it was found in."""

    def is_dir(self, *, follow_symlinks: bool = True) -> bool:
        """Whether it is a folder."""

    def is_file(self, *, follow_symlinks: bool = True) -> bool:
        """Whether it is a regular file."""

    def is_symlink(self) -> bool:
        """Whether it is a link."""

    def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
        """What the file system knows of it."""


Filter = Callable[[list[Entry]], list[Entry]]
"""Of some entries, those that are wanted."""


class Named:
    """A path that was named, not found in a folder; it behaves like an os.DirEntry."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.name = os.path.basename(path.rstrip("/")) or path

    def is_dir(self, *, follow_symlinks: bool = True) -> bool:
        """Whether it is a folder."""
        return os.path.isdir(self.path) and (follow_symlinks or not self.is_symlink())

    def is_file(self, *, follow_symlinks: bool = True) -> bool:
        """Whether it is a regular file."""
        return os.path.isfile(self.path) and (follow_symlinks or not self.is_symlink())

    def is_symlink(self) -> bool:
        """Whether it is a link."""
        return os.path.islink(self.path)

    def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
        """What the file system knows of it."""
        return os.stat(self.path, follow_symlinks=follow_symlinks)


class Batch(NamedTuple):
    """What was found in one folder. `cut` characters of each entry's path are not the user's ("./")."""

    folder: str
    depth: int
    entries: list[Entry]
    cut: int = 0


@dataclass
class Unread:
    """How many folders could not be read."""

    folders: int = 0

    def notes(self) -> list[str]:
        """The sentence for the user, once, at the end."""
        if not self.folders:
            return []
        return [f"{self.folders} folder{'s' if self.folders > 1 else ''} could not be read"]


@dataclass(frozen=True)
class Reach:
    """How far a walk goes: levels below the start (1: only what is in it), hidden names, names left out, one disk."""

    depth: int | None = None
    hidden: bool = True
    exclude: Filter | None = None
    same_disk: bool = False


EVERYWHERE = Reach()


def existing(paths: Iterable[str], notes: list[str]) -> list[str]:
    """Those of the paths that are there; a note for each that is not. Raises ToolFailed where none is."""
    named = list(paths)
    found = [path for path in named if os.path.lexists(path)]
    if named and not found:
        raise missing(named[0])
    there = set(found)
    notes.extend(f"there is no {path}" for path in named if path not in there)
    return found


def asked(paths: Iterable[str], given: Files | None, notes: list[str]) -> list[str]:
    """The paths a call means that are there, named or piped in; what was noted on their way here is kept.

    Nothing in the pipe is nothing to look at; nothing at all is an error.
    """
    if given is None:
        return existing(some_targets(paths, given), notes)
    found = existing(targets(paths, given), notes)
    notes.extend(given.notes)
    return found


def readable(folder: str) -> None:
    """Raises ToolFailed where a folder that was named cannot be read; those below are only counted."""
    try:
        os.scandir(folder).close()
    except OSError as error:
        raise why(folder, error) from None


def scan(folder: str, unread: Unread) -> list[Entry]:
    """What is in one folder, by name; nothing where it is gone or may not be read."""
    try:
        with os.scandir(folder) as found:
            entries: list[Entry] = list(found)
    except OSError as error:
        unread.folders += error.errno not in GONE
        return []
    entries.sort(key=NAME)
    return entries


def walk(start: str, unread: Unread, reach: Reach = EVERYWHERE) -> Iterator[Batch]:
    """What is below a folder, one folder at a time, parents first; a start that is no folder has depth 0."""
    if not os.path.isdir(start):
        yield Batch("", 0, [Named(start)])
        return
    if reach.depth is not None and reach.depth < 1:
        return
    start = start if os.path.normpath(start) != "." else "."
    device = os.stat(start).st_dev if reach.same_disk else None
    stack = [(start, 1)]
    while stack:
        folder, depth = stack.pop()
        entries = scan(folder, unread)
        if not reach.hidden:
            entries = [entry for entry in entries if entry.name[0] != "."]
        if reach.exclude is not None:
            entries = reach.exclude(entries)
        cut = 2 if folder == "." else 0
        yield Batch(folder, depth, entries, cut)
        if reach.depth is None or depth < reach.depth:
            below = [entry for entry in reversed(entries) if entry.is_dir(follow_symlinks=False)]
            if device is not None:
                below = [entry for entry in below if _on(device, entry)]
            stack.extend([(entry.path[cut:], depth + 1) for entry in below])


def _on(device: int, entry: Entry) -> bool:
    try:
        return entry.stat(follow_symlinks=False).st_dev == device
    except OSError:  # it vanished
        return False


def files_below(folders: Iterable[str], notes: list[str], reach: Reach, wanted: Iterable[Filter] = ()) -> Iterator[str]:
    """The regular files below folders that pass every filter; a start that is a file is given as it is."""
    unread = Unread()
    for start in folders:
        if not os.path.isdir(start):
            yield start
            continue
        for batch in walk(start, unread, reach):
            kept = [entry for entry in batch.entries if entry.is_file(follow_symlinks=False)]
            for keep in wanted:
                kept = keep(kept)
            for entry in kept:
                yield entry.path[batch.cut :]
    notes.extend(unread.notes())


def folder_error(path: str) -> ToolFailed:
    """That a path is no folder."""
    return ToolFailed(f"{path} is not a folder", "name a folder, or leave it out for this one")
