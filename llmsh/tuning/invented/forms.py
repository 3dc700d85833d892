"""Request forms for invented tools: a noun phrase is put in, and what is said for the slots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from llmsh.tuning.forms import Choice, Form, Part, Slot
from llmsh.tuning.wording import Held


def with_noun(form: Form, np: str) -> Form:
    """A form with its noun phrase put in."""
    parts: list[Part] = []
    for part in form:
        if isinstance(part, Choice):
            parts.append(Choice(tuple(with_noun(option, np) for option in part.options)))
        else:
            parts.append(np if isinstance(part, Slot) and part.kind == "np" else part)
    return tuple(parts)


def text_of(parts: Sequence[object], said: Mapping[str, str], held: Held) -> str:
    """The parts of an expanded form as one text, what is said for its slots held aside."""
    return "".join(held.hold(said[part.kind]) if isinstance(part, Slot) else str(part) for part in parts)
