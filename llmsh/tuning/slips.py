"""Slips of those who type: letters swapped or left out, words that sound like the right one, traditional characters.

A slip is put only into a word that stands free: not into a path, an option or a name, nor beside a value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from random import Random

from llmsh.misspelled import SLIPS, SLIPS_ZH
from llmsh.tuning.slip_tables import KEYBOARD, TAIWAN, TRADITIONAL
from llmsh.tuning.wording import HELD

FREE = re.compile(rf"(?<![\w'/.~$*=@:\\{HELD}-])[a-z]{{3,}}(?![\w'/*=@\\{HELD}-]|[.:]\w)")
KNOWN = 0.55
"""The share of slips in such a word that are one of the usual ones, not a letter by chance."""


def typo(text: str, rng: Random) -> str:
    """One to three slips in English words: who misspells one word misspells others too."""
    words = [found for found in FREE.finditer(text) if len(found[0]) > 3 or found[0] in SLIPS]
    chosen: set[re.Match[str]] = set()
    for _ in range(rng.choices((1, 2, 3), (68, 23, 9))[0]):
        left = [word for word in words if word not in chosen]
        if left:
            chosen.add(rng.choices(left, [_weight(word[0]) for word in left])[0])
    for found in sorted(chosen, key=lambda word: -word.start()):  # from the end, so that the places stay right
        text = text[: found.start()] + _slip(found[0], rng) + text[found.end() :]
    return _run_together(text, rng) if not chosen or rng.random() < 0.06 else text


def _weight(word: str) -> float:
    """How likely a word is hit: short ones seldom, those that many misspell often."""
    if len(word) == 3:
        return 0.15
    return 2.0 if word in SLIPS else 1.0


def _slip(word: str, rng: Random) -> str:
    """A word with one of its usual slips, or with two letters swapped, one left out, doubled, or hit beside."""
    usual = SLIPS.get(word, "").split()
    if usual and (len(word) == 3 or rng.random() < KNOWN):
        return rng.choice(usual)
    at = rng.randrange(1, len(word) - 1)
    style = rng.choice(("swap", "drop", "drop", "double", "beside"))
    if style == "swap":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if style == "drop":
        return word[:at] + word[at + 1 :]
    if style == "double":
        return word[:at] + word[at] * 2 + word[at + 1 :]
    return word[:at] + rng.choice(KEYBOARD[word[at]]) + word[at + 1 :]


def _run_together(text: str, rng: Random) -> str:
    """Two words without the space between them, or with it a letter too early."""
    spaces = [found for found in re.finditer(" ", text) if _free_around(text, found.start())]
    if not spaces:
        return text
    at = rng.choice(spaces).start()
    if rng.random() < 0.7:
        return text[:at] + text[at + 1 :]
    return text[: at - 1] + " " + text[at - 1] + text[at + 1 :]


def _free_around(text: str, at: int) -> bool:
    """Whether a whole free word of two letters or more stands on either side of a space."""
    before = re.search(r"(?<!\S)[a-z]{2,}$", text[:at])
    after = re.match(r"[a-z]{2,}(?![^\s,?.!])", text[at + 1 :])
    return before is not None and after is not None


def typo_zh(text: str, rng: Random) -> str:
    """One word, now and then two, written with a character that sounds or looks like the right one."""
    places = list(_pattern(SLIPS_ZH).finditer(text))
    chosen = (
        rng.choices(places, [_weight_zh(place[0]) for place in places], k=rng.choice((1, 1, 1, 2))) if places else []
    )
    for found in sorted(set(chosen), key=lambda place: -place.start()):
        text = text[: found.start()] + rng.choice(SLIPS_ZH[found[0]].split()) + text[found.end() :]
    return text


def _weight_zh(word: str) -> float:
    """How likely a word is hit: of the many particles one now and then."""
    return 0.12 if len(word) == 1 else 1.0


def traditional(text: str, rng: Random) -> str:
    """A request in traditional characters, mostly with the words of Taiwan for what a shell works with."""
    if rng.random() < 0.6:
        text = _replaced(text, TAIWAN)
    return _replaced(text, TRADITIONAL)


def _replaced(text: str, table: Mapping[str, str]) -> str:
    return _pattern(table).sub(lambda found: table[found[0]], text)


def _pattern(table: Mapping[str, str]) -> re.Pattern[str]:
    """The words of a table, the longest first: a folder is no file."""
    return re.compile("|".join(sorted(table, key=lambda word: -len(word))))
