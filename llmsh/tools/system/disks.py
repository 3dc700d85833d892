"""How full the disks are."""

from __future__ import annotations

import os
from typing import Any

import psutil

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Path, tool
from llmsh.types import Column, Effects, Row, Table, Unit

COLUMNS = (
    Column("mount"),
    Column("device"),
    Column("type"),
    Column("total", Unit.BYTES),
    Column("used", Unit.BYTES),
    Column("free", Unit.BYTES),
    Column("percent", Unit.PERCENT),
)
IMAGES = ("squashfs", "iso9660", "erofs")
"""File systems that are always full, because they are images of something finished."""


def _looks(path: str | None = None, **_: object) -> Effects:
    return Effects(reads=("/proc",) if path is None else ("/proc", os.path.expanduser(path)))


@tool(
    effects=_looks,
    also=("df", "disk space", "free space", "storage", "mounts", "file systems", "磁盘", "硬盘", "空间", "挂载"),
    examples=(
        Example("how much disk space is left?", "disks()"),
        Example("df", "disks()"),
        Example("which disk is the fullest", 'disks() | largest(by="percent")'),
        Example("how much room is there for my home folder?", 'disks("~") | select("free")'),
        Example("what file system is this folder on", 'disks(".") | select("type")'),
        Example("list everything that is mounted", "disks(all=True)"),
        Example("how large is the root disk", 'disks("/") | select("total")'),
        Example("硬盘还剩多少空间？", "disks()", language="zh"),
        Example("查看磁盘使用情况", "disks()", language="zh"),
    ),
)
def disks(path: Path | None = None, *, all: bool = False) -> Table:
    """Disks and how much of each is used and free.

    Args:
        path: only the disk that holds this file or folder.
        all: also what is mounted without a disk of its own, such as /proc, and images.
    """
    mounted = {item.mountpoint: item for item in psutil.disk_partitions(all=True)}
    shown = list(mounted.values()) if all else _real(mounted)
    if path is not None:
        shown = [_holding(path, mounted)]
    notes: list[str] = []
    rows = [row for item in shown if (row := _row(item, notes)) is not None]
    return Table(COLUMNS, rows, notes)


def _real(mounted: dict[str, Any]) -> list[Any]:
    """The mounts with a disk, each disk once, and the root whatever it is on."""
    once: dict[str, Any] = {}
    for item in psutil.disk_partitions():
        if item.fstype not in IMAGES:
            known = once.get(item.device)
            if known is None or len(item.mountpoint) < len(known.mountpoint):
                once[item.device] = item
    found = list(once.values())
    if "/" in mounted and all(item.mountpoint != "/" for item in found):
        found.insert(0, mounted["/"])
    return found


def _holding(path: str, mounted: dict[str, Any]) -> Any:
    """The mount a path is on: the nearest mount point above it."""
    folder = os.path.realpath(os.path.expanduser(path))
    if not os.path.lexists(folder):
        raise ToolFailed(f"there is no {path}", "check the name with list_files()")
    while folder not in mounted:
        above = os.path.dirname(folder)
        if above == folder:
            raise ToolFailed(f"the system does not say what {path} is on", "see disks(all=True)")
        folder = above
    return mounted[folder]


def _row(item: Any, notes: list[str]) -> Row | None:
    try:
        usage = psutil.disk_usage(item.mountpoint)
    except OSError as error:
        notes.append(f"{item.mountpoint} could not be looked into: {error.strerror}")
        return None
    return (item.mountpoint, item.device, item.fstype, usage.total, usage.used, usage.free, usage.percent)
