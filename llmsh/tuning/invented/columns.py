"""The columns of the rows that an invented tool gives: which of them a frame can use, and how they are said."""

from __future__ import annotations

from random import Random

from llmsh.tuning.invented.column_words import columns_in_chinese, columns_in_english
from llmsh.tuning.invented.tools import Invented
from llmsh.tuning.invented.words import LIMITS, SUPERLATIVES

IN_WORDS, BY_ANOTHER_WORD = 0.7, 0.4
"""How often a column is said in English without its underscores, and by another word than its own."""


def columns_for(tool: Invented, needed: str) -> list[str]:
    """The columns that a frame can use: those that the summary names, those of numbers or grades where it needs one."""
    if not needed:
        return ["name"]
    names = [name.rstrip("#") for name in tool.family.columns if needed != "number" or name.endswith("#")]
    known = [name for name in names if tool.columns.get(name, name) in tool.tool.summary]
    if needed == "graded":
        return [name for name in known if name in SUPERLATIVES and f"{name}#" in tool.family.columns]
    wordy = [name for name in known if f"{name}#" not in tool.family.columns]
    if needed == "kind":  # a filter of the tool itself is better
        return [name for name in wordy if name in tool.kinds and name not in tool.names]
    return wordy if needed == "words" else known


def other_column(tool: Invented, column: str, rng: Random) -> str | None:
    """A second column; None where there is no other."""
    others = [other for other in columns_for(tool, "any") if other != column]
    return rng.choice(others) if others else None


def column_said(tool: Invented, column: str, language: str, rng: Random) -> str:
    """A column as it is said."""
    if language == "zh":
        return rng.choice(columns_in_chinese(tool.family, column) or (column,))
    others = columns_in_english(tool.family, column)
    if others and rng.random() < BY_ANOTHER_WORD:
        return rng.choice(others)
    return column.replace("_", " ") if rng.random() < IN_WORDS else column


def limit_of(column: str, rng: Random) -> str:
    """A number that a column is compared with."""
    return str(rng.choice(LIMITS.get(column, LIMITS[""])))


def superlatives_of(column: str, language: str, rng: Random) -> dict[str, str]:
    """What is said of the row that has the most of a column, and of the one that has the least."""
    high, low, zh_high, zh_low = SUPERLATIVES.get(column, ("", "", "", ""))
    most, least = (high, low) if language == "en" else (zh_high, zh_low)
    return {"most": rng.choice(most.split("|")), "least": rng.choice(least.split("|"))}
