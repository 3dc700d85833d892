"""Samples of all sources to the one set that is trained on: cleaned, freed of what is held out, weighed, split.

A request that has several plans in the data keeps the shortest. One part in HELD_BACK is kept for calibration.
"""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from llmsh.check import check
from llmsh.errors import PlanError
from llmsh.plan import parse
from llmsh.registry import Registry
from llmsh.tuning.leaks import HeldOut
from llmsh.tuning.samples import Sample
from llmsh.tuning.tidy import tidied

HELD_BACK = 50
"""One sample in so many is not trained on."""
AFTER_OTHERS = 0.03
"""Share of samples that get an earlier turn which has nothing to do with them, so that it is not always taken up."""
LONGEST_REQUEST = 300
IN_CONTEXT = {"following": 0.6, "grammar/following": 0.6, "invented": 0.5}
"""Share of a source's samples with earlier turns or facts that is kept. They are two to five times as long as others,
and training time is counted in tokens."""
OTHERS_IN_CONTEXT = 0.25


@dataclass(frozen=True)
class Mixed:
    """What to train on, what is held back, how many of each source came and stayed, and a hash of it all."""

    train: tuple[Sample, ...]
    held_back: tuple[Sample, ...]
    came: Mapping[str, int]
    stayed: Mapping[str, int]
    sha256: str


def mix(samples: Iterable[Sample], registry: Registry, held_out: HeldOut, most: Mapping[str, int], seed: int) -> Mixed:
    """Mix samples; of a source that `most` names at most so many are taken, by chance."""
    chance = random.Random(seed)
    came: Counter[str] = Counter()
    shortest: dict[tuple[object, ...], Sample] = {}
    for sample in (_tidied(sample, registry) for sample in samples):
        came[sample.source] += 1
        key = (" ".join(sample.request.lower().split()), sample.turns, sample.facts)
        if key not in shortest or len(sample.plan) < len(shortest[key].plan):
            shortest[key] = sample
    shorter = (sample for sample in shortest.values() if chance.random() < _share(sample))
    usable = [sample for sample in held_out.without(shorter) if _fits(sample, registry)]
    chance.shuffle(usable)
    stayed: Counter[str] = Counter()
    kept = []
    for sample in usable:
        if stayed[sample.source] < most.get(sample.source, len(usable)):
            stayed[sample.source] += 1
            kept.append(sample)
    kept = _after_others(kept, chance)
    digest = hashlib.sha256("".join(repr(sample) for sample in kept).encode()).hexdigest()
    return Mixed(tuple(kept[len(kept) // HELD_BACK :]), tuple(kept[: len(kept) // HELD_BACK]), came, stayed, digest)


def _tidied(sample: Sample, registry: Registry) -> Sample:
    turns = tuple((request, tidied(plan, registry)) for request, plan in sample.turns)
    return replace(sample, plan=tidied(sample.plan, registry), turns=turns)


def _share(sample: Sample) -> float:
    """The share of samples like this one that is kept."""
    if not sample.turns and all(fact.startswith("In ") for fact in sample.facts):  # columns, which are few words
        return 1.0
    kind = sample.source.partition("/")[0]
    return IN_CONTEXT.get(sample.source, IN_CONTEXT.get(kind, OTHERS_IN_CONTEXT))


def _fits(sample: Sample, registry: Registry) -> bool:
    """Whether the plan is one, as far as that can be known: of tools in the facts only the form is looked at."""
    if len(sample.request) > LONGEST_REQUEST:
        return False
    try:
        plan = parse(sample.plan)
        if not any(fact.startswith(("tool:", "last:")) for fact in sample.facts):
            check(plan, registry)
    except PlanError:
        return False
    return True


def _after_others(samples: Sequence[Sample], chance: random.Random) -> list[Sample]:
    """Some samples with another one's request before them, as in a session that goes from one thing to the next."""
    plain = [sample for sample in samples if not sample.turns and not sample.facts]
    found = []
    for sample in samples:
        if plain and not sample.turns and chance.random() < AFTER_OTHERS:
            other = chance.choice(plain)
            found.append(replace(sample, turns=((other.request, other.plan),)))
        else:
            found.append(sample)
    return found
