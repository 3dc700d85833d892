"""Two evaluations of the same cases, pair by pair, and whether their difference may be chance."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb

from llmsh.errors import UsageError
from llmsh.evaluation.results import Evaluation


@dataclass(frozen=True)
class Comparison:
    """How the second of two evaluations did against the first, by the cases that both have judged."""

    both: int
    neither: int
    won: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def cases(self) -> int:
        """How many cases both have judged."""
        return self.both + self.neither + len(self.won) + len(self.lost)

    @property
    def chance(self) -> float:
        """The exact p-value of McNemar's test."""
        return mcnemar(len(self.won), len(self.lost))


def compare(first: Evaluation, second: Evaluation) -> Comparison:
    """Pair two evaluations by the ids of their cases. Raises UsageError where they have none in common."""
    earlier = {result.id: result.passed for result in first.judged}
    pairs = [(result.id, earlier[result.id], result.passed) for result in second.judged if result.id in earlier]
    if not pairs:
        raise UsageError("the two evaluations have no case in common", "compare two of the same suite")
    return Comparison(
        both=sum(before and now for _, before, now in pairs),
        neither=sum(not before and not now for _, before, now in pairs),
        won=tuple(name for name, before, now in pairs if now and not before),
        lost=tuple(name for name, before, now in pairs if before and not now),
    )


def mcnemar(won: int, lost: int) -> float:
    """How likely so uneven a split of the cases that differ is, if each had fallen either way by a coin (two-sided)."""
    differing = won + lost
    tail: float = sum(comb(differing, count) for count in range(min(won, lost) + 1)) / 2**differing
    return min(1.0, 2 * tail)
