"""The lines that two files share, or that only one of them has."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Literal

from llmsh.tool import Example, Path, tool
from llmsh.tools.opening import open_text
from llmsh.tools.paths import reads
from llmsh.types import LINE, Row, Text


@tool(
    effects=reads("a", "b"),
    also=("comm", "common lines", "in both", "only in one", "intersection", "共同的行", "相同的行", "只在"),
    examples=(
        Example("lines that notes.txt and copy-of-notes.txt have in common",
                'compare_lines("notes.txt", "copy-of-notes.txt")',
                finds=("buy milk", "TODO call Ann", "pay rent", "TODO fix the roof", "read a book")),
        Example("which lines are in names.txt but not in todo.txt?",
                'compare_lines("names.txt", "todo.txt", show="first")',
                finds=("carol", "alice", "bob", "dave")),
        Example("what is in logs/error.log that logs/old.log lacks, in alphabetical order",
                'compare_lines("logs/error.log", "logs/old.log", show="first") | sort()',
                finds=("ERROR one", "WARN three", "error two")),
        Example("how many lines do data.csv and names.txt share", 'compare_lines("data.csv", "names.txt") | count()',
                finds=(0,)),
        Example("只在 todo.txt 里有、numbers.txt 里没有的行", 'compare_lines("todo.txt", "numbers.txt", show="first")',
                finds=("one", "two", "three"), language="zh"),
    ),
)  # fmt: skip
def compare_lines(a: Path, b: Path, *, show: Literal["both", "first", "second"] = "both") -> Text:
    """The different lines that two files share, or that only one has; their order does not matter.

    Args:
        a: the first file.
        b: the second file.
        show: lines that are in both, only in the first or only in the second.
    """
    a, b = os.path.expanduser(a), os.path.expanduser(b)
    listed, other = (b, a) if show == "second" else (a, b)
    return Text(LINE, _chosen(listed, other, shared=show == "both"))


def _chosen(listed: str, other: str, *, shared: bool) -> Iterator[Row]:
    with open_text(other) as file:
        known = {line.removesuffix("\n") for line in file}
    seen: set[str] = set()
    with open_text(listed) as file:
        for line in file:
            text = line.removesuffix("\n")
            if (text in known) is shared and text not in seen:
                seen.add(text)
                yield (text,)
