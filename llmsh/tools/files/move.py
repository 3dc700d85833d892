"""Files and folders in another place."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Path, Paths, tool
from llmsh.tools.changing import changes, note
from llmsh.tools.files.copy import copy_tree
from llmsh.tools.transfer import Transfer, both_folders, checked, children, previewed, replaced, written
from llmsh.types import Changes, Effects, Files, Limits, Row, Rows


def _effects(*, paths: Paths, to: str, overwrite: bool = True, given: Rows | None = None, **_: object) -> Effects:
    planned = previewed(paths, given, to)
    sources = tuple(item.source for item in planned)
    return Effects(writes=written(planned), deletes=sources, overwrites=replaced(planned) if overwrite else ())


@tool(
    effects=_effects,
    limits=Limits(file=1 << 42),
    also=("mv", "put into", "relocate", "移动", "挪到", "放到"),
    examples=(
        Example("move todo.txt into docs", 'move("todo.txt", to="docs")', finds=("docs/todo.txt",)),
        Example("put all the txt files in a new folder called texts", 'move("*.txt", to="texts/")',
                finds=("texts/copy-of-notes.txt", "texts/empty.txt", "texts/link.txt", "texts/names.txt",
                       "texts/notes.txt", "texts/numbers.txt", "texts/todo.txt")),
        Example("please move the build folder to old/build", 'move("build", to="old/build")', finds=("old/build",)),
        Example("bring the markdown files from docs up here", 'move("docs/*.md", to=".")',
                finds=("guide.md", "intro.md")),
        Example("move logs older than 1 year to archive",
                'find_files("logs", name="*.log", older_than="1y") | move(to="archive/")', finds=("archive/old.log",)),
        Example("move them to images", 'last | move(to="images")'),
        Example("把 data.csv 移到 docs 文件夹", 'move("data.csv", to="docs")',
                finds=("docs/data.csv",), language="zh"),
    ),
)  # fmt: skip
def move(given: Files | None = None, /, paths: Paths = (), *, to: Path, overwrite: bool = True) -> Changes:
    """Move files and folders into a folder or to a new place.

    Args:
        paths: what to move.
        to: the new name, or a folder; a name ending in / is a folder that is made where it is missing.
        overwrite: replace files that are there already.
    """
    notes: list[str] = []
    planned = {item.source: item for item in checked(paths, given, to, notes)}
    return changes(planned, lambda source: _move(planned[source], notes, overwrite=overwrite), "move", notes)


def _move(item: Transfer, notes: list[str], *, overwrite: bool) -> Iterator[Row]:
    """Move one thing; a folder that goes where a folder is gives its content to that one."""
    emptied: list[str] = []
    pending = [item]
    while pending:
        now = pending.pop()
        if both_folders(now):
            pending.extend(reversed(children(now)))
            emptied.append(now.source)
        elif not overwrite and os.path.lexists(now.target):
            note(notes, f"{now.target} is there already and was kept")
        else:
            _move_entry(now)
            yield (now.target, "moved", now.source)
    for folder in reversed(emptied):
        try:
            os.rmdir(folder)
        except OSError:  # something in it was kept, and that is noted
            continue


def _move_entry(item: Transfer) -> None:
    folder = os.path.isdir(item.source) and not os.path.islink(item.source)
    if os.path.isdir(item.target) and not folder:
        raise ToolFailed(f"{item.target} is a folder, {item.source} is none", "choose another name")
    if folder and os.path.lexists(item.target):
        raise ToolFailed(f"{item.target} is there already and is no folder", "choose another name")
    os.makedirs(os.path.dirname(item.target.rstrip("/")) or ".", exist_ok=True)
    try:
        os.rename(item.source.rstrip("/") or "/", item.target.rstrip("/"))
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _carry_over(item, folder=folder)


def _carry_over(item: Transfer, *, folder: bool) -> None:
    """Move to another file system: copy everything, and only when all of it is there remove the old one."""
    import shutil

    problems: list[str] = []
    for _ in copy_tree(item, problems, overwrite=True, follow=False):
        pass
    if problems:
        raise ToolFailed(f"{item.source} was copied in part and not removed: {problems[0]}")
    if folder:
        shutil.rmtree(item.source)
    else:
        os.unlink(item.source)
