"""What became of every case of an evaluation, kept as a JSON file that later ones are compared with."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from typing import Any

from llmsh.errors import LlmshError, UsageError
from llmsh.evaluation.judge import Verdict
from llmsh.evaluation.printed import shown
from llmsh.evaluation.suite import Case

SCHEMA = 1
MOST_LINES = 20


@dataclass(frozen=True)
class Result:
    """A case and what became of it.

    `plans` has one plan a line, None where a line was no request. `confidence` is the model's for all of them, None
    where it made no plan. `model_ms` is what the model took for each request. `broken` says why it was not judged.
    """

    id: str
    area: str
    language: str
    style: str
    steps: int
    lines: tuple[str, ...]
    wanted: str
    restraint: bool
    passed: bool
    reason: str = ""
    wrong_action: bool = False
    over_asked: bool = False
    broken: str = ""
    status: str = ""
    plans: tuple[str | None, ...] = ()
    confidence: float | None = None
    model_ms: tuple[float, ...] = ()
    seconds: float = 0.0
    printed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Evaluation:
    """All results, and what was evaluated: suite, model, adapter, version, jobs."""

    about: dict[str, Any]
    results: tuple[Result, ...]

    @property
    def judged(self) -> list[Result]:
        """The results of the cases that could be judged."""
        return [result for result in self.results if not result.broken]


def result(
    case: Case, verdict: Verdict, turns: tuple[dict[str, Any], ...] = (), seconds: float = 0.0, broken: str = ""
) -> Result:
    """The result of a case from its verdict and turns."""
    asked = [turn for turn in turns if turn["model"] is not None]
    sure = [turn["confidence"] for turn in asked if turn["confidence"] is not None]
    return Result(
        **{name: getattr(case, name) for name in ("id", "area", "language", "style", "steps", "lines", "wanted")},
        restraint=case.expects_words,
        **asdict(verdict),
        broken=broken,
        status=turns[-1]["status"] if turns else "",
        plans=tuple(turn["plan"] or turn["message"] or turn["route"] for turn in turns),
        confidence=math.prod(sure) if sure else None,
        model_ms=tuple(turn["timings_ms"]["prefill"] + turn["timings_ms"]["decode"] for turn in asked),
        seconds=round(seconds, 3),
        printed=tuple(shown(turns[-1])[:MOST_LINES]) if turns else (),
    )


def write(path: str, evaluation: Evaluation) -> None:
    """Write an evaluation to a file. Raises LlmshError."""
    value = {
        "schema": SCHEMA,
        "about": evaluation.about,
        "cases": [asdict(result) for result in evaluation.results],
    }
    try:
        with open(path, "w", encoding="utf-8", errors="surrogateescape") as file:
            json.dump(value, file, ensure_ascii=False, indent=1)
    except OSError as error:
        raise LlmshError(f"{path} cannot be written: {error.strerror}", "name another file") from None


def read(path: str) -> Evaluation:
    """Read an evaluation back. Raises UsageError where the file is none."""
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            value = json.load(file)
        results = tuple(_result(item) for item in value["cases"])
        return Evaluation(dict(value["about"]), results)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}", "name a file that --json has written") from None
    except (ValueError, KeyError, TypeError) as error:
        hint = "name a file that --json has written"
        raise UsageError(f"{path} holds no evaluation: {type(error).__name__} {error}", hint) from None


def _result(item: dict[str, Any]) -> Result:
    lists = {name: tuple(value) for name, value in item.items() if isinstance(value, list)}
    return Result(**{**item, **lists})
