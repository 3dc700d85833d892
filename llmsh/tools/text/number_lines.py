"""Lines with their numbers."""

from __future__ import annotations

from llmsh.plain import plain_lines
from llmsh.tool import Example, tool
from llmsh.tools.lines import text_of
from llmsh.types import Rows, Text


@tool(
    also=("nl", "line numbers", "cat -n", "enumerate", "行号", "编号"),
    examples=(
        Example("todo.txt with line numbers", 'read("todo.txt") | number_lines()',
                finds=("1\tone", "2\ttwo", "3\tthree")),
        Example("number the sorted names", 'read("names.txt") | sort() | unique() | number_lines()',
                finds=("1\talice", "2\tbob", "3\tcarol", "4\tdave")),
        Example("a.py, lines numbered from 10 please", 'read("a.py") | number_lines(10)',
                finds=("10\timport sys", "11\t", "12\tprint('hello')")),
        Example("给 todo.txt 加上行号", 'read("todo.txt") | number_lines()', finds=("1\tone", "2\ttwo", "3\tthree"),
                language="zh"),
    ),
)  # fmt: skip
def number_lines(given: Rows, /, start: int = 1) -> Text:
    """Every line with its number before it.

    Args:
        start: the number of the first line.
    """
    return text_of((f"{number}\t{line}" for number, line in enumerate(plain_lines(given), start)), given)
