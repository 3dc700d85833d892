"""The language and formats programs use."""

from __future__ import annotations

import os

from llmsh.tool import Example, tool
from llmsh.types import Column, Row, Table

COLUMNS = (Column("name"), Column("value"), Column("decided_by"))
CATEGORIES = (
    "LC_CTYPE",
    "LC_COLLATE",
    "LC_MESSAGES",
    "LC_MONETARY",
    "LC_NUMERIC",
    "LC_TIME",
)
NAMES = ("LANG", *CATEGORIES)


@tool(
    also=("language", "encoding", "LANG", "语言", "区域设置", "编码"),
    examples=(
        Example("which locale is set?", "locale()", finds=NAMES),
        Example("what language does this shell use", 'locale() | first() | select("value")'),
        Example("locale", "locale()", finds=NAMES),
        Example("which date format is set, LC_TIME I mean", 'locale() | where("name", "=", "LC_TIME")'),
        Example("当前的语言环境是什么？", "locale()", finds=NAMES, language="zh"),
    ),
)
def locale() -> Table:
    """The language and the formats of dates, numbers and money that programs use."""
    return Table(COLUMNS, [_row(name) for name in NAMES])


def _row(name: str) -> Row:
    """What holds for a category, in the order POSIX gives: LC_ALL, then its own variable, then LANG."""
    deciding = ("LANG",) if name == "LANG" else ("LC_ALL", name, "LANG")
    for variable in deciding:
        if value := os.environ.get(variable):
            return (name, value, variable)
    return (name, "C", None)
