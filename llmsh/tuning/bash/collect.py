"""From rows to samples: cleaned, translated, proved, each request once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from llmsh.registry import Registry
from llmsh.tuning.bash.data import DataRow
from llmsh.tuning.bash.parse import NotTranslated
from llmsh.tuning.bash.prove import Court
from llmsh.tuning.bash.requests import asked_for, cleaned, mismatch
from llmsh.tuning.bash.runs import run_plan
from llmsh.tuning.bash.translate import translate
from llmsh.tuning.samples import Sample

OFTEN = 500
BROKEN = re.compile("without an end|unfinished|out of place|without a value|nothing to negate|a pipe without|an empty")
"""Commands that are not as their writer meant them: a lost backslash, a quote that never ends."""


@dataclass
class Collected:
    """The samples, and how many there were of what."""

    samples: list[Sample] = field(default_factory=list)
    kept: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)


def collect(rows: Iterable[DataRow], registry: Registry, court: Court, tell: Callable[[str], None]) -> Collected:
    """Samples of all rows; of requests that come several times the one with the shortest plan."""
    collected = Collected()
    best: dict[str, Sample] = {}
    proved: dict[tuple[str, str], str] = {}
    for number, row in enumerate(rows, 1):
        sample = _sample(row, registry, court, collected, proved)
        if sample is not None:
            key = sample.request.lower().rstrip(".?!")
            there = best.get(key)
            if there is None or _rank(sample) < _rank(there):
                best[key] = sample
        if number % OFTEN == 0:
            tell(f"{number} rows, {len(best)} samples")
    collected.samples = list(best.values())
    collected.kept = Counter(f"{sample.source} {sample.language}" for sample in collected.samples)
    return collected


def _rank(sample: Sample) -> tuple[bool, int]:
    return sample.source.endswith("-run"), len(sample.plan)


def _sample(
    row: DataRow, registry: Registry, court: Court, collected: Collected, proved: dict[tuple[str, str], str]
) -> Sample | None:
    request = cleaned(row.request)
    if not request:
        collected.dropped[f"{row.source}: no request"] += 1
        return None
    try:
        translation = translate(row.command, registry, request)
    except NotTranslated as error:
        collected.refused[error.message] += 1
        plan = "" if BROKEN.search(error.message) else run_plan(row.command, request)
        if not plan:
            collected.dropped[f"{row.source}: no plan, and no run"] += 1
            return None
        return Sample(request, plan, row.language, f"{row.source}-run")
    against = mismatch(request, translation.plan)
    if not against:
        key = (translation.plan, row.command)
        if key not in proved:
            proved[key] = court.reason_against(translation, request)
        against = "not proved: " + proved[key] if proved[key] else ""
    if against:
        collected.dropped[f"{row.source}: {against[:50]}"] += 1
        return None
    return Sample(request, asked_for(translation.plan, request), row.language, row.source)
