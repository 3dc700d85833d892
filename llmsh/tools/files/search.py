"""Lines in files that match."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from llmsh.tool import HERE, Example, Globs, Paths, Regex, tool
from llmsh.tools.searching import (
    clipped,
    effects,
    in_each,
    lines_around,
    matching_lines,
    occurrences,
    query,
    searched,
)
from llmsh.types import MATCH_COLUMNS, Files, Matches, Row


@tool(
    effects=effects,
    also=("grep", "look for text", "which lines", "where does it say", "搜索", "查找内容", "包含"),
    examples=(
        Example("find TODO in the python files", 'search("TODO", name="*.py")', finds=("src/main.py", "sub/b.py")),
        Example("grep error logs/error.log, upper or lower case", 'search("error", "logs/error.log", ignore_case=True)',
                finds=("logs/error.log", "logs/error.log")),
        Example("where is the function add defined?", r'search("def add\\b", "src")', finds=("src/util.py",)),
        Example("on which lines of names.txt is there no letter a", 'search("a", "names.txt", invert=True)',
                finds=("names.txt", "names.txt")),
        Example("show WARN in error.log with one line before it", 'search("WARN", "logs/error.log", before=1)',
                finds=("logs/error.log", "logs/error.log")),
        Example("does any file mention print(add exactly like that", 'search("print(add", fixed=True)',
                finds=("src/main.py",)),
        Example("get all the numbers out of the csv files", r'search("[0-9]+", name="*.csv", only_matching=True)',
                finds=("data.csv", "data.csv", "data.csv", "data.csv")),
        Example("lines of logs/error.log with WARN or two", 'search("WARN|two", "logs/error.log")',
                finds=("logs/error.log", "logs/error.log")),
        Example("在 notes.txt 里找 TODO", 'search("TODO", "notes.txt")', finds=("notes.txt", "notes.txt"),
                language="zh"),
        Example("哪些 md 文件里有 Guide 这个词？", 'search("Guide", name="*.md", whole_word=True)',
                finds=("docs/guide.md",), language="zh"),
    ),
)  # fmt: skip
def search(
    given: Files | None,
    /,
    pattern: Regex,
    paths: Paths = (HERE,),
    *,
    name: Globs = (),
    ignore_case: bool = False,
    whole_word: bool = False,
    fixed: bool = False,
    invert: bool = False,
    only_matching: bool = False,
    context: int = 0,
    before: int = 0,
    after: int = 0,
    max_per_file: int | None = None,
    hidden: bool = False,
    exclude: Globs = (),
    depth: int | None = None,
) -> Matches:
    """Lines of text in files that match, in the files named and in all files below folders.

    Args:
        pattern: a regular expression that the line holds.
        paths: files and folders to search.
        name: only files with these names.
        ignore_case: upper and lower case are the same.
        whole_word: not inside a longer word.
        fixed: the pattern is plain text.
        invert: the lines that do not match.
        only_matching: each matching part alone instead of its line.
        context: also this many lines before and after.
        before: also this many lines before.
        after: also this many lines after.
        max_per_file: at most this many lines of each file.
        hidden: also files and folders that begin with a dot.
        exclude: names to leave out, with all that is below them.
        depth: how many levels down.
    """
    wanted = query(pattern, ignore_case=ignore_case, whole_word=whole_word, fixed=fixed, invert=invert)
    earlier, later = max(before, context, 0), max(after, context, 0)
    notes: list[str] = []

    def use(path: str) -> Iterator[Row]:
        if only_matching and not invert:
            lines = occurrences(path, wanted)
        elif earlier or later:
            lines = lines_around(path, wanted, earlier, later)
        else:
            lines = matching_lines(path, wanted)
        for number, line in islice(lines, max_per_file):
            yield path, number, clipped(line, wanted.pattern)

    files = searched(paths, given, notes, name=name, exclude=exclude, hidden=hidden, depth=depth)
    return Matches(MATCH_COLUMNS, in_each(files, notes, use), notes)
