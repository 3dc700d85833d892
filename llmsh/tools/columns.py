"""Columns of rows: find one by name, add facts about files that nobody asked for until now.

Files may arrive with their path alone, because one lstat for each of a million files costs more than finding them.
`need` adds what a tool asks for, row by row, as they stream.
"""

from __future__ import annotations

import grp
import os
import pwd
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from llmsh.errors import ToolFailed
from llmsh.tool import R
from llmsh.types import FILE_COLUMNS, Column, Files, Row, Rows, Scalar, Unit

KINDS = {
    stat.S_IFREG: "file",
    stat.S_IFDIR: "folder",
    stat.S_IFLNK: "link",
    stat.S_IFIFO: "fifo",
    stat.S_IFSOCK: "socket",
    stat.S_IFBLK: "device",
    stat.S_IFCHR: "device",
}


def kind_of(mode: int) -> str:
    """What a file is, from st_mode: file, folder, link, fifo, socket or device."""
    return KINDS.get(stat.S_IFMT(mode), "file")


@lru_cache(maxsize=1024)
def user_name(uid: int) -> str:
    """The name of a user id, or the id where it has none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


@lru_cache(maxsize=1024)
def group_name(gid: int) -> str:
    """The name of a group id, or the id where it has none."""
    try:
        return grp.getgrgid(gid).gr_name
    except KeyError:
        return str(gid)


Fact = Callable[[str, os.stat_result], Scalar]
FACTS: dict[Column, Fact] = {
    FILE_COLUMNS[1]: lambda _, status: status.st_size,
    FILE_COLUMNS[2]: lambda _, status: status.st_mtime,
    FILE_COLUMNS[3]: lambda _, status: kind_of(status.st_mode),
    Column("mode"): lambda _, status: f"{stat.S_IMODE(status.st_mode):04o}",
    Column("permissions"): lambda _, status: stat.filemode(status.st_mode),
    Column("owner"): lambda _, status: user_name(status.st_uid),
    Column("group"): lambda _, status: group_name(status.st_gid),
    Column("accessed", Unit.TIME): lambda _, status: status.st_atime,
    Column("changed", Unit.TIME): lambda _, status: status.st_ctime,
    Column("links"): lambda _, status: status.st_nlink,
    Column("inode"): lambda _, status: status.st_ino,
    Column("name"): lambda path, _: os.path.basename(path),
    Column("folder"): lambda path, _: os.path.dirname(path) or ".",
    Column("extension"): lambda path, _: os.path.splitext(path)[1].lstrip("."),
}
FACT_NAMES = {column.name: column for column in FACTS}


def index_of(rows: Rows, name: str) -> int:
    """Where a column stands. Raises ToolFailed, naming the columns there are."""
    for index, column in enumerate(rows.columns):
        if column.name == name:
            return index
    shown = ", ".join(column.name for column in rows.columns)
    raise ToolFailed(f"there is no column {name}", f"the columns are {shown}")


def need(rows: R, names: tuple[str, ...]) -> R:
    """The same rows with the named columns; facts about files are added at the end where they are missing."""
    present = {column.name for column in rows.columns}
    missing = [FACT_NAMES[name] for name in names if name not in present and name in FACT_NAMES]
    if missing and isinstance(rows, Files):
        rows = replace(rows, columns=(*rows.columns, *missing), rows=_with_facts(rows, missing))
    for name in names:
        index_of(rows, name)
    return rows


def with_details(rows: R) -> R:
    """Files with at least path, size, modified and kind; other rows as they are."""
    return need(rows, tuple(column.name for column in FILE_COLUMNS)) if isinstance(rows, Files) else rows


def _with_facts(rows: Rows, columns: list[Column]) -> Iterator[Row]:
    facts = [FACTS[column] for column in columns]
    nothing: Row = (None,) * len(facts)
    for row in rows.rows:
        path = str(row[0])
        try:
            status = os.lstat(path)
        except OSError:  # it vanished since it was found: the row stays, its facts are unknown
            yield row + nothing
            continue
        yield row + tuple(fact(path, status) for fact in facts)
