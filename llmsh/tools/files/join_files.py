"""Several files in one."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Path, Paths, tool
from llmsh.tools.atomic import replacing
from llmsh.tools.changing import changes, existing, new_folders, through
from llmsh.tools.paths import targets
from llmsh.types import Changes, Effects, Files, Limits, Row, Rows


def _effects(*, paths: Paths, to: str, given: Rows | None = None, **_: object) -> Effects:
    goal = through(to)
    lost = (goal,) if os.path.isfile(goal) else ()
    return Effects(reads=tuple(targets(paths, given)), writes=(*new_folders(goal), goal), overwrites=lost)


@tool(
    effects=_effects,
    limits=Limits(file=1 << 42),
    also=("cat", "concatenate", "merge files", "combine", "合并文件", "拼接"),
    examples=(
        Example("join todo.txt and names.txt into all.txt", 'join_files(["todo.txt", "names.txt"], to="all.txt")',
                finds=("all.txt",)),
        Example("concatenate all logs to all.log", 'join_files("logs/*.log", to="all.log")', finds=("all.log",)),
        Example("can you put the pieces together again as whole.bin", 'last | join_files(to="whole.bin")'),
        Example("merge every markdown file below here in one book.md",
                'find_files(name="*.md") | sort() | join_files(to="book.md")', finds=("book.md",)),
        Example("把 todo.txt 和 notes.txt 合并成 all.txt", 'join_files(["todo.txt", "notes.txt"], to="all.txt")',
                finds=("all.txt",), language="zh"),
    ),
)  # fmt: skip
def join_files(given: Files | None = None, /, paths: Paths = (), *, to: Path) -> Changes:
    """Put the content of files one after the other into a new file.

    Args:
        paths: the files, in order.
        to: the new file.
    """
    notes: list[str] = []
    found = existing(paths, given, notes)
    if not found:
        raise ToolFailed("there are no files to join")
    to = os.path.expanduser(to)
    for path in found:
        if os.path.exists(to) and os.path.exists(path) and os.path.samefile(path, to):
            raise ToolFailed(f"{to} is one of the files to join", "choose another name for the result")
        if not stat.S_ISREG(os.stat(path).st_mode if os.path.exists(path) else 0):
            raise ToolFailed(f"{path} is no file that can be joined")
    return changes([to], lambda goal: _join(found, goal), "write", notes)


def _join(found: list[str], goal: str) -> Iterator[Row]:
    import shutil

    with replacing(goal) as target:
        for path in found:
            with open(path, "rb") as source:
                shutil.copyfileobj(source, target, 1 << 20)
    yield (goal, "written", None)
