"""The difference between two files."""

from __future__ import annotations

import os
from collections.abc import Iterator

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Path, tool
from llmsh.tools.diffing import Fold, folding, unified_diff
from llmsh.tools.opening import NotText, open_text
from llmsh.tools.paths import reads
from llmsh.tools.same_content import same_content
from llmsh.types import LINE, Diff, Row

LARGEST = 64 << 20
"""Bytes; of a larger file it is only said whether it differs, as of one that is no text."""


@tool(
    effects=reads("a", "b"),
    also=("diff", "difference", "changes between", "cmp", "same", "identical", "比较", "区别", "不同", "差异", "对比"),
    examples=(
        Example("what is the difference between docs/guide.md and docs/intro.md?",
                'compare_files("docs/guide.md", "docs/intro.md")',
                finds=("--- docs/guide.md", "+++ docs/intro.md", "@@ -1,3 +1,3 @@", "-# Guide", "+# Intro", " ",
                       "-First steps.", "+Hello.")),
        Example("are notes.txt and copy-of-notes.txt the same?", 'compare_files("notes.txt", "copy-of-notes.txt")',
                finds=()),
        Example("diff a.py sub/b.py, only the changed lines", 'compare_files("a.py", "sub/b.py", context=0)'),
        Example("compare notes.txt with todo.txt but ignore case and spaces",
                'compare_files("notes.txt", "todo.txt", ignore_space=True, ignore_case=True)'),
        Example("how many lines were added in docs/intro.md compared to docs/guide.md",
                r'compare_files("docs/guide.md", "docs/intro.md") | keep("^\\+[^+]") | count()', finds=(2,)),
        Example("比较 notes.txt 和 copy-of-notes.txt", 'compare_files("notes.txt", "copy-of-notes.txt")', finds=(),
                language="zh"),
    ),
)  # fmt: skip
def compare_files(a: Path, b: Path, *, context: int = 3, ignore_space: bool = False, ignore_case: bool = False) -> Diff:
    """Show how two files differ, as a unified diff; nothing where they are the same.

    Args:
        a: the old file.
        b: the new file.
        context: equal lines to show around each change.
        ignore_space: lines that differ in spaces alone are the same.
        ignore_case: capital and small letters are the same.
    """
    a, b = os.path.expanduser(a), os.path.expanduser(b)
    if os.path.isdir(a) and os.path.isdir(b):
        raise ToolFailed(f"{a} and {b} are folders, not files", f'compare_folders("{a}", "{b}") compares them')
    notes: list[str] = []
    rows = _differences(a, b, max(context, 0), folding(ignore_space=ignore_space, ignore_case=ignore_case), notes)
    return Diff(LINE, rows, notes, f"{a} {b}")


def _differences(a: str, b: str, context: int, fold: Fold | None, notes: list[str]) -> Iterator[Row]:
    same = same_content(a, b)  # first: it also says what is wrong with either file
    different = False
    if not same:
        for line in _lines(a, b, context, fold):
            different = True
            yield (line,)
    if not different:
        notes.append("the files are the same" if same else "the files are the same but for spaces and case")


def _lines(a: str, b: str, context: int, fold: Fold | None) -> Iterator[str]:
    try:
        before, after = _read(a), _read(b)
    except NotText:
        yield f"Binary files {a} and {b} differ"
        return
    yield from unified_diff(before, after, (a, b), context, fold)


def _read(path: str) -> list[str]:
    if os.path.getsize(path) > LARGEST:
        raise NotText(f"{path} is too large to be compared line by line")
    with open_text(path) as file:
        return list(file)
