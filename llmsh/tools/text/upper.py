"""Lines in capital letters."""

from __future__ import annotations

from llmsh.tool import Example, tool
from llmsh.tools.lines import each_line
from llmsh.types import Rows, Text


@tool(
    also=("uppercase", "capitals", "capital letters", "toupper", "大写"),
    examples=(
        Example("todo.txt in capital letters", 'read("todo.txt") | upper()', finds=("ONE", "TWO", "THREE")),
        Example("uppercase the first line of notes.txt", 'read("notes.txt") | first() | upper()', finds=("BUY MILK",)),
        Example("can you shout that", "last | upper()"),
        Example("the piped text in upper case", "stdin | upper()", finds=("PEAR", "APPLE", "FIG")),
        Example("把 todo.txt 转成大写", 'read("todo.txt") | upper()', finds=("ONE", "TWO", "THREE"), language="zh"),
    ),
)  # fmt: skip
def upper(given: Rows, /) -> Text:
    """Every line in capital letters."""
    return each_line(given, str.upper)
