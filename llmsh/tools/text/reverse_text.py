"""Lines written backwards."""

from __future__ import annotations

from llmsh.tool import Example, tool
from llmsh.tools.lines import each_line
from llmsh.types import Rows, Text


@tool(
    also=("rev", "backwards", "mirror", "spell backwards", "倒着写", "反转字符"),
    examples=(
        Example("spell every line of todo.txt backwards", 'read("todo.txt") | reverse_text()',
                finds=("eno", "owt", "eerht")),
        Example("what is the first line of numbers.txt read from right to left?",
                'read("numbers.txt") | first() | reverse_text()', finds=("01",)),
        Example("rev names.txt, each once", 'read("names.txt") | unique() | reverse_text()',
                finds=("lorac", "ecila", "bob", "evad")),
        Example("把 todo.txt 每行的字符反过来", 'read("todo.txt") | reverse_text()', finds=("eno", "owt", "eerht"),
                language="zh"),
    ),
)  # fmt: skip
def reverse_text(given: Rows, /) -> Text:
    """The characters of every line in the opposite order."""
    return each_line(given, lambda line: line[::-1])
