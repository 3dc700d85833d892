"""The words for a column of a family of tools: its own, or those that hold for all families."""

from __future__ import annotations

from llmsh.tuning.invented.domains import Family
from llmsh.tuning.invented.words import COLUMNS_EN, COLUMNS_ZH
from llmsh.tuning.wording import CHINESE


def columns_in_chinese(family: Family, column: str) -> tuple[str, ...]:
    """The Chinese words for a column."""
    return _own(family, column, chinese=True) or tuple(filter(None, COLUMNS_ZH.get(column, "").split("|")))


def columns_in_english(family: Family, column: str) -> tuple[str, ...]:
    """Other English words for a column than its own, none of which names another column."""
    taken = {name.rstrip("#").replace("_", " ") for name in family.columns}
    words = (*_own(family, column, chinese=False), *COLUMNS_EN.get(column, "").split("|"))
    return tuple(word for word in words if word and word not in taken)


def _own(family: Family, column: str, *, chinese: bool) -> tuple[str, ...]:
    """The words that a family itself has for a column, in one of the languages."""
    words = family.said.get(column, ())
    return tuple(word.replace("_", " ") for word in words if bool(CHINESE.search(word)) is chinese)
