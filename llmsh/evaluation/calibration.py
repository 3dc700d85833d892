"""How far the model's confidence tells right plans from wrong ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10
COVERAGES = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.97, 0.99, 1.0)

Sure = tuple[float, bool]
"""A confidence, and whether it was right."""


@dataclass(frozen=True)
class Bin:
    """The cases whose confidence lies from `low` up to `high`: how many, how sure on average, how many right."""

    low: float
    high: float
    cases: int
    confidence: float
    right: float


@dataclass(frozen=True)
class Coverage:
    """What is wrong among the surest cases: their share of all, the confidence of the last of them, the error rate."""

    share: float
    cases: int
    threshold: float
    errors: float


def bins(sure: Sequence[Sure]) -> list[Bin]:
    """Ten bins of equal width; those without a case are left out."""
    found = []
    for number in range(BINS):
        inside = [pair for pair in sure if min(int(pair[0] * BINS), BINS - 1) == number]
        if inside:
            count = len(inside)
            mean = sum(confidence for confidence, _ in inside) / count
            found.append(
                Bin(number / BINS, (number + 1) / BINS, count, mean, sum(right for _, right in inside) / count)
            )
    return found


def calibration_error(sure: Sequence[Sure]) -> float:
    """The expected calibration error: how far confidence is from the share that is right, bin by bin, by weight."""
    return sum(each.cases * abs(each.confidence - each.right) for each in bins(sure)) / len(sure) if sure else 0.0


def coverage(sure: Sequence[Sure]) -> list[Coverage]:
    """The error rate where only the surest are acted on, for several shares of all cases."""
    ranked = sorted(sure, key=lambda pair: -pair[0])
    found = []
    for share in COVERAGES:
        count = round(share * len(ranked))
        if count:
            errors = sum(not right for _, right in ranked[:count]) / count
            found.append(Coverage(share, count, ranked[count - 1][0], errors))
    return found
