"""New folders."""

from __future__ import annotations

import os
from collections.abc import Iterator

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Paths, tool
from llmsh.tools.changing import changes, new_folders, note
from llmsh.types import Changes, Effects, Row


def _effects(*, paths: Paths, **_: object) -> Effects:
    made = [item for path in _named(paths) for item in (*new_folders(path), path) if not os.path.isdir(item)]
    return Effects(writes=tuple(dict.fromkeys(made)))


def _named(paths: Paths) -> list[str]:
    """The folders as named; wildcards mean nothing in what is not there yet."""
    return list(dict.fromkeys(os.path.expanduser(path).rstrip("/") or "/" for path in paths))


@tool(
    effects=_effects,
    also=("mkdir", "new folder", "create directory", "新建文件夹", "创建目录"),
    examples=(
        Example("make a folder called photos", 'make_folder("photos")', finds=("photos",)),
        Example("create the folders a, b and c", 'make_folder(["a", "b", "c"])', finds=("a", "b", "c")),
        Example("I need a directory work/2024/reports", 'make_folder("work/2024/reports")',
                finds=("work", "work/2024", "work/2024/reports")),
        Example("new directory tests inside src", 'make_folder("src/tests")', finds=("src/tests",)),
        Example("新建一个叫 照片 的文件夹", 'make_folder("照片")', finds=("照片",), language="zh"),
    ),
)  # fmt: skip
def make_folder(paths: Paths) -> Changes:
    """Make folders, with the folders above them where those are missing.

    Args:
        paths: the folders to make.
    """
    notes: list[str] = []
    return changes(_named(paths), lambda path: _make(path, notes), "make", notes)


def _make(path: str, notes: list[str]) -> Iterator[Row]:
    if os.path.isdir(path):
        note(notes, f"{path} is there already")
        return
    for item in (*new_folders(path), path):
        try:
            os.mkdir(item)
        except FileExistsError:
            raise ToolFailed(f"{item} is there already and is no folder", "choose another name") from None
        except NotADirectoryError:
            raise ToolFailed(f"cannot make {item}: a part of that path is a file") from None
        yield (item, "created", None)
