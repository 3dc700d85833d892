"""Requests in the words of a larger model: kept where the tuned model reads the very same plan out of them.

What was kept cannot teach a plan that is wrong for it, as far as the tuned model knows; it teaches more ways to say
what is understood already.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from llmsh.certainty import speaks
from llmsh.check import BoundPlan, check
from llmsh.errors import PlanError
from llmsh.grounding import invented
from llmsh.plan import parse
from llmsh.registry import Registry
from llmsh.said import words
from llmsh.tuning.samples import Sample
from llmsh.tuning.wording import CHINESE

SOURCE, FROM = "reworded", "grammar/"
SURE = 0.5
"""How likely the plan must be to the tuned model."""
LONGEST = 200
NUMBER = re.compile(r"[0-9]+")
Write = Callable[[str, str], Iterable[str]]
"""Other words for a request in a language, "en" or "zh"."""
Read = Callable[[str], tuple[str, float]]
"""The plan that is read out of a request, and its probability."""


@dataclass
class Reworded:
    """The samples, how many requests were reworded, and how often each thing was said against what came of it."""

    samples: list[Sample] = field(default_factory=list)
    asked: int = 0
    said: dict[str, int] = field(default_factory=dict)


def reworded(samples: Iterable[Sample], registry: Registry, write: Write, read: Read) -> Iterator[Reworded]:
    """Reword the plain requests among samples of the grammar; what there is so far, request after request."""
    found = Reworded()
    for sample in samples:
        bound = _bound(sample, registry)
        if bound is None:
            continue
        found.asked += 1
        for text in dict.fromkeys(" ".join(text.split()) for text in write(sample.request, sample.language)):
            against = reason_against(text, sample, bound) or _misread(read(text), sample.plan)
            found.said[against] = found.said.get(against, 0) + 1
            if not against:
                area = sample.source.removeprefix(FROM)
                found.samples.append(Sample(text, sample.plan, sample.language, f"{SOURCE}/{area}"))
        yield found


def _bound(sample: Sample, registry: Registry) -> BoundPlan | None:
    """The plan of a sample that can be reworded: one of the grammar that stands alone and does something."""
    if sample.turns or sample.facts or not sample.source.startswith(FROM):
        return None
    try:
        bound = check(parse(sample.plan), registry)
    except PlanError:
        return None
    return None if speaks(bound) else bound


def reason_against(text: str, sample: Sample, bound: BoundPlan) -> str:
    """Why a text cannot be other words for a request; nothing where it can."""
    if len(text) > LONGEST:
        return "too long"
    if not text or _letters(text) == _letters(sample.request):
        return "nothing new"
    if bool(CHINESE.search(text)) != bool(CHINESE.search(sample.request)):
        return "another language"
    if invented(bound, [text]) or named(text) != named(sample.request):
        return "other names or numbers"
    said = sample.request.lower()
    if any(value.lower() in said and value.lower() not in text.lower() for value in _texts(bound)):
        return "a text is missing"
    return ""


def _misread(found: tuple[str, float], plan: str) -> str:
    if found[0] != plan:
        return "read otherwise"
    return "" if found[1] >= SURE else "not read surely"


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


def named(text: str) -> tuple[list[str], list[str]]:
    """What a request speaks of that may not change: names with a dot or a slash, and numbers."""
    return sorted(word.strip("~/") for word in words(text) if "." in word or "/" in word), sorted(NUMBER.findall(text))


def _texts(bound: BoundPlan) -> Iterator[str]:
    for step in bound.plan.steps:
        for call in step.calls:
            for value in (*call.args, *(value for _, value in call.options)):
                yield from (item for item in (value if isinstance(value, tuple) else (value,)) if isinstance(item, str))
