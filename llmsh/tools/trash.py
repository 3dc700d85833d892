"""What lies in the trash: where each thing was, and when it was deleted (freedesktop.org's Trash specification 1.0)."""

from __future__ import annotations

import contextlib
import glob
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase
from urllib.parse import unquote_to_bytes

AT_ONCE = 1.0
"""What was deleted within so much time of one another was deleted together: the trash knows whole seconds."""
LARGEST_RECORD = 1 << 16


@dataclass(frozen=True)
class Trashed:
    """One thing in the trash: the absolute path it had, where it lies now, its record, and when it came.

    `when` is in seconds since the epoch.
    """

    place: str
    kept: str
    record: str
    when: float

    def shown(self) -> str:
        """The path it had: from the working folder where it was below that."""
        path = os.path.relpath(self.place)
        return self.place if path.startswith("../") else path


@dataclass(frozen=True)
class Trash:
    """A folder of the trash, and the folder that its records' paths are relative to: what they name lies below it.

    `top` is "" for the trash in the home folder, whose records hold absolute paths.
    """

    folder: str
    top: str = ""


def trashes() -> list[Trash]:
    """The one in the home folder, and this user's on the disk of the working folder."""
    data = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
    top, user = os.path.realpath("."), os.getuid()
    while not os.path.ismount(top):
        top = os.path.dirname(top)
    shared = os.path.join(top, ".Trash")
    beside = ((os.path.join(shared, str(user)),) if _is_shared(shared) else (), (os.path.join(top, f".Trash-{user}"),))
    found = (Trash(os.path.join(data, "Trash")), *(Trash(path, top) for paths in beside for path in paths))
    return [trash for trash in found if all(is_own(os.path.join(trash.folder, name)) for name in ("", "files", "info"))]


def is_own(path: str) -> bool:
    """Whether there is a folder of this user's at a path, and no link to one."""
    try:
        found = os.lstat(path)
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()


def _is_shared(path: str) -> bool:
    """Whether a folder is one where each user may have a trash: no link, and nobody removes what is another's."""
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        return False
    return stat.S_ISDIR(mode) and bool(mode & stat.S_ISVTX)


def trashed() -> list[Trashed]:
    """All that is in the trash, the latest first."""
    found = (item for trash in trashes() for item in things_in(trash))
    return sorted(found, key=lambda item: (item.when, item.record), reverse=True)


def last_deleted(items: list[Trashed]) -> list[Trashed]:
    """Those of `items`, the latest first, that came into the trash with the latest one."""
    together = items[:1]
    for item in items[1:]:
        if together[-1].when - item.when > AT_ONCE:
            break
        together.append(item)
    return together


def at(items: list[Trashed], places: Iterable[str]) -> list[Trashed]:
    """Those of `items` that were at one of the places, paths from the working folder."""
    wanted = {os.path.abspath(place) for place in places}
    return [item for item in items if item.place in wanted]


def named(items: list[Trashed], names: Iterable[str]) -> list[Trashed]:
    """Those of `items` that a name, bare or a path, stands for; as a pattern where nothing has that very name."""
    found = [item for name in names for item in _named(items, os.path.expanduser(name).rstrip("/"))]
    return list(dict.fromkeys(found))


def _named(items: list[Trashed], name: str) -> list[Trashed]:
    if "/" in name:
        pattern = name if os.path.isabs(name) else os.path.join(glob.escape(os.getcwd()), os.path.normpath(name))
        return at(items, [name]) or [item for item in items if fnmatchcase(item.place, pattern)]
    own = [item for item in items if os.path.basename(item.place) == name]
    return own or [item for item in items if fnmatchcase(os.path.basename(item.place), name)]


def size_of(item: Trashed) -> int:
    """Bytes of a thing and of all that is below it."""
    below = () if os.path.islink(item.kept) else os.walk(item.kept)
    inside = (os.path.join(folder, name) for folder, _, names in below for name in names)
    return sum(_size(path) for path in (item.kept, *inside))


def _size(path: str) -> int:
    try:
        status = os.lstat(path)
    except OSError:  # it is gone since
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0


def things_in(trash: Trash) -> Iterator[Trashed]:
    """What lies in one folder of the trash. Records that are being written, are none or lead elsewhere are left out."""
    info = os.path.join(trash.folder, "info")
    for name in os.listdir(info):
        stem = name.removesuffix(".trashinfo")
        kept, record = os.path.join(trash.folder, "files", stem), os.path.join(info, name)
        if name.endswith(".trashinfo") and stem not in ("", ".", "..") and os.path.lexists(kept):
            with contextlib.suppress(OSError, KeyError, ValueError, OverflowError):
                place, when = _record(record, trash.top)
                yield Trashed(place, kept, record, when)


def _record(path: str, top: str) -> tuple[str, float]:
    """Where a thing was and when it was deleted, in seconds since the epoch; raises where a record is none."""
    if not stat.S_ISREG(os.lstat(path).st_mode):
        raise ValueError(path)
    with open(path, encoding="utf-8", errors="surrogateescape") as file:
        lines = file.read(LARGEST_RECORD).split("\n")
    values = dict(line.partition("=")[::2] for line in lines)
    said = os.fsdecode(unquote_to_bytes(values["Path"]))
    if os.path.isabs(said) == bool(top) or ".." in said.split("/"):
        raise ValueError(said)
    return os.path.normpath(os.path.join(top, said)), datetime.fromisoformat(values["DeletionDate"]).timestamp()
