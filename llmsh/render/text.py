"""Text in colours: source files by their suffix, diffs, found lines, trees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.text import Text

from llmsh.branches import tree_entries
from llmsh.render.cells import path_cell, safe
from llmsh.render.stream import shown
from llmsh.types import Row, Rows

MOST_COLOURED = 100_000
"""Characters. A lexer is a pile of regular expressions, and a file can be written to make it slow."""

DIFF_STYLES = (("+++", "bold"), ("---", "bold"), ("@@", "cyan"), ("+", "green"), ("-", "red"))


def text_lines(rows: Rows) -> Iterator[Text]:
    """Lines as they are, coloured where the title names a kind of file that has colours."""
    lines = [str(row[0]) for row in rows.rows]
    if rows.title and sum(map(len, lines)) <= MOST_COLOURED:
        coloured = _coloured("\n".join(shown(line) for line in lines), rows.title)
        if coloured is not None:
            yield from coloured
            return
    for line in lines:
        yield safe(line)


def _coloured(code: str, title: str) -> list[Text] | None:
    from pygments.lexers import find_lexer_class_for_filename  # type: ignore[import-untyped]  # it comes with rich
    from rich.syntax import Syntax

    found = find_lexer_class_for_filename(title)
    if found is None or "text" in found.aliases:
        return None
    lexer = found(stripnl=False, ensurenl=False, tabsize=0)
    text = Syntax(code, lexer, theme="ansi_dark", tab_size=0).highlight(code)
    if text.plain.removesuffix("\n") != code.removesuffix("\n"):  # a lexer must not change what is read
        return None
    text.no_wrap = True
    return list(text.split("\n", allow_blank=code.endswith("\n")))


def diff_lines(rows: Rows) -> Iterator[Text]:
    """A unified diff."""
    for row in rows.rows:
        line = str(row[0])
        yield safe(line, next((style for start, style in DIFF_STYLES if line.startswith(start)), ""))


def match_lines(shown_rows: Iterable[Row]) -> Iterator[Text]:
    """Found lines below the file they stand in."""
    for number, (path, group) in enumerate(groupby(shown_rows, key=lambda row: row[0])):
        if number:
            yield Text()
        yield path_cell(str(path), "folder" if str(path).endswith("/") else None) + Text("")
        rows = list(group)
        width = max(len(str(row[1])) for row in rows)
        for row in rows:
            line = Text(f"{row[1]!s:>{width}}", "green", end="")
            yield Text.assemble(line, "  ", safe(str(row[2])))


def tree_lines(rows: Rows) -> Iterator[Text]:
    """A tree with its branches."""
    names = [column.name for column in rows.columns]
    kind = names.index("kind") if "kind" in names else None
    for prefix, label, row in tree_entries(rows.rows):
        yield Text.assemble((prefix, "dim"), path_cell(label, None if kind is None else row[kind]))
