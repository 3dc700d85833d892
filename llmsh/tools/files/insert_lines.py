"""New lines in the middle of a file."""

from __future__ import annotations

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Path, tool
from llmsh.tools.changing import existing, through
from llmsh.tools.editing import lines_of, rewrite
from llmsh.types import Diff, Effects


def _effects(path: str, **_: object) -> Effects:
    return Effects(writes=(through(path),))


@tool(
    effects=_effects,
    also=("insert line", "prepend", "sed i", "add at the top", "插入", "开头加", "在第几行前"),
    examples=(
        Example("insert 'zero' at the top of todo.txt", 'insert_lines("todo.txt", "zero", at=1)'),
        Example("put the line 'import os' after import sys in a.py",
                'insert_lines("a.py", "import os", after="import sys")'),
        Example("add 'lunch' before the line with pay rent in notes.txt, please",
                'insert_lines("notes.txt", "lunch", before="pay rent")'),
        Example("line 3 of names.txt should become eve, move the rest down",
                'insert_lines("names.txt", "eve", at=3)'),
        Example("在 todo.txt 开头加一行 零", 'insert_lines("todo.txt", "零", at=1)', language="zh"),
    ),
)  # fmt: skip
def insert_lines(
    path: Path, text: str, *, at: int | None = None, after: str | None = None, before: str | None = None
) -> Diff:
    """Insert lines into a file and show the difference; at its end where no place is named.

    Args:
        path: the file.
        text: the line or lines to insert.
        at: the number that the first new line is to have.
        after: insert after the first line that holds this text.
        before: insert before the first line that holds this text.
    """
    if sum(place is not None for place in (at, after, before)) > 1:
        raise ToolFailed("insert_lines takes one of at, after and before")
    notes: list[str] = []
    found = existing((path,), None, notes)[:1]

    def change(old: str) -> str:
        lines = lines_of(old)
        place = _place(path, lines, at, after, before)
        if place and place == len(lines) and not old.endswith("\n"):
            lines[-1] += "\n"
        lines.insert(place, text if text.endswith("\n") else text + "\n")
        return "".join(lines)

    return rewrite(found, change, notes)


def _place(path: str, lines: list[str], at: int | None, after: str | None, before: str | None) -> int:
    """The index at which to insert."""
    if at is not None:
        if not 1 <= at <= len(lines) + 1:
            raise ToolFailed(f"{path} has {len(lines)} lines: there is no place {at}", "the first line is 1")
        return at - 1
    wanted = after if after is not None else before
    if wanted is None:
        return len(lines)
    for index, line in enumerate(lines):
        if wanted in line:
            return index + 1 if after is not None else index
    raise ToolFailed(f"no line of {path} holds {wanted!r}", "look at the text with read()")
