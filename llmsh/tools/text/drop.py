"""The rows whose text does not match a pattern."""

from __future__ import annotations

from dataclasses import replace

from llmsh.tool import Example, R, Regex, tool
from llmsh.tools.lines import line_reader
from llmsh.tools.patterns import compile_pattern
from llmsh.types import Row


@tool(
    also=("grep -v", "without", "except", "exclude", "not containing", "blank lines", "不包含", "排除", "去掉", "空行"),
    examples=(
        Example("notes.txt without the TODO lines", 'read("notes.txt") | drop("TODO")',
                finds=("buy milk", "pay rent", "read a book")),
        Example("show README.md without empty lines", r'read("README.md") | drop("^\\s*$")',
                finds=("# Demo", "A small project.", "## Use", "Run `python a.py`.")),
        Example("grep -v error logs/error.log", 'read("logs/error.log") | drop("error")',
                finds=("ERROR one", "WARN three")),
        Example("script.sh without comments", 'read("script.sh") | drop("^#")', finds=("echo run",)),
        Example("all of those except the ones in build", 'last | drop("^build/")'),
        Example("names.txt 里去掉 alice", 'read("names.txt") | drop("alice")', finds=("carol", "bob", "dave", "bob"),
                language="zh"),
    ),
)  # fmt: skip
def drop(given: R, /, pattern: Regex, *, ignore_case: bool = False, fixed: bool = False, whole_word: bool = False) -> R:
    """Leave out the lines, or the rows of anything, that match a pattern.

    Args:
        pattern: a regular expression.
        ignore_case: capital and small letters are the same.
        fixed: the pattern is plain text, its signs mean nothing.
        whole_word: only where it stands as a word of its own.
    """
    found = compile_pattern(pattern, ignore_case=ignore_case, fixed=fixed, whole_word=whole_word).search
    line = line_reader(given)

    def differs(row: Row) -> bool:
        return found(line(row)) is None

    return replace(given, rows=filter(differs, given.rows))
