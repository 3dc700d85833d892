"""What is in a folder."""

from __future__ import annotations

import os
from typing import Literal

from llmsh.tool import HERE, Example, Paths, tool
from llmsh.tools.columns import kind_of
from llmsh.tools.opening import why
from llmsh.tools.paths import expand, reads
from llmsh.tools.walk import Entry, Named, existing
from llmsh.types import FILE_COLUMNS, Files, Row

Kind = Literal["file", "folder", "link"]


@tool(
    effects=reads("folder"),
    also=("ls", "dir", "folder contents", "what is here", "列出", "目录", "文件夹里有什么"),
    examples=(
        Example("what's in the docs folder?", 'list_files("docs")',
                finds=("docs/guide.md", "docs/intro.md", "docs/report.pdf")),
        Example("ls src", 'list_files("src")', finds=("src/main.py", "src/style.css", "src/util.py")),
        Example("show me the folders here", 'list_files(kind="folder")',
                finds=("build", "docs", "emptydir", "images", "logs", "src", "sub")),
        Example("list everything including hidden files", "list_files(hidden=True)"),
        Example("which txt files are in this directory", 'list_files("*.txt")',
                finds=("copy-of-notes.txt", "empty.txt", "link.txt", "names.txt", "notes.txt", "numbers.txt",
                       "todo.txt")),
        Example("newest file in logs please", 'list_files("logs") | largest(by="modified")'),
        Example("images 文件夹里有什么", 'list_files("images")',
                finds=("images/logo.png", "images/photo.jpg"), language="zh"),
    ),
)  # fmt: skip
def list_files(folder: Paths = (HERE,), *, hidden: bool = False, kind: Kind | None = None) -> Files:
    """What is in a folder, by name, with size, time and kind; not what is below its folders.

    Args:
        folder: the folder, a file, or names with wildcards.
        hidden: also names that begin with a dot.
        kind: only files, folders or links.
    """
    written = {os.path.expanduser(path) for path in folder}
    notes: list[str] = []
    rows: list[Row] = []
    for path in existing(expand(folder), notes):
        if path in written and os.path.isdir(path):
            rows.extend(_contents(path, hidden))
        else:  # what a wildcard found is listed itself, as its writer meant
            rows.extend(_row(Named(path)))
    return Files(FILE_COLUMNS, [row for row in rows if kind in (None, row[3])], notes)


def _contents(folder: str, hidden: bool) -> list[Row]:
    here = os.path.normpath(folder) == "."
    try:
        with os.scandir("." if here else folder) as found:
            entries: list[Entry] = [entry for entry in found if hidden or entry.name[0] != "."]
    except OSError as error:
        raise why(folder, error) from None
    entries.sort(key=lambda entry: (entry.name.casefold(), entry.name))
    return [row for entry in entries for row in _row(entry, 2 if here else 0)]


def _row(entry: Entry, cut: int = 0) -> list[Row]:
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError:  # it vanished
        return []
    return [(entry.path[cut:], status.st_size, status.st_mtime, kind_of(status.st_mode))]
