"""Lines joined into one, or several at a time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from llmsh.plain import plain_lines
from llmsh.tool import Example, tool
from llmsh.tools.lines import text_of
from llmsh.types import Rows, Text


@tool(
    also=("paste", "merge lines", "one line", "comma separated", "concatenate", "合并", "连成一行", "拼接"),
    examples=(
        Example("join the lines of todo.txt with commas", 'read("todo.txt") | join_lines(",")',
                finds=("one,two,three",)),
        Example("names.txt sorted, on one line", 'read("names.txt") | sort() | unique() | join_lines()',
                finds=("alice bob carol dave",)),
        Example("could you list the python files in src separated by colons?",
                'find_files("src", name="*.py") | sort() | join_lines(":")', finds=("src/main.py:src/util.py",)),
        Example("numbers.txt two to a line", 'read("numbers.txt") | join_lines(every=2)', finds=("10 2", "33 4")),
        Example("把 todo.txt 合并成一行，用加号连接", 'read("todo.txt") | join_lines("+")', finds=("one+two+three",),
                language="zh"),
    ),
)  # fmt: skip
def join_lines(given: Rows, /, separator: str = " ", *, every: int = 0) -> Text:
    """Join all lines into one, or every few of them.

    Args:
        separator: what to put between them.
        every: how many lines make one; all of them if left out.
    """
    return text_of(_joined(plain_lines(given), separator, every if every > 0 else None), given)


def _joined(lines: Iterator[str], separator: str, every: int | None) -> Iterator[str]:
    while part := list(islice(lines, every)):
        yield separator.join(part)
