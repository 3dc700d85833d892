"""The difference between two folders."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Folder, tool
from llmsh.tools.opening import missing
from llmsh.tools.paths import reads
from llmsh.tools.same_content import same_content
from llmsh.tools.walk import Entry, Unread, folder_error, readable, scan
from llmsh.types import PATH, Column, Row, Table


@tool(
    effects=reads("a", "b"),
    also=("diff -r", "difference", "missing files", "in sync", "比较目录", "文件夹区别", "缺少的文件"),
    examples=(
        Example("compare the folders src and sub", 'compare_folders("src", "sub")',
                finds=("b.py", "deep", "main.py", "style.css", "util.py")),
        Example("which files are only in docs and not in src?",
                'compare_folders("docs", "src") | where("difference", "=", "only in docs")',
                finds=("guide.md", "intro.md", "report.pdf")),
        Example("is emptydir the same as emptydir", 'compare_folders("emptydir", "emptydir")', finds=()),
        Example("how many things differ between logs and build", 'compare_folders("logs", "build") | count()',
                finds=(5,)),
        Example("比较 src 和 docs 两个目录", 'compare_folders("src", "docs")',
                finds=("guide.md", "intro.md", "main.py", "report.pdf", "style.css", "util.py"), language="zh"),
    ),
)  # fmt: skip
def compare_folders(a: Folder, b: Folder) -> Table:
    """Show what is only in one of two folders, or different in both, with all that is below them.

    Args:
        a: the first folder.
        b: the second folder.
    """
    a, b = os.path.expanduser(a), os.path.expanduser(b)
    for folder in (a, b):
        if not os.path.lexists(folder):
            raise missing(folder)
        if not os.path.isdir(folder):
            raise folder_error(folder)
        readable(folder)
    notes: list[str] = []
    return Table((PATH, Column("difference")), _differences(a, b, notes), notes)


def _differences(a: str, b: str, notes: list[str]) -> Iterator[Row]:
    unread = Unread()
    different = False
    stack = [""]
    while stack:
        below = stack.pop()
        left = {entry.name: entry for entry in scan(os.path.join(a, below), unread)}
        right = {entry.name: entry for entry in scan(os.path.join(b, below), unread)}
        common: list[str] = []
        for name in sorted({*left, *right}):
            path = os.path.join(below, name)
            if name not in left or name not in right:
                difference = f"only in {a if name in left else b}"
            else:
                difference = _difference(left[name], right[name])
                if difference == "" and left[name].is_dir(follow_symlinks=False):
                    common.append(path)
            if difference:
                different = True
                yield path, difference
        stack.extend(reversed(common))
    notes.extend(unread.notes())
    if not different and not unread.folders:
        notes.append("the folders are the same")


def _difference(left: Entry, right: Entry) -> str:
    """How two entries of the same name differ: nothing where they are the same, or are both folders."""
    try:
        modes = left.stat(follow_symlinks=False).st_mode, right.stat(follow_symlinks=False).st_mode
        if stat.S_IFMT(modes[0]) != stat.S_IFMT(modes[1]):
            return "different"
        if stat.S_ISLNK(modes[0]):
            return "" if os.readlink(left.path) == os.readlink(right.path) else "different"
        if stat.S_ISREG(modes[0]):
            return "" if same_content(left.path, right.path) else "different"
    except (OSError, ToolFailed):  # it vanished or may not be read
        return "could not be compared"
    return ""
