"""What a pipe brought, as a plain file."""

from __future__ import annotations

import os
from collections.abc import Iterator

from llmsh.plain import plain_lines
from llmsh.tool import Example, Path, tool
from llmsh.tools.atomic import encoded, write_bytes
from llmsh.tools.changing import changes, new_folders, through
from llmsh.tools.files.append import append_bytes
from llmsh.types import Changes, Effects, Row, Rows


def _effects(path: str, *, append: bool = False, **_: object) -> Effects:
    target = through(path)
    lost = (target,) if not append and os.path.isfile(target) else ()
    return Effects(writes=(*new_folders(target), target), overwrites=lost)


@tool(
    effects=_effects,
    also=("write to a file", "redirect", "tee", "export", "store", "保存", "存到文件", "导出"),
    examples=(
        Example(
            "save the list of python files to list.txt", 'find_files(name="*.py") | save("list.txt")',
            finds=("list.txt",),
        ),
        Example("sort names.txt and store it as sorted.txt", 'read("names.txt") | sort() | save("sorted.txt")',
                finds=("sorted.txt",)),
        Example("write those to result.txt", 'last | save("result.txt")'),
        Example(
            "add the lines with ERROR in logs/app.log to errors.txt",
            'read("logs/app.log") | keep("ERROR") | save("errors.txt", append=True)', finds=("errors.txt",),
        ),
        Example("save the piped text as in.txt", 'stdin | save("in.txt")', finds=("in.txt",)),
        Example("把结果保存到 out.txt", 'last | save("out.txt")', language="zh"),
    ),
)  # fmt: skip
def save(given: Rows, /, path: Path, *, append: bool = False) -> Changes:
    """Save what comes through the pipe to a file, as plain text.

    Args:
        path: the file.
        append: add to the end of the file instead of replacing it.
    """
    return changes([os.path.expanduser(path)], lambda name: _save(given, name, append=append), "write")


def _save(given: Rows, path: str, *, append: bool) -> Iterator[Row]:
    # read to the end before the file is touched: it may be where the rows come from
    data = b"".join(encoded(line) + b"\n" for line in plain_lines(given))
    if append:
        append_bytes(path, data)
    else:
        write_bytes(path, data)
    yield (path, "appended" if append else "saved", None)
