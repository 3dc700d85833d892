"""What llmsh's own commands say (`/help`, `/tools`, ...), in the language of the user."""

from __future__ import annotations

import re
from dataclasses import replace

from llmsh.language.translator import Translator
from llmsh.types import Row, Rows, Scalar, Text

PROSE = ("does", "in_use", "fetched", "means", "to")
"""Columns of sentences; the others but `error` hold names, values and what was typed."""

NAMED = re.compile(r"(  \S+ +)(.+?)( \(.*\))?")
"""A name and what it means, as `/tools NAME` writes the arguments: `  kind   only these (file, folder)`."""


def translated(rows: Rows, translate: Translator) -> Rows:
    """Rows of a command with their sentences translated."""
    kept = list(rows.rows)
    if isinstance(rows, Text):
        return replace(rows, rows=[(_line(str(row[0]), translate),) for row in kept])
    names = [column.name for column in rows.columns]
    return replace(rows, rows=[_row(row, names, translate) for row in kept])


def _line(line: str, translate: Translator) -> str:
    """A line of text. One that is indented may be an example: it is left alone unless it is a text of ours."""
    if not line.startswith(" "):
        return translate(line)
    found, core = NAMED.fullmatch(line), line.strip()
    if found is not None and (said := translate.entry(found[2])) != found[2]:
        return found[1] + said + (found[3] or "")
    return line.replace(core, translate.entry(core))


def _row(row: Row, names: list[str], translate: Translator) -> Row:
    def said(value: Scalar, name: str) -> Scalar:
        if not isinstance(value, str):
            return value
        return translate(value) if name == "error" else translate.entry(value) if name in PROSE else value

    return tuple(said(value, name) for value, name in zip(row, names, strict=True))
