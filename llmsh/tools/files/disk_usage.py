"""How much space folders and files take."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field

from llmsh.tool import HERE, Example, Globs, Paths, tool
from llmsh.tools.file_filters import leave_out
from llmsh.tools.paths import reads
from llmsh.tools.walk import Entry, Named, Reach, Unread, asked, walk
from llmsh.types import FILE_COLUMNS, PATH, Effects, Files, Row, Rows, Table

COLUMNS = (PATH, FILE_COLUMNS[1])


def _effects(given: Rows | None = None, paths: tuple[str, ...] = (), **_: object) -> Effects:
    return reads("paths")(given, paths=() if isinstance(given, Files) and paths == (HERE,) else paths)


@tool(
    effects=_effects,
    also=("du", "space", "how big", "folder size", "占用空间", "多大"),
    examples=(
        Example("how big is the images folder?", 'disk_usage("images")', finds=("images",)),
        Example("how much space does each folder here take", "disk_usage(depth=1)",
                finds=("build", "docs", "emptydir", "images", "logs", "src", "sub", ".")),
        Example("what takes the most space in here, top 3",
                'disk_usage("*") | largest(3)', finds=("big.bin", "images", "logs")),
        Example("total size of docs and src please", 'disk_usage(["docs", "src"])', finds=("docs", "src")),
        Example("size of all python files together", 'find_files(name="*.py") | disk_usage() | sum("size")'),
        Example("logs 目录占了多少空间？", 'disk_usage("logs")', finds=("logs",), language="zh"),
    ),
)  # fmt: skip
def disk_usage(
    given: Files | None = None,
    /,
    paths: Paths = (HERE,),
    *,
    depth: int | None = None,
    files: bool = False,
    allocated: bool = False,
    exclude: Globs = (),
    same_disk: bool = False,
) -> Table:
    """How many bytes folders hold with all that is below them, and files.

    Args:
        paths: the folders and files to measure.
        depth: also a row for each folder this many levels down.
        files: also a row for each file, as far down as depth says.
        allocated: the space taken on the disk instead of the bytes in the files.
        exclude: names not to count, with all that is below them.
        same_disk: stay on the file system of each folder.
    """
    notes: list[str] = []
    starts = asked(() if given is not None and paths == (HERE,) else paths, given, notes)
    levels = (0 if not files else None) if depth is None else depth
    unread = Unread()
    ruler = Ruler(Reach(exclude=leave_out(exclude), same_disk=same_disk), levels, files, allocated, unread)
    rows = [row for start in starts for row in ruler.measure(start.rstrip("/") or "/")]
    return Table(COLUMNS, rows, [*notes, *unread.notes()])


@dataclass
class Ruler:
    """Measures what is below folders; one of several hard links to a file is counted."""

    reach: Reach
    levels: int | None
    files: bool
    allocated: bool
    unread: Unread
    seen: set[tuple[int, int]] = field(default_factory=set)

    def measure(self, start: str) -> list[Row]:
        """A row for each path to be shown, the start last.

        `sizes` holds the paths to be shown, parents before children, each with what is in it but in none of its
        shown children; `owners` the folders still to be walked, with the path whose size they add to.
        """
        sizes = {start: 0}
        parents: dict[str, str] = {}
        owners = {start: start}
        if self.allocated and os.path.isdir(start) and not os.path.islink(start):
            sizes[start] = self._size(Named(start))
        for batch in walk(start, self.unread, self.reach):
            owner = owners.pop(batch.folder, start)
            for entry in batch.entries:
                path, is_folder = entry.path[batch.cut :], entry.is_dir(follow_symlinks=False)
                shown = (is_folder or self.files) and (self.levels is None or batch.depth <= self.levels)
                if shown and batch.depth:
                    sizes[path], parents[path] = 0, owner
                holder = path if shown else owner
                sizes[holder if batch.depth else start] += self._size(entry)
                if is_folder:
                    owners[path] = holder
        for path in reversed(parents):
            sizes[parents[path]] += sizes[path]
        return [*sorted((path, size) for path, size in sizes.items() if path in parents), (start, sizes[start])]

    def _size(self, entry: Entry) -> int:
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError:  # it vanished
            return 0
        if not stat.S_ISREG(status.st_mode) and not self.allocated:
            return 0
        if status.st_nlink > 1 and not stat.S_ISDIR(status.st_mode):
            identity = (status.st_dev, status.st_ino)
            if identity in self.seen:
                return 0
            self.seen.add(identity)
        return status.st_blocks * 512 if self.allocated else status.st_size
