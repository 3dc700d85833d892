"""The rows whose text matches a pattern."""

from __future__ import annotations

from dataclasses import replace

from llmsh.tool import Example, R, Regex, tool
from llmsh.tools.lines import line_reader
from llmsh.tools.patterns import compile_pattern
from llmsh.types import Row


@tool(
    also=("grep", "filter", "matching", "containing", "lines with", "包含", "匹配", "含有", "过滤"),
    examples=(
        Example("environment variables with PATH in them", 'environment() | keep("PATH")'),
        Example("the lines of notes.txt with TODO, sorted backwards",
                'read("notes.txt") | keep("TODO") | sort(descending=True)',
                finds=("TODO fix the roof", "TODO call Ann")),
        Example("lines of logs/error.log with both error and two, upper or lower case",
                'read("logs/error.log") | keep("error", ignore_case=True) | keep("two", ignore_case=True)',
                finds=("error two",)),
        Example("lines of names.txt that start with a or b, no repeats", 'read("names.txt") | keep("^[ab]") | unique()',
                finds=("alice", "bob")),
        Example("of those, only the ones in src", 'last | keep("src/")'),
        Example("only the lines of the input that contain pp", 'stdin | keep("pp")', finds=("apple",)),
        Example("notes.txt 中既有 TODO 又有 roof 的行", 'read("notes.txt") | keep("TODO") | keep("roof")',
                finds=("TODO fix the roof",), language="zh"),
    ),
)  # fmt: skip
def keep(given: R, /, pattern: Regex, *, ignore_case: bool = False, fixed: bool = False, whole_word: bool = False) -> R:
    """Keep the lines, or the rows of anything, that match a pattern.

    Args:
        pattern: a regular expression.
        ignore_case: capital and small letters are the same.
        fixed: the pattern is plain text, its signs mean nothing.
        whole_word: only where it stands as a word of its own.
    """
    found = compile_pattern(pattern, ignore_case=ignore_case, fixed=fixed, whole_word=whole_word).search
    line = line_reader(given)

    def matches(row: Row) -> bool:
        return found(line(row)) is not None

    return replace(given, rows=filter(matches, given.rows))
