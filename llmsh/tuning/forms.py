r"""Request forms and plan patterns of the paraphrase grammar: text to a frozen tree, and what a tree must and may hold.

(a|b) one of, [x] there or not, {kind} {kind#2} {in folder} {kind!} slots, <?> the gap for filters, \( a literal
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

SLOT = re.compile(r"\{(in )?([a-z][a-z0-9_]*)(?:#([2-9]))?(!)?\}")
GAP = "<?>"
SPECIAL = "([{|<)]}\\"


@dataclass(frozen=True)
class Slot:
    """A place for a value.

    `within` says it with its preposition. `bare` writes it inside a literal of the plan, and in a request as the plan
    has it: "number {nth!}" is "number 2", not "number second".
    """

    kind: str
    number: int = 1
    within: bool = False
    bare: bool = False

    @property
    def key(self) -> tuple[str, int]:
        """Slots of the same key have the same value."""
        return self.kind, self.number


@dataclass(frozen=True)
class Gap:
    """The place of the optional filters."""


@dataclass(frozen=True)
class Choice:
    """One of several forms; an optional part is a choice of it and of nothing."""

    options: tuple[Form, ...]


Part = str | Slot | Gap | Choice
Form = tuple[Part, ...]
Pattern = tuple[str | Slot | Gap, ...]


class FormError(ValueError):
    """A form that cannot be read; the message says what was expected."""


def parse_pattern(text: str) -> Pattern:
    r"""A plan with its slots and gap; everything else in it is literal, `\{` a brace where a slot would be read."""
    parts: list[str | Slot | Gap] = []
    position = 0
    for found in re.finditer(rf"\\[{{}}]|{SLOT.pattern}|<\?>", text):
        parts.append(text[position : found.start()])
        position = found.end()
        if found[0] == GAP:
            parts.append(Gap())
        elif found[0].startswith("\\"):
            parts.append(found[0][1])
        else:
            parts.append(_slot(found[0]))
    parts.append(text[position:])
    return tuple(part for part in parts if part != "")


def parse_form(text: str) -> Form:
    """A request form. Raises FormError."""
    reader = _Reader(text)
    form = reader.alternatives("")
    if reader.rest:
        raise FormError(f"a {reader.rest[0]} without its opening bracket at {reader.rest[:20]!r}")
    return form


def _slot(text: str) -> Slot:
    found = SLOT.fullmatch(text)
    if found is None:
        raise FormError(f"{text} is no slot; expected {{kind}}, {{kind#2}}, {{kind!}} or {{in kind}}")
    return Slot(found[2], int(found[3] or 1), bool(found[1]), bool(found[4]))


class _Reader:
    """Reads a form left to right."""

    def __init__(self, text: str) -> None:
        self.rest = text

    def alternatives(self, end: str) -> Form:
        """Forms joined by | up to a closing bracket, or to the end of the text."""
        options = [self._sequence()]
        while self.rest.startswith("|"):
            self.rest = self.rest[1:]
            options.append(self._sequence())
        if not self.rest.startswith(end):
            raise FormError(f"a bracket is not closed: expected {end}")
        self.rest = self.rest[len(end) :]
        return options[0] if len(options) == 1 else (Choice(tuple(options)),)

    def _sequence(self) -> Form:
        parts: list[Part] = []
        while self.rest and self.rest[0] not in "|)]":
            parts.append(self._part())
        return tuple(parts)

    def _part(self) -> Part:
        if self.rest.startswith(GAP):
            self.rest = self.rest[len(GAP) :]
            return Gap()
        head = self.rest[0]
        if head == "{":
            text = self.rest[: self.rest.find("}") + 1] or self.rest
            self.rest = self.rest[len(text) :]
            return _slot(text)
        if head in "([":
            self.rest = self.rest[1:]
            inner = self.alternatives(")" if head == "(" else "]")
            return Choice((inner,)) if head == "(" else Choice((inner, ()))
        return self._literal()

    def _literal(self) -> str:
        if self.rest[0] == "\\" and len(self.rest) > 1:
            text, self.rest = self.rest[1], self.rest[2:]
            return text
        if self.rest[0] in "<}\\":
            text, self.rest = self.rest[0], self.rest[1:]
            return text
        length = next((index for index, char in enumerate(self.rest) if char in SPECIAL), len(self.rest))
        text, self.rest = self.rest[:length], self.rest[length:]
        return text


def always(form: Form) -> frozenset[tuple[str, int]]:
    """The slots that every expansion of a form holds."""
    held: set[tuple[str, int]] = set()
    for part in form:
        if isinstance(part, Slot):
            held.add(part.key)
        elif isinstance(part, Choice):
            held |= frozenset.intersection(*[always(option) for option in part.options])
    return frozenset(held)


def ever(form: Iterable[Part]) -> frozenset[tuple[str, int]]:
    """The slots that some expansion of a form holds, or that a pattern holds."""
    held: set[tuple[str, int]] = set()
    for part in form:
        if isinstance(part, Slot):
            held.add(part.key)
        elif isinstance(part, Choice):
            held |= frozenset().union(*[ever(option) for option in part.options])
    return frozenset(held)
