"""Misspelled words of a request put right: what a small model reads wrongly is read rightly as it was meant.

Only words that the requests to a shell are made of come into it, and only for what is no word of its own. What stands
in quotes, in a path, an option or a name stays as it is, and so does a word that names something.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from llmsh.check import BoundPlan
from llmsh.misspelled import REAL, REAL_ZH, SLIPS, SLIPS_ZH, WORDS

FREE = re.compile(r"(?<![\w'\"/.~$*=@:\\-])(?<!\bnamed )(?<!\bcalled )[A-Za-z]?[a-z]{2,}(?![\w'\"/*=@\\-]|[.:]\w)")
KNOWN = REAL.union(WORDS)
QUOTED = re.compile(r"(\"[^\"]*\"|'[^']*'|`[^`]*`|“[^”]*”|「[^」]*」|《[^》]*》)")
SHORTEST = 4
"""Letters that a word has at least which a slip by chance is looked for in."""
MEANT = {slip: word for word, slips in SLIPS.items() for slip in slips.split() if slip not in KNOWN}
MEANT_ZH = {
    slip: word for word, slips in SLIPS_ZH.items() for slip in slips.split() if len(slip) > 1 and slip not in REAL_ZH
}
CHINESE = re.compile("|".join(sorted(MEANT_ZH, key=len, reverse=True)))
NAMING = frozenset({"path", "folder", "paths", "names", "glob", "globs", "url", "text", "regex"})
"""Kinds of parameters whose values are the user's own words."""


@dataclass(frozen=True)
class Spelled:
    """A request with its misspelled words put right, and the words that it has now and had not."""

    text: str
    words: frozenset[str]


def spelled(request: str, names: Collection[str]) -> Spelled:
    """Put the misspelled words of a request right; `names` are those of files here, which are no slips."""
    put: set[str] = set()

    def right(found: re.Match[str]) -> str:
        word = found[0].lower()
        meant = found[0] if word in known else _meant(word)
        if meant == word or meant == found[0]:
            return found[0]
        put.add(meant)
        return meant.capitalize() if found[0][0].isupper() else meant

    def right_zh(found: re.Match[str]) -> str:
        put.add(MEANT_ZH[found[0]])
        return MEANT_ZH[found[0]]

    known = {part for name in names for part in re.findall("[a-z]+", name.lower())}
    parts = QUOTED.split(request)
    parts[::2] = [CHINESE.sub(right_zh, FREE.sub(right, part)) for part in parts[::2]]
    return Spelled("".join(parts), frozenset(put))


def says(plan: BoundPlan, words: Collection[str]) -> bool:
    """Whether a value of a plan has one of the words: it may have been a name that was no slip."""
    texts = "\n".join(
        str(bound.arguments[parameter.name]).lower()
        for step in plan.steps
        for bound in step.calls
        for parameter in bound.tool.parameters
        if parameter.kind.name in NAMING and bound.arguments[parameter.name] != parameter.default
    )
    return any(re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", texts) for word in words)


@lru_cache(1000)
def _meant(word: str) -> str:
    """The word that is meant by one in small letters: itself, unless it is no word and one slip away from one."""
    if word in MEANT:
        return MEANT[word]
    if len(word) < SHORTEST or word in KNOWN:
        return word
    likely = (other for is_slip in (_is_letter, _is_other) for other in WORDS if is_slip(word, other))
    return next(likely, word)


def _is_letter(typed: str, word: str) -> bool:
    """Whether a letter was left out or typed too much, or two were swapped; not the first."""
    left, right = _different(typed, word)
    return left == right[1:] or left[1:] == right or (left[:2] == right[1::-1] and left[2:] == right[2:])


def _is_other(typed: str, word: str) -> bool:
    """Whether another letter was typed; not for the first."""
    left, right = _different(typed, word)
    return left[1:] == right[1:]


def _different(typed: str, word: str) -> tuple[str, str]:
    """What is left of two words from their first difference on; all of them where already the first letters differ."""
    pairs = zip(typed, word, strict=False)
    same = next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(typed), len(word)))
    return (typed[same:], word[same:]) if same else (typed, "")
