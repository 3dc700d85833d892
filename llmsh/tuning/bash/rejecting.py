"""Rejection sampling: plans of a tuned model for commands that have no translation, kept where both print the same.

A plan is believed only where the tree tells it from every weaker plan: one without one of its calls or one of its
options. Only commands and plans that read are taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from llmsh.check import check
from llmsh.errors import PlanError
from llmsh.plan import parse as parse_plan
from llmsh.plan import print_plan
from llmsh.registry import Registry
from llmsh.tuning.bash.data import DataRow
from llmsh.tuning.bash.flow import Look
from llmsh.tuning.bash.parse import NotTranslated, Pipeline, parse
from llmsh.tuning.bash.prove import Court
from llmsh.tuning.bash.requests import cleaned, mismatch
from llmsh.tuning.bash.translate import translate
from llmsh.tuning.samples import Sample
from llmsh.types import Files, Matches, Number, Plan, Rows, Table, Text

SOURCE = "sampled"
PROGRAMS = frozenset((
    "find", "grep", "egrep", "fgrep", "awk", "sed", "sort", "uniq", "head", "tail", "cut", "tr", "wc", "cat", "ls",
    "du", "stat", "basename", "dirname", "nl", "tac", "rev", "paste", "join", "comm", "fold", "column", "echo",
    "printf", "diff", "cmp", "tree", "seq", "readlink", "realpath", "md5sum", "sha1sum", "sha256sum", "test", "zcat",
))  # fmt: skip
"""Programs that read, as long as they are not told to write."""
WRITING = frozenset(("-delete", "-exec", "-execdir", "-ok", "-okdir", "-fprint", "-fprintf", "-fls", "-i", "-i.bak",
                     "--in-place", "-o", "--output"))  # fmt: skip
LOOKS: tuple[tuple[type[Rows], Look], ...] = (
    (Matches, Look.MATCHES), (Files, Look.LINES), (Number, Look.NUMBER), (Text, Look.LINES), (Table, Look.CELLS),
)  # fmt: skip
"""How what a plan gives is held against the command's output."""
Propose = Callable[[str], Iterator[str]]
"""Plans for a request, the likeliest first."""


@dataclass
class Sampled:
    """The samples, of how many requests plans were asked for, and of how many plans each thing was said."""

    samples: list[Sample] = field(default_factory=list)
    asked: int = 0
    said: dict[str, int] = field(default_factory=dict)


def sample(rows: Iterable[DataRow], registry: Registry, court: Court, propose: Propose) -> Iterator[Sampled]:
    """Sample plans for every row whose command reads and has no translation; what there is so far, row after row."""
    sampled = Sampled()
    for row in rows:
        request = cleaned(row.request)
        pipelines = untranslated(row.command, registry, request) if request else ()
        if not pipelines:
            continue
        sampled.asked += 1
        right = []
        for plan in propose(request):
            verdict = reason_against(plan, pipelines, request, registry, court)
            sampled.said[verdict] = sampled.said.get(verdict, 0) + 1
            if not verdict:
                right.append(plan)
        if right:
            sampled.samples.append(Sample(request, min(right, key=len), row.language, f"{SOURCE}/{row.source}"))
        yield sampled


def untranslated(command: str, registry: Registry, request: str) -> tuple[Pipeline, ...]:
    """The pipelines of a command that only reads and that the translator leaves; none for any other."""
    try:
        pipelines = parse(command)
    except NotTranslated:
        return ()
    if len(pipelines) != 1 or not all(map(_reads, pipelines)):
        return ()
    try:
        translate(command, registry, request)
    except NotTranslated:
        return pipelines
    return ()


def _reads(pipeline: Pipeline) -> bool:
    words = [word.text for simple in pipeline for word in simple.words]
    programs = {simple.words[0].text for simple in pipeline if simple.words}
    absolute = any(text.startswith(("/", "~")) for text in words)
    writes = any(simple.writes is not None for simple in pipeline) or not WRITING.isdisjoint(words)
    return programs <= PROGRAMS and not absolute and not writes


def reason_against(text: str, pipelines: tuple[Pipeline, ...], request: str, registry: Registry, court: Court) -> str:
    """Why a plan is not believed to be what a command does; nothing where it is."""
    try:
        bound = check(parse_plan(text), registry)
    except PlanError:
        return "it does not fit"
    given = [call.tool.gives for step in bound.steps for call in step.calls if call.tool.gives is not None]
    look = next((look for kind, look in LOOKS if given and given[-1] is kind), None)
    if look is None or len(bound.steps) != 1 or '"/' in text or '"~' in text:
        return "it is of another kind"
    against = mismatch(request, bound.text)
    return against or court.reason_against_reading(bound.text, pipelines, look, tuple(weaker(bound.plan, registry)))


def weaker(plan: Plan, registry: Registry) -> Iterator[str]:
    """The plans without one call behind the first, and without one option, that fit."""
    (step,) = plan.steps
    shorter = [replace(step, calls=step.calls[:at] + step.calls[at + 1 :]) for at in range(1, len(step.calls))]
    for at, call in enumerate(step.calls):
        for option in range(len(call.options)):
            left = replace(call, options=call.options[:option] + call.options[option + 1 :])
            shorter.append(replace(step, calls=(*step.calls[:at], left, *step.calls[at + 1 :])))
    for other in shorter:
        text = print_plan(Plan((other,)))
        try:
            yield check(parse_plan(text), registry).text
        except PlanError:
            continue
