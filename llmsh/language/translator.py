"""Finished messages to another language: exact entries, then the template with the most words of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

HOLE = re.compile(r"\{([0-9]+)(?::(message|number))?\}")
"""`{1}` is what the message holds there, `{1:message}` that as a message of its own; `{1:number}` must be a number.

Without that a template of few words ("{1} of {2}") would fit sentences that are none of ours: a program's, say.
"""
NUMBER = re.compile(r"[0-9.,-]+( [KMGTP]?B)?")
LETTER = re.compile("[A-Za-z]")

REMEMBERED = 1000

Translate = Callable[[str], str]


def as_written(text: str) -> str:
    """A message as the code has it."""
    return text


class Translator:
    """Translates whole messages; what no entry fits comes back as it is."""

    def __init__(self, messages: Mapping[str, str], columns: Mapping[str, str]) -> None:
        self._messages = messages
        self._columns = columns
        self._known: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        """A message in the other language."""
        if not self._messages or not text:
            return text
        if text not in self._known:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[text] = self._translated(text)
        return self._known[text]

    def entry(self, text: str) -> str:
        """The same for a text that holds nothing: beside what users and tools have written no template is tried."""
        return self._messages.get(text, text)

    def heads(self, names: Sequence[str]) -> list[str]:
        """The heads of a table, where all of them are known: a file's own columns keep their names."""
        known = all(name in self._columns for name in names)
        return [self._columns[name] for name in names] if known else list(names)

    def _translated(self, text: str) -> str:
        # the system's own words ("permission denied") are written with and without a capital
        said = self._messages.get(text) or self._messages.get(text[:1].upper() + text[1:])
        if said is not None:
            return said
        for literals, template in self._templates:
            holes = match(literals, text)
            if holes is not None:
                said = self._filled(template, holes, joins=not any(map(LETTER.search, literals)))
                if said is not None:
                    return said
        return text

    def _filled(self, template: str, holes: list[str], *, joins: bool) -> str | None:
        """A template with its holes filled; None where one is no number, or no message in what only joins messages."""
        text, *parts = HOLE.split(template)
        for number, kind, after in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
            held = holes[int(number) - 1]
            said = self._padded(held) if kind == "message" else held
            if (kind == "number" and not NUMBER.fullmatch(held)) or (kind == "message" and joins and said == held):
                return None
            text += said + after
        return text

    def _padded(self, text: str) -> str:
        """A message inside of another, which may be padded for a column."""
        whole, core = self(text), text.strip()
        return whole if whole != text or core == text else text.replace(core, self(core))

    @cached_property
    def _templates(self) -> list[tuple[list[str], str]]:
        """Templates as the texts between their holes, the one with the most letters first."""
        split = [(HOLE.split(text)[::3], said) for text, said in self._messages.items() if HOLE.search(text)]
        return sorted(split, key=lambda entry: -sum(map(len, entry[0])))


def match(literals: list[str], text: str) -> list[str] | None:
    """What stands between literals in a text, each hole as short as possible; None where they do not make it up."""
    first, *middle, last = literals
    end = len(text) - len(last)
    if not text.startswith(first) or not text.endswith(last) or end < len(first):
        return None
    holes, place = [], len(first)
    for literal in middle:
        found = text.find(literal, place, end)
        if found < 0:
            return None
        holes.append(text[place:found])
        place = found + len(literal)
    return [*holes, text[place:end]]
