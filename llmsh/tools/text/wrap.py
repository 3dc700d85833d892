"""Long lines broken into shorter ones."""

from __future__ import annotations

from collections.abc import Iterator

from llmsh.errors import ToolFailed
from llmsh.plain import plain_lines
from llmsh.tool import Example, tool
from llmsh.tools.lines import text_of
from llmsh.types import Rows, Text


@tool(
    also=("fold", "fmt", "line width", "break long lines", "折行", "换行", "每行最多"),
    examples=(
        Example("notes.txt with at most 12 characters a line", 'read("notes.txt") | wrap(12)',
                finds=("buy milk", "TODO call", "Ann", "pay rent", "TODO fix the", "roof", "read a book")),
        Example("wrap README.md at 60 columns", 'read("README.md") | wrap(60)'),
        Example("fold that to 40 please", "last | wrap(40)"),
        Example("把 README.md 折成每行最多 40 个字符", 'read("README.md") | wrap(40)', language="zh"),
    ),
)  # fmt: skip
def wrap(given: Rows, /, width: int = 80) -> Text:
    """Break long lines between words.

    Args:
        width: the most characters in a line.
    """
    if width < 1:
        raise ToolFailed(f"a line cannot be {width} characters wide", "write a width from 1")
    return text_of(_wrapped(given, width), given)


def _wrapped(given: Rows, width: int) -> Iterator[str]:
    from textwrap import TextWrapper

    wrapper = TextWrapper(width, expand_tabs=False, replace_whitespace=False, break_on_hyphens=False)
    for line in plain_lines(given):
        if len(line) <= width:
            yield line
        else:
            yield from wrapper.wrap(line) or [""]
