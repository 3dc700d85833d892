"""What lies in the trash: where each thing was, and when it was deleted (freedesktop.org's Trash specification 1.0)."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from urllib.parse import unquote_to_bytes

AT_ONCE = timedelta(seconds=1)
"""What was deleted within so much time of one another was deleted together: the trash knows whole seconds."""
LARGEST_RECORD = 1 << 16


@dataclass(frozen=True)
class Trashed:
    """One thing in the trash: the absolute path it had, where it lies now, its record, and when it came."""

    place: str
    kept: str
    record: str
    when: datetime

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
    beside = (os.path.join(top, ".Trash", str(user)), os.path.join(top, f".Trash-{user}"))
    found = (Trash(os.path.join(data, "Trash")), *(Trash(path, top) for path in beside if is_own(path)))
    return [trash for trash in found if os.path.isdir(os.path.join(trash.folder, "info"))]


def is_own(path: str) -> bool:
    """Whether there is a folder of this user's at a path, and no link to one."""
    try:
        found = os.lstat(path)
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()


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


def named(items: list[Trashed], names: Iterable[str]) -> list[Trashed]:
    """Those of `items` that a name or a pattern, bare or a path, stands for."""
    wanted = [os.path.expanduser(name).rstrip("/") for name in names]
    return [item for item in items if any(_is(item, name) for name in wanted)]


def _is(item: Trashed, name: str) -> bool:
    if "/" in name:
        return fnmatchcase(item.place, os.path.abspath(name))
    return fnmatchcase(os.path.basename(item.place), name)


def size_of(item: Trashed) -> int:
    """Bytes of a thing and of all that is below it."""
    inside = (os.path.join(folder, name) for folder, _, names in os.walk(item.kept) for name in names)
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
        kept = os.path.join(trash.folder, "files", name.removesuffix(".trashinfo"))
        if name.endswith(".trashinfo") and os.path.lexists(kept):
            with contextlib.suppress(OSError, KeyError, ValueError):
                place, when = _record(os.path.join(info, name), trash.top)
                yield Trashed(place, kept, os.path.join(info, name), when)


def _record(path: str, top: str) -> tuple[str, datetime]:
    """Where a thing was and when it was deleted; raises OSError, KeyError or ValueError where a record is none."""
    with open(path, encoding="utf-8", errors="surrogateescape") as file:
        lines = file.read(LARGEST_RECORD).split("\n")
    values = dict(line.partition("=")[::2] for line in lines)
    said = os.fsdecode(unquote_to_bytes(values["Path"]))
    if os.path.isabs(said) == bool(top) or ".." in said.split("/"):
        raise ValueError(said)
    return os.path.normpath(os.path.join(top, said)), datetime.fromisoformat(values["DeletionDate"])
