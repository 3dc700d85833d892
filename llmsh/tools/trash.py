"""What lies in the trash: where each thing was, and when it was deleted (freedesktop.org's Trash specification 1.0)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
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


def trashes() -> list[str]:
    """The folders of the trash: the one in the home folder, and this user's on the disk of the working folder."""
    data = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
    top = os.path.realpath(".")
    while not os.path.ismount(top):
        top = os.path.dirname(top)
    beside = [os.path.join(top, ".Trash", str(os.getuid())), os.path.join(top, f".Trash-{os.getuid()}")]
    return [path for path in (os.path.join(data, "Trash"), *beside) if os.path.isdir(os.path.join(path, "info"))]


def trashed() -> list[Trashed]:
    """All that is in the trash, the latest first."""
    found = (item for folder in trashes() for item in _in(folder))
    return sorted(found, key=lambda item: (item.when, item.record), reverse=True)


def last_deleted(items: list[Trashed]) -> list[Trashed]:
    """Those of `items`, the latest first, that came into the trash with the latest one."""
    together = items[:1]
    for item in items[1:]:
        if together[-1].when - item.when > AT_ONCE:
            break
        together.append(item)
    return together


def _in(folder: str) -> Iterator[Trashed]:
    info = os.path.join(folder, "info")
    above = os.path.dirname(folder)
    top = os.path.dirname(above) if os.path.basename(above) == ".Trash" else above
    for name in os.listdir(info):
        record, kept = os.path.join(info, name), os.path.join(folder, "files", name.removesuffix(".trashinfo"))
        if name.endswith(".trashinfo") and os.path.lexists(kept):
            try:
                with open(record, encoding="utf-8", errors="surrogateescape") as file:
                    lines = file.read(LARGEST_RECORD).split("\n")
                values = dict(line.partition("=")[::2] for line in lines)
                place = os.path.join(top, os.fsdecode(unquote_to_bytes(values["Path"])))
                yield Trashed(os.path.normpath(place), kept, record, datetime.fromisoformat(values["DeletionDate"]))
            except (OSError, KeyError, ValueError):  # a record that is being written, or is none
                continue
