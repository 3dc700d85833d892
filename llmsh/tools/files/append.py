"""Lines at the end of a file."""

from __future__ import annotations

import os
from collections.abc import Iterator

from llmsh.tool import Example, Path, tool
from llmsh.tools.atomic import encoded, regular
from llmsh.tools.changing import changes, new_folders, through
from llmsh.types import Changes, Effects, Row


def _effects(path: str, **_: object) -> Effects:
    target = through(path)
    return Effects(writes=(*new_folders(target), target))


@tool(
    effects=_effects,
    also=("add a line", "echo >>", "add to the end", "追加", "添加一行", "末尾加"),
    examples=(
        Example("add 'four' to the end of todo.txt", 'append("todo.txt", "four")', finds=("todo.txt",)),
        Example(
            "append water the plants to notes.txt", 'append("notes.txt", "water the plants")', finds=("notes.txt",)
        ),
        Example(
            "please add the lines eve and frank to names.txt",
            'append("names.txt", "eve\\nfrank")',
            finds=("names.txt",),
        ),
        Example("put build/ on a new line in .gitignore", 'append(".gitignore", "build/")', finds=(".gitignore",)),
        Example("在 todo.txt 末尾加一行 four", 'append("todo.txt", "four")', finds=("todo.txt",), language="zh"),
    ),
)
def append(path: Path, text: str) -> Changes:
    """Add text as new lines at the end of a file, which is made where it is missing.

    Args:
        path: the file.
        text: the lines to add.
    """
    return changes([os.path.expanduser(path)], lambda name: _append(name, text), "write")


def _append(path: str, text: str) -> Iterator[Row]:
    append_bytes(path, encoded(text if text.endswith("\n") else text + "\n"))
    yield (path, "appended", None)


def append_bytes(path: str, data: bytes) -> None:
    """Add whole lines: a last line without its end gets one first. Where the disk is full nothing is added.

    It is not done by replacing the file, because a log may be large and another program may be writing it.
    """
    target = through(path)
    old = regular(target, path)
    os.makedirs(os.path.dirname(target) or ".", exist_ok=True)
    with open(target, "ab" if old is None else "ab+", buffering=0) as file:  # what is new may not be read in a cage
        size = old.st_size if old is not None else 0
        if size and data:
            file.seek(size - 1)
            data = data if file.read(1) == b"\n" else b"\n" + data
        try:
            while data:
                data = data[file.write(data) or 0 :]
        except BaseException:
            file.truncate(size)
            raise
