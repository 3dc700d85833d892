"""One request and its plan from a block: forms are chosen, slots filled, filters put in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from llmsh.plan import print_argument
from llmsh.tuning.forms import Choice, Form, Gap, Slot, always, ever, parse_pattern
from llmsh.tuning.grammar import Grammar
from llmsh.tuning.grammar_file import Block
from llmsh.tuning.saying import Speech, say
from llmsh.tuning.slots import Slots
from llmsh.tuning.values_file import Value
from llmsh.tuning.wording import CHINESE, EMPTY, Held, Wording, tidy

FOREIGN = {("en", True): 0.9, ("en", False): 0.0, ("zh", True): 0.0, ("zh", False): 0.3}
"""How often a value is drawn again, by the language of the request and whether the value is Chinese."""
HOW_MANY_FILTERS = (0, 1, 2), (45, 42, 13)


@dataclass(frozen=True)
class Drawn:
    """What a block was drawn to."""

    plan: str
    wording: Wording
    language: str


class Drawer:
    """Draws from the blocks of a grammar."""

    def __init__(self, grammar: Grammar, slots: Slots) -> None:
        self._grammar = grammar
        self._slots = slots

    def draw(
        self, block: Block, language: str, rng: Random, given: Mapping[tuple[str, int], Value] | None = None
    ) -> Drawn:
        """A request in a language, and its plan, not yet checked; `given` are the values of an earlier turn."""
        held = Held()
        plan, text = self._phrase(block, Speech(language, rng, held), given)
        return Drawn(plan, Wording(tidy(text, language), tuple(held.texts)), language)

    def _phrase(
        self, block: Block, speech: Speech, given: Mapping[tuple[str, int], Value] | None = None
    ) -> tuple[str, str]:
        """The plan and the text of a block, of a noun or of a filter."""
        parts = expand(speech.rng.choice(block.forms[speech.language]), speech.rng)
        filters = self._filters(block, parts, speech)
        asked = {part.key for part in parts if isinstance(part, Slot)}
        filled = _Filled(dict(given or {}), {})
        for slot in (part for part in (*block.pattern, *parts) if isinstance(part, Slot)):
            if slot.key not in filled.values and slot.key not in filled.nouns:
                self._fill(slot, block, speech, filled, said=slot.key in asked)
        plan = _plan(block, filled, [arguments for arguments, _ in filters])
        return plan, _text(parts, filled, [said for _, said in filters], speech)

    def _fill(self, slot: Slot, block: Block, speech: Speech, filled: _Filled, *, said: bool) -> None:
        language, rng = speech.language, speech.rng
        nouns = [noun for noun in self._grammar.nouns(block.area, slot.kind) if language in noun.forms]
        if nouns:
            noun = rng.choices(nouns, [noun.weight for noun in nouns])[0]
            filled.nouns[slot.key] = self._phrase(noun, speech)
            return
        if slot.kind == "folder" and not said:
            filled.values[slot.key] = Value(".", (), ())
            return
        others = [value.plan for value in filled.values.values()]
        for _ in range(20):
            value = self._value(slot.kind, block, rng)
            chinese = CHINESE.search(str(value.plan)) is not None
            if value.plan not in others and rng.random() >= FOREIGN[language, chinese]:
                break
        filled.values[slot.key] = value

    def _value(self, kind: str, block: Block, rng: Random) -> Value:
        own = self._grammar.kind(block.area, kind)
        return rng.choice(own) if own else self._slots.draw(kind, rng)

    def _filters(self, block: Block, parts: list[str | Slot | Gap], speech: Speech) -> list[tuple[str, str]]:
        language, rng = speech.language, speech.rng
        if not block.filters or not any(isinstance(part, Gap) for part in parts):
            return []
        wanted = min(rng.choices(*HOW_MANY_FILTERS)[0], len(block.filters))
        drawn = []
        amounts: set[str] = set()  # a second size or age would contradict the first, an argument is given once
        for name in rng.sample(block.filters, wanted):
            blocks = [item for item in self._grammar.filters(block.area, name) if language in item.forms]
            blocks = [item for item in blocks if amounts.isdisjoint(_amounts(item))]
            if blocks:
                chosen = rng.choices(blocks, [item.weight for item in blocks])[0]
                amounts |= _amounts(chosen)
                drawn.append(self._phrase(chosen, speech))
        return drawn


def _amounts(block: Block) -> set[str]:
    """Which amounts a filter compares with, and which argument it gives."""
    kinds = {kind for kind, _ in ever(block.pattern)}
    argument = str(block.pattern[0]).partition("=")[0]
    compared = {"age"} if argument in ("older_than", "newer_than") else kinds & {"size"}
    return {argument} | compared


@dataclass(frozen=True)
class _Filled:
    values: dict[tuple[str, int], Value]
    nouns: dict[tuple[str, int], tuple[str, str]]


def expand(form: Form, rng: Random) -> list[str | Slot | Gap]:
    """A form without choices."""
    parts: list[str | Slot | Gap] = []
    for part in form:
        if isinstance(part, Choice):
            parts += expand(rng.choice(part.options), rng)
        else:
            parts.append(part)
    return parts


def _plan(block: Block, filled: _Filled, filters: list[str]) -> str:
    """The text of the plan with its slots and its gap filled."""
    text = ""
    for part in block.pattern:
        if isinstance(part, Gap):
            for arguments in filters:
                text += arguments if text.endswith("(") else f", {arguments}"
        elif isinstance(part, Slot):
            text += _written(part, filled)
        else:
            text += part.removeprefix(", ") if text.endswith("(") else part
    return text


def _written(slot: Slot, filled: _Filled) -> str:
    if slot.key in filled.nouns:
        return filled.nouns[slot.key][0]
    value = filled.values[slot.key].plan
    if not slot.bare:
        return print_argument(value)
    if isinstance(value, str):
        return print_argument(value.rstrip("/") or value)[1:-1]  # a folder inside a path: no second slash after it
    return str(value)


def _text(parts: list[str | Slot | Gap], filled: _Filled, filters: list[str], speech: Speech) -> str:
    """The text of a request with its values held."""
    gaps = [index for index, part in enumerate(parts) if isinstance(part, Gap)]
    chosen = speech.rng.choice(gaps) if gaps else -1
    text = ""
    for index, part in enumerate(parts):
        if isinstance(part, Gap):
            text += _joined(filters, speech) if index == chosen and filters else EMPTY
        elif isinstance(part, str):
            text += part
        elif part.key in filled.nouns:
            text += filled.nouns[part.key][1]
        else:
            after = next((item for item in parts[index + 1 :] if item != ""), "")
            text += say(part, filled.values[part.key], text, after if isinstance(after, str) else "", speech)
    return text


def _joined(filters: list[str], speech: Speech) -> str:
    joints = ("", "、", "而且", "并且") if speech.language == "zh" else (" and ", " and ", ", ", " ")
    return speech.rng.choice(joints).join(filters)


def unsaid(block: Block) -> str:
    """What is wrong with the slots of a block's forms: an error message, or nothing."""
    planned = ever(block.pattern)
    earlier = ever(parse_pattern(block.after))  # the turn before says these
    needed = {key for key in planned - earlier if key[0] != "folder"}
    for language, forms in block.forms.items():
        for number, form in enumerate(forms, 1):
            missing, extra = needed - always(form), ever(form) - planned
            if missing or extra:
                kind = sorted(missing or extra)[0]
                shown = f"{{{kind[0]}}}" if kind[1] == 1 else f"{{{kind[0]}#{kind[1]}}}"
                what = "is in the plan, but not in every wording of" if missing else "is not in the plan, but in"
                return f"{shown} {what} {language} form {number}"
    return ""
