"""The parts of lines that match a pattern."""

from __future__ import annotations

import re
from collections.abc import Iterator

from llmsh.plain import plain_lines
from llmsh.tool import Example, Regex, tool
from llmsh.tools.lines import text_of
from llmsh.tools.patterns import compile_pattern
from llmsh.types import Rows, Text


@tool(
    also=("grep -o", "only the matching part", "pull out", "find all", "ip addresses", "提取", "抽出", "匹配的部分"),
    examples=(
        Example("pull the numbers out of data.csv", 'read("data.csv") | extract_text("[0-9]+")',
                finds=("31", "25", "47", "38")),
        Example("what is called in a.py?", r'read("a.py") | extract_text("(\\w+)\\(")', finds=("print",)),
        Example("all ip addresses in logs/app.log, each once",
                r'read("logs/app.log") | extract_text("[0-9]+(?:\\.[0-9]+){3}") | unique()', finds=()),
        Example("every capitalised word in notes.txt with its count",
                r'read("notes.txt") | extract_text("\\b[A-Z]\\w*") | group()', finds=("TODO", "Ann")),
        Example("提取 README.md 里的标题", 'read("README.md") | extract_text("^#+ (.*)")', finds=("Demo", "Use"),
                language="zh"),
    ),
)  # fmt: skip
def extract_text(given: Rows, /, pattern: Regex, *, ignore_case: bool = False) -> Text:
    """Only the parts of the lines that match a pattern, one a line.

    Args:
        pattern: a regular expression; where it has a group in brackets, the group alone is given.
        ignore_case: capital and small letters are the same.
    """
    compiled = compile_pattern(pattern, ignore_case=ignore_case)
    return text_of(_parts(given, compiled), given)


def _parts(given: Rows, pattern: re.Pattern[str]) -> Iterator[str]:
    for line in plain_lines(given):
        for found in pattern.finditer(line):
            part = "\t".join(group or "" for group in found.groups()) if pattern.groups else found[0]
            if part:
                yield part
