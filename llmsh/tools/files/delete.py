"""Files and folders to the trash."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Paths, tool
from llmsh.tools.changing import ancestors, changes, existing, outermost
from llmsh.tools.paths import targets
from llmsh.types import Changes, Effects, Files, Row, Rows


def _effects(*, paths: Paths, given: Rows | None = None, **_: object) -> Effects:
    return Effects(deletes=tuple(outermost(_bare(targets(paths, given)))))


@tool(
    effects=_effects,
    also=("rm", "remove", "erase", "trash", "get rid of", "clean up", "删除", "删掉", "移到回收站"),
    examples=(
        Example("delete todo.txt", 'delete("todo.txt")', finds=("todo.txt",)),
        Example("remove all tmp files in build", 'delete("build/*.tmp")', finds=("build/x.tmp", "build/y.tmp")),
        Example("get rid of tmp files older than a week", 'find_files(name="*.tmp", older_than="7d") | delete()',
                finds=("build/x.tmp",)),
        Example("please throw away the build folder", 'delete("build")', finds=("build",)),
        Example("delete every empty file here", 'find_files(kind="file", empty=True) | delete()',
                finds=("empty.txt",)),
        Example("delete those", "last | delete()"),
        Example("delete the second one", "last[2] | delete()"),
        Example("删除 logs 里的 old.log", 'delete("logs/old.log")', finds=("logs/old.log",), language="zh"),
    ),
)  # fmt: skip
def delete(given: Files | None = None, /, paths: Paths = ()) -> Changes:
    """Delete files or folders: they go to the trash.

    Args:
        paths: what to delete.
    """
    notes: list[str] = []
    found = outermost(_bare(_present(paths, given, notes)))
    here = [os.path.realpath("."), *ancestors(os.path.realpath("."))]
    for path in found:
        if not os.path.islink(path) and os.path.realpath(path) in here:
            raise ToolFailed(f"{path} holds the folder you are in", "name what is in it, or go elsewhere first")
    return changes(found, _trash, "delete", notes)


def _present(paths: Paths, given: Files | None, notes: list[str]) -> list[str]:
    """What is there; what came through the pipe and is gone already needs no word."""
    if given is None:
        return existing(paths, None, notes)
    piped = targets((), given)
    named = existing(paths, None, notes) if paths else []
    return list(dict.fromkeys([*named, *(path for path in piped if os.path.lexists(path))]))


def _bare(paths: list[str]) -> list[str]:
    """Without the slash at the end, with which a link would stand for the folder it points to."""
    return [path.rstrip("/") or "/" for path in paths]


def _trash(path: str) -> Iterator[Row]:
    # this module of it by name: the one it would choose on a desktop speaks D-Bus, which a worker cannot
    from send2trash import plat_other
    from send2trash.exceptions import TrashPermissionError

    if not os.path.lexists(path):
        return
    folder = os.path.dirname(path) or "."
    if not os.access(
        folder, os.W_OK | os.X_OK, effective_ids=True
    ):  # asked first, or the trash keeps a record of what never came
        raise _no_trash(path, f"nothing may be removed from {folder}")
    try:
        if os.path.islink(path) or not os.access(path, os.W_OK):
            # send2trash looks where a link points, and refuses what is merely write-protected
            plat_other.trash_move(os.fsencode(os.path.abspath(path)), plat_other.HOMETRASH_B, plat_other.XDG_DATA_HOME)
        else:
            plat_other.send2trash(path)
    except TrashPermissionError as error:
        raise _no_trash(path, "there is no trash that you may write to on its disk") from error
    except OSError as error:
        raise _no_trash(path, (error.strerror or str(error)).lower()) from error
    yield (path, "trashed", None)


def _no_trash(path: str, reason: str) -> ToolFailed:
    return ToolFailed(
        f"cannot move {path} to the trash: {reason}", f"to delete it for good: !rm -r {shlex.quote(path)}"
    )
