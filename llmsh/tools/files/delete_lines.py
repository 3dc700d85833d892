"""Lines taken out of files."""

from __future__ import annotations

import re

from llmsh.errors import ToolFailed
from llmsh.tool import Example, LineRange, Paths, Regex, tool
from llmsh.tools.changing import existing, through
from llmsh.tools.editing import lines_of, rewrite, span
from llmsh.tools.paths import targets
from llmsh.types import Diff, Effects, Files, Rows


def _effects(*, paths: Paths, given: Rows | None = None, **_: object) -> Effects:
    return Effects(writes=tuple(through(path) for path in targets(paths, given)))


@tool(
    effects=_effects,
    also=("remove lines", "sed d", "drop lines", "remove blank lines", "删除行", "去掉空行"),
    examples=(
        Example("delete line 3 of notes.txt", 'delete_lines("notes.txt", lines="3")'),
        Example("remove all lines with TODO from notes.txt", 'delete_lines("notes.txt", matching="TODO")'),
        Example("cut the first ten lines off logs/app.log", 'delete_lines("logs/app.log", lines="1-10")'),
        Example("can you get rid of the blank lines in README.md", 'delete_lines("README.md", matching="^\\\\s*$")'),
        Example("keep only the lines with ERROR in logs/app.log",
                'delete_lines("logs/app.log", matching="ERROR", invert=True)'),
        Example("删除 names.txt 里含有 alice 的行", 'delete_lines("names.txt", matching="alice")', language="zh"),
    ),
)  # fmt: skip
def delete_lines(
    given: Files | None = None,
    /,
    paths: Paths = (),
    *,
    lines: LineRange | None = None,
    matching: Regex | None = None,
    ignore_case: bool = False,
    invert: bool = False,
) -> Diff:
    """Delete lines of files, by number or by what they hold, and show the difference.

    Args:
        paths: the files.
        lines: the line or range to delete; -1 is the last line.
        matching: delete lines in which this is found.
        ignore_case: A is a.
        invert: delete all other lines.
    """
    if (lines is None) == (matching is None):
        raise ToolFailed("delete_lines needs either lines= or matching=", 'as in lines="3" or matching="TODO"')
    notes: list[str] = []
    found = existing(paths, given, notes)
    pattern = _pattern(matching, ignore_case=ignore_case) if matching is not None else None
    count = 0

    def change(text: str) -> str:
        nonlocal count
        old = lines_of(text)
        chosen = span(lines, len(old)) if lines is not None else ()
        kept = []
        for index, line in enumerate(old):
            is_meant = bool(pattern.search(line.removesuffix("\n"))) if pattern is not None else index in chosen
            if is_meant == invert:
                kept.append(line)
        count += len(old) - len(kept)
        return "".join(kept)

    diff = rewrite(found, change, notes)
    if not count and found:
        where = found[0] if len(found) == 1 else f"any of the {len(found)} files"
        what = f"line {lines}" if lines is not None else f"line with {matching}"
        raise ToolFailed(f"there is no such {what} in {where}", "nothing was deleted")
    return diff


def _pattern(matching: str, *, ignore_case: bool) -> re.Pattern[str]:
    try:
        return re.compile(matching, re.IGNORECASE if ignore_case else 0)
    except re.error as error:
        raise ToolFailed(f"{matching} is no regular expression: {error}") from None
