"""How often a text stands in files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from llmsh.tool import HERE, Example, Globs, Paths, Regex, tool
from llmsh.tools.searching import effects, in_each, matching_lines, occurrences, query, searched
from llmsh.types import Column, Files, Number, Row

What = Literal["lines", "occurrences"]


@tool(
    effects=effects,
    also=("grep -c", "how often", "how many times", "occurrences", "出现多少次", "几次"),
    examples=(
        Example("how many lines in app.log have ERROR", 'count_matches("ERROR", "logs/app.log")', finds=(10,)),
        Example("how often does alice appear in names.txt?",
                'count_matches("alice", "names.txt", what="occurrences")', finds=(3,)),
        Example("count the TODOs in all python files", 'count_matches("TODO", name="*.py")', finds=(2,)),
        Example("number of lines in logs/app.log without ERROR please",
                'count_matches("ERROR", "logs/app.log", invert=True)', finds=(90,)),
        Example("Oslo 在 data.csv 里出现了几次？", 'count_matches("Oslo", "data.csv", what="occurrences")',
                finds=(2,), language="zh"),
    ),
)  # fmt: skip
def count_matches(
    given: Files | None,
    /,
    pattern: Regex,
    paths: Paths = (HERE,),
    *,
    what: What = "lines",
    name: Globs = (),
    ignore_case: bool = False,
    whole_word: bool = False,
    fixed: bool = False,
    invert: bool = False,
    hidden: bool = False,
    exclude: Globs = (),
    depth: int | None = None,
) -> Number:
    """How many lines match, or how often a text occurs, in all the files together.

    Args:
        pattern: a regular expression that the line holds.
        paths: files and folders to search.
        what: lines that match, or each occurrence.
        name: only files with these names.
        ignore_case: upper and lower case are the same.
        whole_word: not inside a longer word.
        fixed: the pattern is plain text.
        invert: the lines that do not match.
        hidden: also files and folders that begin with a dot.
        exclude: names to leave out, with all that is below them.
        depth: how many levels down.
    """
    wanted = query(pattern, ignore_case=ignore_case, whole_word=whole_word, fixed=fixed, invert=invert)
    notes: list[str] = []

    def use(path: str) -> Iterator[Row]:
        each = what == "occurrences" and not invert
        yield (sum(1 for _ in (occurrences if each else matching_lines)(path, wanted)),)

    files = searched(paths, given, notes, name=name, exclude=exclude, hidden=hidden, depth=depth)
    total = sum(int(row[0] or 0) for row in in_each(files, notes, use))
    return Number((Column("value"),), [(total,)], notes)
