"""Arguments of a plan that nobody has spoken of: an invented path, process, address, user or port.

A value counts as said when its parts stand in the request or its context, as they are or in an ordinary other form:
"the python files" for *.py, "the parent folder" for .., docs.zip for docs, a misspelled word. Where each part of it
is said, a value may be put together of them anew. What is no name of something (text, patterns, columns, sizes,
choices) is not looked at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cached_property

from llmsh.check import BoundPlan
from llmsh.grounding_words import HOME_FOLDERS, PARTS, PLACES, TOP_FOLDERS
from llmsh.registry import Parameter
from llmsh.types import Argument, Scalar

KINDS = frozenset({"path", "folder", "paths", "names", "pids", "url", "glob", "globs"})
NAMED = frozenset({"user", "owner", "group", "host", "port", "pid", "process"})
"""Parameters of no kind of their own that name something in the world."""
PLAIN = frozenset({"text", "int"})
SCHEME = re.compile(r"^https?://")
ENDING = re.compile(r"(?<=[^/.*?])(\.[a-z0-9]{1,5}){1,2}$")
LETTER = re.compile(r"\[(\w)(\w)\]")
CLASS = re.compile(r"\[[^\]]*\]")
PART = re.compile(r"[^\W_]+")
WORDS = (PART, re.compile("[a-z0-9]+"), re.compile("[a-z]+"), re.compile("[0-9]+"))
BARE = r"(?<![^\s\"'`“‘(:,，：]){}(?![^\s\"'`”’):;,.!?，。；！？\u3400-\u9fff])"
"""A place such as / or ~ as a word of its own."""
LIKE = 0.8
"""How alike (by difflib's ratio) a word and its misspelling are."""


def invented(plan: BoundPlan, said: Iterable[str]) -> tuple[str, ...]:
    """The values in a plan that stand in none of the texts: the request, what it was read against, earlier turns."""
    heard = _Heard("\n".join(said))
    return tuple(dict.fromkeys(text for text in named(plan) if not heard.value(text)))


def named(plan: BoundPlan) -> Iterator[str]:
    """The values in a plan that name something in the world, defaults left out."""
    for step in plan.steps:
        for bound in step.calls:
            for parameter in bound.tool.parameters:
                value = bound.arguments[parameter.name]
                if _names_something(parameter) and value != parameter.default:
                    yield from (str(item) for item in _items(value) if item is not None)


def _names_something(parameter: Parameter) -> bool:
    return parameter.kind.name in KINDS or (parameter.kind.name in PLAIN and parameter.name in NAMED)


def _items(value: Argument) -> Sequence[Scalar]:
    return value if isinstance(value, tuple) else (value,)


class _Heard:
    """All that was said, and whether a value is part of it."""

    def __init__(self, text: str) -> None:
        self._text = _plain(text)

    def value(self, value: str) -> bool:
        """Whether a value was said, as it is, in other words, or part by part."""
        text = SCHEME.sub("", _plain(value).strip()).removesuffix("/.").removeprefix("./")
        place = text.rstrip("/*") or text[:1]
        if place in PLACES and self._is_meant(PLACES[place]):
            return True
        parts = PART.findall(_letters(text))
        if not parts:
            return place not in PLACES or re.search(BARE.format(re.escape(place)), self._text) is not None
        return self._place(text, parts) and self._parts(text, parts)

    def _place(self, text: str, parts: list[str]) -> bool:
        """Whether where a path starts was said: the home, the root, the folder above."""
        if text.startswith("~/"):
            return parts[0] in HOME_FOLDERS or "~/" in self._text or self._is_meant(PLACES["~"])
        if text.startswith("/") and parts[0] not in TOP_FOLDERS:
            return f"/{parts[0]}" in self._text or self._is_meant(PLACES["/"])
        return ".." not in text.split("/") or ".." in self._text or self._is_meant(PLACES[".."])

    def _parts(self, text: str, parts: list[str]) -> bool:
        """Whether each part of a name was said. Where all before its ending was, the ending may be new: docs.zip."""
        if all(self._part(part) for part in parts):
            return True
        stem = PART.findall(ENDING.sub("", _letters(text)))
        return 0 < len(stem) < len(parts) and all(self._part(part) for part in stem)

    def _part(self, part: str) -> bool:
        if part in self._words or (part in PARTS and self._is_meant(PARTS[part])):
            return True
        if part.isdigit():
            return part.lstrip("0") in self._words
        if part.isascii() and len(part) < 3:
            return f"{part}s" in self._words
        return part in self._text or (len(part) >= 5 and part in self._joined) or self._is_misspelled(part)

    def _is_misspelled(self, part: str) -> bool:
        """Whether a word that was said is this one but for a slip; another number is no slip."""
        if len(part) < 4 or not part.isascii():
            return False
        digits = re.sub(r"\D", "", part)
        return any(
            abs(len(word) - len(part)) <= 2
            and re.sub(r"\D", "", word) == digits
            and SequenceMatcher(None, word, part).ratio() >= LIKE
            for word in self._words
        )

    def _is_meant(self, words: str) -> bool:
        return re.search(words, self._text, re.ASCII) is not None  # to \b a Chinese character is no letter

    @cached_property
    def _words(self) -> frozenset[str]:
        """Every word, and each part of one where letters, digits and Chinese characters meet."""
        return frozenset(word for words in WORDS for word in words.findall(self._text))

    @cached_property
    def _joined(self) -> str:
        """All words as one: mysong for "my song"."""
        return "".join(PART.findall(self._text))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _letters(text: str) -> str:
    """A name with wildcards without its classes of characters; [pP] is the letter p."""
    return CLASS.sub(" ", LETTER.sub(lambda found: found[1] if found[1] == found[2] else " ", text))
