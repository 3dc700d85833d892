"""Lines in small letters."""

from __future__ import annotations

from llmsh.tool import Example, tool
from llmsh.tools.lines import each_line
from llmsh.types import Rows, Text


@tool(
    also=("lowercase", "small letters", "tolower", "小写"),
    examples=(
        Example("logs/error.log in lower case", 'read("logs/error.log") | lower()',
                finds=("error one", "error two", "warn three")),
        Example("how many different words are in logs/error.log if case does not matter?",
                'read("logs/error.log") | lower() | split() | unique() | count()', finds=(5,)),
        Example("that in lowercase please", "last | lower()"),
        Example("把 notes.txt 的第二行转成小写", 'read("notes.txt") | first(2) | last() | lower()',
                finds=("todo call ann",), language="zh"),
    ),
)  # fmt: skip
def lower(given: Rows, /) -> Text:
    """Every line in small letters."""
    return each_line(given, str.lower)
