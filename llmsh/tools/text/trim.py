"""Lines without the space around them."""

from __future__ import annotations

from typing import Literal

from llmsh.tool import Example, tool
from llmsh.tools.lines import each_line
from llmsh.types import Rows, Text

STRIPS = {"both": str.strip, "left": str.lstrip, "right": str.rstrip}


@tool(
    also=("strip", "remove leading spaces", "trailing whitespace", "indentation", "去掉空格", "去除首尾空格"),
    examples=(
        Example("src/util.py without indentation", 'read("src/util.py") | trim(side="left")',
                finds=("def add(a, b):", "return a + b")),
        Example("strip trailing spaces from notes.txt and show it", 'read("notes.txt") | trim(side="right")',
                finds=("buy milk", "TODO call Ann", "pay rent", "TODO fix the roof", "read a book")),
        Example("remove the spaces around each of those lines", "last | trim()"),
        Example("去掉 src/util.py 每行前后的空格", 'read("src/util.py") | trim()',
                finds=("def add(a, b):", "return a + b"), language="zh"),
    ),
)  # fmt: skip
def trim(given: Rows, /, *, side: Literal["both", "left", "right"] = "both") -> Text:
    """Remove spaces and tabs around every line.

    Args:
        side: where: on both sides, left or right.
    """
    return each_line(given, STRIPS[side])
