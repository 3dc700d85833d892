"""Patterns as people type them, compiled once or refused with a reason."""

from __future__ import annotations

import re

from llmsh.errors import ToolFailed


def compile_pattern(
    pattern: str, *, ignore_case: bool = False, fixed: bool = False, whole_word: bool = False
) -> re.Pattern[str]:
    """A regular expression, or the text itself where `fixed`. Raises ToolFailed, naming what is wrong and where."""
    source = re.escape(pattern) if fixed else pattern
    if whole_word:
        source = rf"(?<!\w)(?:{source})(?!\w)"
    try:
        return re.compile(source, re.IGNORECASE if ignore_case else 0)
    except (re.error, OverflowError, RecursionError) as error:
        raise ToolFailed(
            f"{pattern!r} is no regular expression: {error}", "write fixed=True to look for the text as it is"
        ) from None
