"""Lines split into several."""

from __future__ import annotations

from llmsh.errors import ToolFailed
from llmsh.plain import plain_lines
from llmsh.tool import Example, tool
from llmsh.tools.lines import text_of
from llmsh.types import Rows, Text


@tool(
    also=("words", "one per line", "tokenize", "break up", "separate", "拆分", "分割", "每行一个", "单词"),
    examples=(
        Example("put every word of todo.txt on its own line", 'read("todo.txt") | split()',
                finds=("one", "two", "three")),
        Example("split the first line of data.csv at the commas", 'read("data.csv") | first() | split(",")',
                finds=("name", "age", "city")),
        Example("what are the most common words in notes.txt?", 'read("notes.txt") | split() | group() | first(3)'),
        Example("how many different words are in notes.txt", 'read("notes.txt") | split() | unique() | count()',
                finds=(13,)),
        Example("folders on my PATH, one a line", 'environment("PATH") | select("value") | split(":")'),
        Example("把 data.csv 的第一行按逗号拆开", 'read("data.csv") | first() | split(",")',
                finds=("name", "age", "city"), language="zh"),
    ),
)  # fmt: skip
def split(given: Rows, /, separator: str | None = None) -> Text:
    """Split every line into parts, one a line: into words, or at a separator.

    Args:
        separator: what stands between the parts; spaces and tabs if left out.
    """
    if separator == "":
        raise ToolFailed("the separator is empty", "leave it out to split into words")
    return text_of((part for line in plain_lines(given) for part in line.split(separator)), given)
