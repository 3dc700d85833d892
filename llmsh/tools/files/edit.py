"""Text in files, replaced."""

from __future__ import annotations

import re
from collections.abc import Callable

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Paths, tool
from llmsh.tools.changing import existing, through
from llmsh.tools.editing import rewrite
from llmsh.tools.key_values import with_value
from llmsh.tools.paths import targets
from llmsh.types import Diff, Effects, Files, Rows


def _effects(*, paths: Paths, given: Rows | None = None, **_: object) -> Effects:
    return Effects(writes=tuple(through(path) for path in targets(paths, given)))


@tool(
    effects=_effects,
    also=("sed", "replace in file", "substitute", "search and replace", "change a setting", "替换", "修改文件",
          "改配置"),
    examples=(
        Example("replace milk with bread in notes.txt", 'edit("notes.txt", old="milk", new="bread")'),
        Example("change TODO to DONE in all txt files", 'edit("*.txt", old="TODO", new="DONE")'),
        Example("could you rename add to plus in the python files of src?",
                'find_files("src", name="*.py") | edit(old="\\\\badd\\\\b", new="plus", regex=True)'),
        Example("remove the word error from logs/error.log, whatever its case",
                'edit("logs/error.log", old="error", ignore_case=True)'),
        Example("only the first alice in names.txt should become Alice",
                'edit("names.txt", old="alice", new="Alice", first_only=True)'),
        Example("change the timeout from 30 to 60 in server.ini",
                'edit("server.ini", key="timeout", old="30", new="60")'),
        Example("set port to 8080 in config.json", 'edit("config.json", key="port", new="8080")'),
        Example("把 .env 里的 DEBUG 改成 false", 'edit(".env", key="DEBUG", new="false")', language="zh"),
        Example("把 notes.txt 里的 TODO 都换成 完成", 'edit("notes.txt", old="TODO", new="完成")', language="zh"),
    ),
)  # fmt: skip
def edit(
    given: Files | None = None,
    /,
    paths: Paths = (),
    *,
    key: str | None = None,
    old: str | None = None,
    new: str = "",
    regex: bool = False,
    ignore_case: bool = False,
    first_only: bool = False,
) -> Diff:
    r"""Replace text in files and show the difference.

    Args:
        paths: the files.
        key: the setting whose value becomes new, as in key = value or "key": value.
        old: the text to replace; with key, the value it must have.
        new: what to put in its place; nothing removes it.
        regex: old is a regular expression, and new may hold its groups as in \1.
        ignore_case: A is a.
        first_only: only the first one in each file.
    """
    if not old and key is None:
        raise ToolFailed("edit needs the text to replace", 'as in old="colour", new="color"')
    notes: list[str] = []
    found = existing(paths, given, notes)
    pattern = _pattern(old, regex=regex, ignore_case=ignore_case) if old else None
    count = 0

    def change(text: str) -> str:
        nonlocal count
        if key is not None:
            text, changed = with_value(text, key, new, _test(pattern), ignore_case=ignore_case, once=first_only)
        else:
            text, changed = _substitute(pattern, new, text, regex=regex, once=first_only) if pattern else (text, 0)
        count += changed
        return text

    diff = rewrite(found, change, notes)
    if not count and found:
        where = found[0] if len(found) == 1 else f"any of the {len(found)} files"
        what = repr(old) if key is None else f"the setting {key}" + (f" with the value {old!r}" if old else "")
        raise ToolFailed(f"{what} is not in {where}", "look at the text with read() or search()")
    return diff


def _test(pattern: re.Pattern[str] | None) -> Callable[[str], bool]:
    """Whether a value is the one to replace; any where none was named."""
    return (lambda _: True) if pattern is None else lambda value: pattern.fullmatch(value) is not None


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
