"""An evaluation as tables: rates, groups, calibration, failures, and the comparison with an earlier one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from statistics import quantiles

from llmsh.evaluation.calibration import Sure, bins, calibration_error, coverage
from llmsh.evaluation.compare import Comparison
from llmsh.evaluation.results import Evaluation, Result
from llmsh.types import Column, Row, Scalar, Table, Unit

RATE = (Column("cases"), Column("passed"), Column("rate", Unit.PERCENT), Column("wrong_actions"), Column("over_asked"))
GROUPS: tuple[tuple[str, Callable[[Result], str]], ...] = (
    ("area", lambda result: result.area),
    ("language", lambda result: result.language),
    ("style", lambda result: result.style),
    ("steps", lambda result: str(result.steps)),
)
Section = tuple[str, Table]
"""A heading and what stands below it."""


def sections(evaluation: Evaluation) -> Iterator[Section]:
    """The whole report."""
    judged = evaluation.judged
    if judged:
        yield "Rates", _rates(judged)
        for name, key in GROUPS:
            yield f"By {name}", _grouped(judged, name, key)
    sure = [(result.confidence, result.passed) for result in judged if result.confidence is not None]
    if sure:
        yield "Confidence and what was right", _reliability(sure)
        yield "Errors where only the surest are acted on", _coverage(sure)
    if any(not result.passed for result in judged):
        yield "Failures", failures(judged)
    if len(judged) < len(evaluation.results):
        yield "Cases that cannot be judged", _broken(evaluation.results)


def scores(judged: Sequence[Result]) -> dict[str, Scalar]:
    """The rates in percent by their names, counts and times where there is no rate: to be kept beside a model."""
    return {str(name): value if rate is None else rate for name, value, rate in _rates(judged).rows}


def _rates(judged: Sequence[Result]) -> Table:
    clear = [result for result in judged if not result.restraint]
    restraint = [result for result in judged if result.restraint]
    sure = [(result.confidence, result.passed) for result in judged if result.confidence is not None]
    spent = [ms for result in judged for ms in result.model_ms]
    rows: list[Row] = [
        ("cases", len(judged), None),
        ("passed", _count(judged, lambda result: result.passed), _share(judged, lambda result: result.passed)),
        ("wrong actions", *_both(judged, lambda result: result.wrong_action)),
        ("over-asked, of clear requests", *_both(clear, lambda result: result.over_asked)),
        ("restraint, of what calls for none", *_both(restraint, lambda result: result.passed)),
        ("calibration error", None, _percent(calibration_error(sure)) if sure else None),
        ("model, median ms", _quantile(spent, 50), None),
        ("model, 90th percentile ms", _quantile(spent, 90), None),
    ]
    return Table((Column("measure"), Column("value"), Column("rate", Unit.PERCENT)), rows)


def _grouped(judged: Sequence[Result], name: str, key: Callable[[Result], str]) -> Table:
    rows: list[Row] = []
    for group in sorted({key(result) for result in judged}):
        inside = [result for result in judged if key(result) == group]
        wrong = _count(inside, lambda result: result.wrong_action)
        asked = _count(inside, lambda result: result.over_asked)
        rows.append((group, len(inside), *_both(inside, lambda result: result.passed), wrong, asked))
    return Table((Column(name), *RATE), rows)


def _reliability(sure: Sequence[Sure]) -> Table:
    columns = (Column("from"), Column("to"), Column("cases"), Column("confidence"), Column("right"))
    rows = [(each.low, each.high, each.cases, round(each.confidence, 3), round(each.right, 3)) for each in bins(sure)]
    return Table(columns, rows)


def _coverage(sure: Sequence[Sure]) -> Table:
    columns = (Column("coverage", Unit.PERCENT), Column("cases"), Column("threshold"), Column("errors", Unit.PERCENT))
    rows = [
        (_percent(each.share), each.cases, round(each.threshold, 4), _percent(each.errors)) for each in coverage(sure)
    ]
    return Table(columns, rows)


def failures(judged: Sequence[Result]) -> Table:
    """What was asked, what it should have been, what was made of it, and what was wrong with that."""
    columns = (Column("case"), Column("request"), Column("wanted"), Column("plan"), Column("wrong"))
    rows = [
        (
            result.id,
            "\n".join(result.lines),
            result.wanted,
            "\n".join(plan or "-" for plan in result.plans),
            result.reason,
        )
        for result in judged
        if not result.passed
    ]
    return Table(columns, rows)


def _broken(results: Sequence[Result]) -> Table:
    rows = [(result.id, result.broken) for result in results if result.broken]
    return Table((Column("case"), Column("why")), rows)


def comparison(found: Comparison) -> Iterator[Section]:
    """How an evaluation did against an earlier one."""
    rows: list[Row] = [
        ("cases in both", found.cases),
        ("passed in both", found.both),
        ("failed in both", found.neither),
        ("won", len(found.won)),
        ("lost", len(found.lost)),
        ("p (McNemar, exact, two-sided)", float(f"{found.chance:.3g}")),
    ]
    yield "Against the earlier evaluation", Table((Column("measure"), Column("value")), rows)
    if found.won or found.lost:
        differing: list[Row] = [*(("won", name) for name in found.won), *(("lost", name) for name in found.lost)]
        yield "Cases that differ", Table((Column("change"), Column("case")), differing)


def _count(results: Sequence[Result], holds: Callable[[Result], bool]) -> int:
    return sum(map(holds, results))


def _share(results: Sequence[Result], holds: Callable[[Result], bool]) -> float | None:
    return _percent(_count(results, holds) / len(results)) if results else None


def _both(results: Sequence[Result], holds: Callable[[Result], bool]) -> tuple[int, float | None]:
    return _count(results, holds), _share(results, holds)


def _percent(share: float) -> float:
    return round(100 * share, 1)


def _quantile(values: Sequence[float], percent: int) -> float | None:
    if len(values) < 2:
        return round(values[0], 1) if values else None
    return round(quantiles(values, n=100, method="inclusive")[percent - 1], 1)
