"""Files that hold the same bytes."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

from llmsh.errors import ToolFailed
from llmsh.tool import HERE, Example, Folder, Globs, Path, Size, tool
from llmsh.tools.globs import name_test
from llmsh.tools.opening import missing
from llmsh.tools.paths import reads
from llmsh.tools.same_content import digest, head_of
from llmsh.tools.walk import Unread, folder_error, readable, walk
from llmsh.types import FILE_COLUMNS, PATH, Column, Files, Row
from llmsh.units import parse_size

COLUMNS = (PATH, FILE_COLUMNS[1], Column("group"))


@tool(
    effects=reads("folder", "of"),
    also=("duplicates", "same content", "identical files", "copies", "fdupes", "重复文件", "相同的文件", "内容一样"),
    examples=(
        Example("find duplicate files here", "find_duplicates()", finds=("copy-of-notes.txt", "notes.txt")),
        Example("are there identical files in src?", 'find_duplicates("src")', finds=()),
        Example("duplicates larger than 10 MB in my downloads", 'find_duplicates("~/Downloads", min_size="10M")'),
        Example("how much space would I get back by removing the extra copies?",
                "find_duplicates(extra_only=True) | sum()", finds=(62,)),
        Example("delete the duplicate text files, keep one of each",
                'find_duplicates(name="*.txt", extra_only=True) | delete()'),
        Example("which files are copies of notes.txt?", 'find_duplicates(of="notes.txt")',
                finds=("copy-of-notes.txt",)),
        Example("delete all other files with the same content as a.pdf", 'find_duplicates(of="a.pdf") | delete()'),
        Example("下载里有没有和 a.jpg 一样的文件", 'find_duplicates("下载", of="a.jpg")', language="zh"),
        Example("找出内容相同的文件", "find_duplicates()", finds=("copy-of-notes.txt", "notes.txt"), language="zh"),
    ),
)  # fmt: skip
def find_duplicates(
    folder: Folder = HERE,
    *,
    name: Globs = (),
    min_size: Size = "1",
    extra_only: bool = False,
    of: Path | None = None,
) -> Files:
    """Find files with the same content in a folder and below it, the largest first; empty ones are passed over.

    Args:
        folder: where to look.
        name: only files whose names match one of these.
        min_size: only files at least this large.
        extra_only: leave out the first of each group: what remains can go.
        of: only files with the same content as this one, which is left out itself.
    """
    folder = os.path.expanduser(folder)
    if not os.path.lexists(folder):
        raise missing(folder)
    if not os.path.isdir(folder):
        raise folder_error(folder)
    readable(folder)
    notes: list[str] = []
    unread = Unread()
    sizes = _by_size(folder, name, max(parse_size(min_size), 1), unread)
    first = None if of is None else os.path.expanduser(of)
    if first is not None:
        sizes = _as_large(first, sizes)
    return Files(COLUMNS, _duplicates(sizes, first, extra_only, unread, notes), notes)


def _as_large(path: str, sizes: Mapping[int, list[str]]) -> dict[int, list[str]]:
    """A file, and behind it the others of its size."""
    if not os.path.isfile(path):
        raise missing(path)
    size = os.path.getsize(path)
    return {size: [path, *(other for other in sizes.get(size, ()) if not os.path.samefile(other, path))]}


def _duplicates(
    sizes: Mapping[int, list[str]], of: str | None, extra_only: bool, unread: Unread, notes: list[str]
) -> Iterator[Row]:
    """Rows group by group, or the group that starts with the file `of`, without that.

    Files of one size are told apart by their first bytes, then by their checksum.
    """
    number, failed = 0, [0]
    left_out = int(extra_only or of is not None)
    for size in sorted((size for size, paths in sizes.items() if len(paths) > 1), reverse=True):
        for alike in _same(sizes[size], head_of, failed):
            for group in _same(alike, digest, failed):
                if of is not None and group[0] != of:
                    continue
                number += 1
                for path in group[left_out:]:
                    yield path, size, number
    notes.extend(unread.notes())
    if failed[0]:
        notes.append(f"{failed[0]} file{'s' if failed[0] > 1 else ''} could not be read")


def _by_size(folder: str, names: tuple[str, ...], least: int, unread: Unread) -> dict[int, list[str]]:
    """Paths of regular files by size; of several hard links to a file only the first: the others take no space."""
    wanted = name_test(names) if names else None
    seen: set[tuple[int, int]] = set()
    sizes: dict[int, list[str]] = {}
    for batch in walk(folder, unread):
        for entry in batch.entries:
            if not entry.is_file(follow_symlinks=False) or (wanted is not None and not wanted(entry.name)):
                continue
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError:  # it vanished since its folder was read
                continue
            if status.st_size >= least and (status.st_dev, status.st_ino) not in seen:
                if status.st_nlink > 1:
                    seen.add((status.st_dev, status.st_ino))
                sizes.setdefault(status.st_size, []).append(entry.path[batch.cut :])
    return sizes


def _same(paths: Iterable[str], fingerprint: Callable[[str], Hashable], failed: list[int]) -> list[list[str]]:
    """Groups of two or more paths with the same fingerprint; `failed` counts those that could not be read."""
    groups: dict[Hashable, list[str]] = {}
    for path in paths:
        try:
            groups.setdefault(fingerprint(path), []).append(path)
        except ToolFailed:
            failed[0] += 1
    return [group for group in groups.values() if len(group) > 1]
