"""Misspelled words of a request put right: what a small model reads wrongly may be read rightly as it was meant.

Only words that the requests to a shell are made of come into it, and only for what is no word of its own. What stands
in quotes, in a path, an option or a name stays as it is. It is a second reading, for the planner to weigh.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from llmsh.check import BoundPlan
from llmsh.misspelled import REAL, REAL_ZH, SLIPS, SLIPS_ZH, WORDS
from llmsh.registry import Parameter

FREE = re.compile(r"(?:^[A-Z]|(?<![\w'\"/.~$*=@:><{}+#%\\-])[a-z])[a-z]{2,}(?![\w'\"/*=@{}\\-]|[.:,]\w)")
"""A word that stands free; with a capital letter only at the start, for elsewhere it is a name."""
QUOTED = re.compile(
    r"(\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)|`[^`]*`|“[^”]*”|‘[^’]*’|「[^」]*」|『[^』]*』|【[^】]*】|《[^》]*》)"
)
NAMED = re.compile(r"\b(named|called) $")
"""What a name follows."""
NOUN = re.compile(r"\b(folder|directory|file|branch|user|group|host|process|program|package|word|text) $")
"""What a name may follow: only a usual slip is one there."""
SHORTEST = 4
"""Letters that a word has at least which a slip by chance is looked for in."""
KNOWN = REAL.union(WORDS)
MEANT = {slip: word for word, slips in SLIPS.items() for slip in slips.split() if len(slip) > 2 and slip not in KNOWN}
MEANT_ZH = {
    slip: word for word, slips in SLIPS_ZH.items() for slip in slips.split() if len(slip) > 1 and slip not in REAL_ZH
}
CHINESE = re.compile("|".join(sorted(MEANT_ZH, key=len, reverse=True)))
NOT_NAMES = frozenset({"choice", "column", "columns"})
"""Kinds of texts that are not the user's own words."""
ESCAPE = re.compile(r"\\[A-Za-z]|\[(\w)\w\]")
"""What stands in a pattern beside its letters: \\b, and [Tt] for t."""


@dataclass(frozen=True)
class Spelled:
    """A request with its misspelled words put right, and the words that it has now and had not."""

    text: str
    words: frozenset[str]


def spelled(request: str, names: Collection[str]) -> Spelled:
    """Put the misspelled words of a request right; what stands in one of the `names` is no slip."""
    heard = "\n".join(names).lower()
    known = frozenset(re.findall("[a-z]+", heard))
    parts = QUOTED.split(request)
    parts[::2] = [CHINESE.sub(lambda found: _meant_zh(found[0], heard), _english(part, known)) for part in parts[::2]]
    text = "".join(parts)
    return Spelled(text, frozenset(_words(text)) - frozenset(_words(request)))


def says(plan: BoundPlan, words: Collection[str]) -> bool:
    """Whether a value of a plan has one of the words: it may have been a name that was no slip."""
    texts = ESCAPE.sub(lambda found: found[1] or " ", "\n".join(_texts(plan))).lower()
    return any(re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", texts) for word in words)


def _texts(plan: BoundPlan) -> Iterator[str]:
    for step in plan.steps:
        for bound in step.calls:
            for parameter in bound.tool.parameters:
                value = bound.arguments[parameter.name]
                if _is_named(parameter) and value != parameter.default:
                    yield from map(str, value if isinstance(value, tuple) else (value,))


def _is_named(parameter: Parameter) -> bool:
    return parameter.base is str and parameter.kind.name not in NOT_NAMES


def _words(text: str) -> Iterator[str]:
    """The words of a text, and which of the Chinese ones that are put right stand in it."""
    yield from re.findall("[a-z]+", text.lower())
    yield from (word for word in MEANT_ZH.values() if word in text)


def _english(text: str, known: frozenset[str]) -> str:
    return FREE.sub(lambda found: _put_right(found, known), text)


def _put_right(found: re.Match[str], known: frozenset[str]) -> str:
    word, before = found[0].lower(), found.string[: found.start()]
    if word in known or NAMED.search(before):
        return found[0]
    meant = MEANT.get(word) or (word if NOUN.search(before) else _nearest(word))
    return meant.capitalize() if found[0][0].isupper() else meant


def _meant_zh(slip: str, heard: str) -> str:
    return slip if slip in heard else MEANT_ZH[slip]


@lru_cache(1000)
def _nearest(word: str) -> str:
    """The word that is one slip away from one in small letters; itself where there is none, or it is a word."""
    if len(word) < SHORTEST or word in KNOWN:
        return word
    return next((other for is_slip in (_is_letter, _is_other) for other in WORDS if is_slip(word, other)), word)


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
