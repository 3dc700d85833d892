"""A folder and all below it, as a tree."""

from __future__ import annotations

import os
from collections.abc import Iterator

from llmsh.tool import HERE, Example, Folder, Globs, tool
from llmsh.tools.columns import kind_of
from llmsh.tools.file_filters import leave_out
from llmsh.tools.paths import reads
from llmsh.tools.walk import Entry, Filter, Unread, existing, folder_error, readable, scan
from llmsh.types import FILE_COLUMNS, PATH, Row, Tree

COLUMNS = (PATH, FILE_COLUMNS[3])


@tool(
    effects=reads("folder"),
    also=("folder structure", "hierarchy", "layout", "目录树", "结构"),
    examples=(
        Example("show src as a tree", 'tree("src")', finds=("src", "src/main.py", "src/style.css", "src/util.py")),
        Example("what does the structure of sub look like?", 'tree("sub")',
                finds=("sub", "sub/b.py", "sub/deep", "sub/deep/c.py")),
        Example("folder tree, folders only", "tree(folders_only=True)",
                finds=(".", "build", "docs", "emptydir", "images", "logs", "src", "sub", "sub/deep")),
        Example("tree of this project two levels deep without build and logs",
                'tree(depth=2, exclude=["build", "logs"])'),
        Example("用树形显示 docs 目录", 'tree("docs")',
                finds=("docs", "docs/guide.md", "docs/intro.md", "docs/report.pdf"), language="zh"),
    ),
)  # fmt: skip
def tree(
    folder: Folder = HERE,
    *,
    depth: int | None = None,
    hidden: bool = False,
    folders_only: bool = False,
    exclude: Globs = (),
) -> Tree:
    """A folder and everything below it, drawn as a tree; the folder itself is its first row.

    Args:
        folder: the folder to draw.
        depth: how many levels down.
        hidden: also names that begin with a dot.
        folders_only: leave out the files.
        exclude: names to leave out, with all that is below them.
    """
    notes: list[str] = []
    start = existing([os.path.expanduser(folder)], notes)[0]
    if not os.path.isdir(start):
        raise folder_error(start)
    readable(start)
    start = "." if os.path.normpath(start) == "." else start
    keep = [_shown(hidden, folders_only)]
    unwanted = leave_out(exclude)
    return Tree(COLUMNS, _rows(start, depth, [*keep, unwanted] if unwanted else keep, notes), notes, title=start)


def _shown(hidden: bool, folders_only: bool) -> Filter:
    def keep(entries: list[Entry]) -> list[Entry]:
        return [
            entry
            for entry in entries
            if (hidden or entry.name[0] != ".") and (not folders_only or entry.is_dir(follow_symlinks=False))
        ]

    return keep


def _rows(start: str, depth: int | None, keep: list[Filter], notes: list[str]) -> Iterator[Row]:
    unread = Unread()
    yield start, "folder"
    waiting = _children(start, 1, keep, unread)
    while waiting:
        entry, level = waiting.pop()
        path = entry.path.removeprefix("./") if start == "." else entry.path
        is_folder = entry.is_dir(follow_symlinks=False)
        yield path, "folder" if is_folder else _kind(entry)
        if is_folder and (depth is None or level < depth):
            waiting.extend(_children(path, level + 1, keep, unread))
    notes.extend(unread.notes())


def _kind(entry: Entry) -> str:
    """The kind of what is no folder; only what is no regular file is asked for."""
    if entry.is_file(follow_symlinks=False):
        return "file"
    try:
        return kind_of(entry.stat(follow_symlinks=False).st_mode)
    except OSError:  # it vanished
        return "file"


def _children(folder: str, level: int, keep: list[Filter], unread: Unread) -> list[tuple[Entry, int]]:
    """What is in a folder, last name first: the next one to be drawn is taken from the end."""
    entries = scan(folder, unread)
    for wanted in keep:
        entries = wanted(entries)
    entries.sort(key=lambda entry: (entry.name.casefold(), entry.name), reverse=True)
    return [(entry, level) for entry in entries]
