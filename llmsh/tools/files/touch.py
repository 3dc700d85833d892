"""The times of files, and empty new ones."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from datetime import datetime

from llmsh.errors import ToolFailed
from llmsh.tool import Age, Example, Paths, tool
from llmsh.tools.changing import changes, missing, new_folders
from llmsh.tools.noted import set_times
from llmsh.tools.paths import some_targets, targets
from llmsh.types import Changes, Effects, Files, Row, Rows
from llmsh.units import parse_moment


def _effects(*, paths: Paths, given: Rows | None = None, **_: object) -> Effects:
    found = [item for path in targets(paths, given) for item in (*new_folders(path), path)]
    return Effects(writes=tuple(dict.fromkeys(found)))


@tool(
    effects=_effects,
    also=("create empty file", "modification time", "timestamp", "更新时间", "修改时间", "空文件"),
    examples=(
        Example("touch a new file empty.log", 'touch("empty.log")', finds=("empty.log",)),
        Example("create three empty files x.txt y.txt z.txt", 'touch(["x.txt", "y.txt", "z.txt"])',
                finds=("x.txt", "y.txt", "z.txt")),
        Example("set the date of notes.txt to 2024-01-31", 'touch("notes.txt", time="2024-01-31")',
                finds=("notes.txt",)),
        Example("make all md files in docs look as if changed just now", 'touch("docs/*.md")',
                finds=("docs/guide.md", "docs/intro.md")),
        Example("把 todo.txt 的修改时间改成昨天", 'touch("todo.txt", time="yesterday")',
                finds=("todo.txt",), language="zh"),
    ),
)  # fmt: skip
def touch(given: Files | None = None, /, paths: Paths = (), *, time: Age | None = None) -> Changes:
    """Set when files were last changed, to now or another time; missing ones are made, empty.

    Args:
        paths: the files.
        time: when, a date and time or how long ago.
    """
    moment = _moment(time) if time is not None else None
    found = [] if given is not None and not paths and not targets((), given) else some_targets(paths, given)
    for path in found:
        if glob.has_magic(path) and not os.path.lexists(path):  # else a file named *.txt would be made
            raise missing(path)
    return changes(found, lambda path: _touch(path, moment), "touch")


def _moment(time: str) -> float:
    try:
        moment = parse_moment(time, datetime.now())
        datetime.fromtimestamp(moment)  # no file has a time that no calendar reaches
    except (ValueError, OverflowError) as error:
        raise ToolFailed(f"{time} is no time: {error}", "as in 2024-01-31, yesterday or 2h") from None
    return moment


def _touch(path: str, moment: float | None) -> Iterator[Row]:
    is_new = not os.path.exists(path)
    if is_new:
        if path.endswith("/"):
            raise ToolFailed(f"{path} is the name of a folder", "make it with make_folder()")
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NONBLOCK | os.O_CLOEXEC, 0o666))
    set_times(path, None if moment is None else (moment, moment))
    yield (path, "created" if is_new else "touched", None)
