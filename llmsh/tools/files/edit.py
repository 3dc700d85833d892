"""Text in files, replaced."""

from __future__ import annotations

import re

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Paths, tool
from llmsh.tools.changing import existing, through
from llmsh.tools.editing import rewrite
from llmsh.tools.paths import targets
from llmsh.types import Diff, Effects, Files, Rows


def _effects(*, paths: Paths, given: Rows | None = None, **_: object) -> Effects:
    return Effects(writes=tuple(through(path) for path in targets(paths, given)))


@tool(
    effects=_effects,
    also=("sed", "replace in file", "substitute", "search and replace", "find and replace", "替换", "修改文件"),
    examples=(
        Example("replace milk with bread in notes.txt", 'edit("notes.txt", old="milk", new="bread")'),
        Example("change TODO to DONE in all txt files", 'edit("*.txt", old="TODO", new="DONE")'),
        Example("could you rename add to plus in the python files of src?",
                'find_files("src", name="*.py") | edit(old="\\\\badd\\\\b", new="plus", regex=True)'),
        Example("remove the word error from logs/error.log, whatever its case",
                'edit("logs/error.log", old="error", ignore_case=True)'),
        Example("only the first alice in names.txt should become Alice",
                'edit("names.txt", old="alice", new="Alice", first_only=True)'),
        Example("把 notes.txt 里的 TODO 都换成 完成", 'edit("notes.txt", old="TODO", new="完成")', language="zh"),
    ),
)  # fmt: skip
def edit(
    given: Files | None = None,
    /,
    paths: Paths = (),
    *,
    old: str,
    new: str = "",
    regex: bool = False,
    ignore_case: bool = False,
    first_only: bool = False,
) -> Diff:
    r"""Replace text in files and show the difference.

    Args:
        paths: the files.
        old: the text to replace.
        new: what to put in its place; nothing removes it.
        regex: old is a regular expression, and new may hold its groups as in \1.
        ignore_case: A is a.
        first_only: only the first one in each file.
    """
    if not old:
        raise ToolFailed("edit needs the text to replace", 'as in old="colour", new="color"')
    notes: list[str] = []
    found = existing(paths, given, notes)
    pattern = _pattern(old, regex=regex, ignore_case=ignore_case)
    count = 0

    def change(text: str) -> str:
        nonlocal count
        text, changed = _substitute(pattern, new, text, regex=regex, once=first_only)
        count += changed
        return text

    diff = rewrite(found, change, notes)
    if not count and found:
        where = found[0] if len(found) == 1 else f"any of the {len(found)} files"
        raise ToolFailed(f"{old!r} is not in {where}", "look at the text with read() or search()")
    return diff


def _pattern(old: str, *, regex: bool, ignore_case: bool) -> re.Pattern[str]:
    flags = re.MULTILINE | (re.IGNORECASE if ignore_case else 0)
    try:
        return re.compile(old if regex else re.escape(old), flags)
    except re.error as error:
        raise ToolFailed(f"{old} is no regular expression: {error}", "leave regex out for plain text") from None


def _substitute(pattern: re.Pattern[str], new: str, text: str, *, regex: bool, once: bool) -> tuple[str, int]:
    try:
        return pattern.subn(new if regex else lambda _: new, text, count=int(once))
    except (re.error, IndexError) as error:
        raise ToolFailed(
            f"{new} does not fit the regular expression: {error}", "its groups are \\1, \\2, ..."
        ) from None
