"""`python -m llmsh.tuning.calibrate MODEL ADAPTER HELD_BACK.jsonl`: how often plans of a probability are right.

A model with its adapter plans samples that it was not trained on. A map from the probability of a plan to the share of
right ones is fitted (isotonic regression) and written beside the adapter, where llmsh reads it. In place of samples it
takes the results of an evaluation (`llmsh eval --json RESULTS.json` with the settings `sure` and `sure_changing` at 0),
where right means that running the plan did what was wanted.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from llmsh.backends.base import Backend, Prompt
from llmsh.backends.calibration import Calibration, calibration_path
from llmsh.backends.decoder import LlamaBackend, Settings
from llmsh.check import check
from llmsh.errors import PlanError
from llmsh.evaluation.calibration import Sure, bins, calibration_error, coverage
from llmsh.evaluation.results import read
from llmsh.grammar import grammar
from llmsh.plan import parse
from llmsh.prompt import tuned_messages
from llmsh.registry import Registry, derive
from llmsh.tools import built_in
from llmsh.tuning.samples import Sample, read_samples
from llmsh.types import ROW_TYPES, ModelInfo, Rows

CONTEXT = 2048
LIMIT = 256
FOLDS = 5
PRIOR = 0.5
"""Added to the right and to the wrong ones of a block: fifty of fifty is not certainty."""


@dataclass
class _Block:
    """Samples next to one another in probability, taken together."""

    low: float
    high: float
    right: int
    count: int

    @property
    def share(self) -> float:
        return (self.right + PRIOR) / (self.count + 2 * PRIOR)

    def joined(self, other: _Block) -> _Block:
        return _Block(self.low, other.high, self.right + other.right, self.count + other.count)


def fit(sure: Iterable[Sure], smallest: int = 20) -> Calibration:
    """The map that rises and comes closest to what was seen, in blocks of `smallest` samples at least.

    A block's share stands at its middle and rises in a line to the next, so that no two probabilities look the same.
    """
    blocks: list[_Block] = []
    for probability, same in groupby(sorted(sure), key=lambda pair: pair[0]):
        answers = [right for _, right in same]
        block = _Block(probability, probability, sum(answers), len(answers))
        if blocks and blocks[-1].count < smallest:
            blocks[-1] = blocks[-1].joined(block)
        else:
            blocks.append(block)
        while len(blocks) > 1 and blocks[-1].count >= smallest and blocks[-2].share >= blocks[-1].share:
            blocks[-2:] = [blocks[-2].joined(blocks[-1])]
    while len(blocks) > 1 and (blocks[-1].count < smallest or blocks[-2].share >= blocks[-1].share):
        blocks[-2:] = [blocks[-2].joined(blocks[-1])]
    return Calibration(tuple((round((block.low + block.high) / 2, 6), block.share) for block in blocks))


def calibrated(sure: Sequence[Sure]) -> list[Sure]:
    """Each sample with the confidence that a map has for it which was fitted without it."""
    found: list[Sure] = []
    for fold in range(FOLDS):
        fitted = fit(pair for index, pair in enumerate(sure) if index % FOLDS != fold)
        found += [(fitted(probability), right) for probability, right in sure[fold::FOLDS]]
    return found


def ask(backend: Backend, samples: Iterable[Sample], registry: Registry) -> Iterator[Sure]:
    """The probability of each sample's plan, and whether it is the plan of the sample.

    Samples with tools of their own are left out: the grammar does not know these.
    """
    for sample in samples:
        if any(fact.startswith("tool:") for fact in sample.facts):
            continue
        last = _last(sample)
        rules = grammar(registry, last, has_stdin=any(fact.startswith("stdin:") for fact in sample.facts))
        prompt = Prompt(tuned_messages(sample.request, sample.facts, sample.turns), stable=1)
        completion = backend.complete(prompt, rules, LIMIT)
        right = _canonical(completion.text, registry, last) == _canonical(sample.plan, registry, last)
        yield completion.probability, right and completion.complete


def _last(sample: Sample) -> type[Rows] | None:
    """The type of the previous result, which its fact begins with."""
    names = [fact.removeprefix("last: ").split(",")[0] for fact in sample.facts if fact.startswith("last: ")]
    return next((kind for kind in ROW_TYPES if kind.__name__ in names), None)


def _canonical(plan: str, registry: Registry, last: type[Rows] | None) -> str:
    try:
        return check(parse(plan), registry, last=last).text
    except PlanError:
        return plan


def report(sure: Sequence[Sure]) -> str:
    """A table of reliability and one of coverage."""
    lines = [f"{len(sure)} samples, calibration error {calibration_error(sure):.3f}", "confidence  cases  right"]
    lines += [f"{each.confidence:10.2f}  {each.cases:5}  {each.right:.2f}" for each in bins(sure)]
    lines.append("coverage  from confidence  wrong")
    lines += [f"{each.share:8.0%}  {each.threshold:15.2f}  {each.errors:.3f}" for each in coverage(sure)]
    return "\n".join(lines)


def _asked(wanted: argparse.Namespace) -> list[Sure]:
    registry = Registry(derive(function) for function in built_in())
    with tempfile.TemporaryDirectory() as states:
        settings = Settings(wanted.model, ModelInfo("", ""), CONTEXT, wanted.threads, states, wanted.adapter)
        return list(ask(LlamaBackend(settings), islice(read_samples(wanted.samples), wanted.count), registry))


def _evaluated(path: str) -> list[Sure]:
    return [(result.confidence, result.passed) for result in read(path).judged if result.confidence is not None]


def main(words: Sequence[str]) -> None:
    """Ask, fit, write and report."""
    parser = argparse.ArgumentParser(prog="python -m llmsh.tuning.calibrate", description=__doc__)
    for name in ("model", "adapter", "samples"):
        parser.add_argument(name)
    parser.add_argument("--count", type=int, default=None, help="so many samples at most")
    parser.add_argument("--threads", type=int, default=0)
    wanted = parser.parse_args(words)
    sure = _evaluated(wanted.samples) if wanted.samples.endswith(".json") else _asked(wanted)
    held_out = calibrated(sure)
    kept = {"points": fit(sure).points, "samples": len(sure), "error": round(calibration_error(held_out), 4)}
    with open(calibration_path(wanted.adapter), "w", encoding="utf-8") as file:
        json.dump(kept, file)
    sys.stdout.write(f"as the model says:\n{report(sure)}\n\ncalibrated:\n{report(held_out)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
