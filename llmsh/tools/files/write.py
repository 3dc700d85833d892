"""A file with the text one says."""

from __future__ import annotations

import os
from collections.abc import Iterator

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Path, tool
from llmsh.tools.atomic import encoded, write_bytes
from llmsh.tools.changing import changes, new_folders, through
from llmsh.types import Changes, Effects, Row


def _effects(path: str, *, overwrite: bool = True, **_: object) -> Effects:
    target = through(path)
    lost = (target,) if overwrite and os.path.isfile(target) else ()
    return Effects(writes=(*new_folders(target), target), overwrites=lost)


@tool(
    effects=_effects,
    also=("create a file", "put into a file", "echo >", "new file", "写入", "新建文件", "创建文件"),
    examples=(
        Example("create hello.txt that says hello world", 'write("hello.txt", "hello world")', finds=("hello.txt",)),
        Example("make an empty file called draft.md", 'write("draft.md", "")', finds=("draft.md",)),
        Example(
            "could you put the lines milk and bread into shop.txt?", 'write("shop.txt", "milk\\nbread")',
            finds=("shop.txt",),
        ),
        Example("replace everything in todo.txt with 'done'", 'write("todo.txt", "done")', finds=("todo.txt",)),
        Example(
            "save 'v1' as docs/version.txt unless it is there already",
            'write("docs/version.txt", "v1", overwrite=False)', finds=("docs/version.txt",),
        ),
        Example("新建一个文件 hi.txt，内容是 你好", 'write("hi.txt", "你好")', finds=("hi.txt",), language="zh"),
    ),
)  # fmt: skip
def write(path: Path, text: str, *, overwrite: bool = True) -> Changes:
    """Make a file with this text; what it held before is replaced.

    Args:
        path: the file.
        text: what it shall hold; the last line gets its line end.
        overwrite: replace a file that exists already.
    """
    path = os.path.expanduser(path)
    if not overwrite and os.path.lexists(path):
        raise ToolFailed(f"{path} exists already", "choose another name, or say that it may be overwritten")
    return changes([path], lambda name: _write(name, text), "write")


def _write(path: str, text: str) -> Iterator[Row]:
    ended = text if not text or text.endswith("\n") else text + "\n"
    write_bytes(path, encoded(ended))
    yield (path, "written", None)
