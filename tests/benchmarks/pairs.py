"""Two ways to the same end, timed in turns, so that what else the machine does falls on both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """Medians in milliseconds, and the median of the ratios of each pair; `target` is the most the ratio should be."""

    name: str
    ours: float
    bare: float
    ratio: float
    target: float

    def __str__(self) -> str:
        verdict = "" if self.ratio <= self.target else "  MISSED"
        return f"{self.name:<58} {self.ours:9.1f} {self.bare:9.1f} {self.ratio:7.2f} {self.target:7.1f}{verdict}"


HEADING = f"{'milliseconds, medians':<58} {'llmsh':>9} {'bare':>9} {'ratio':>7} {'target':>7}"


def milliseconds(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return (time.perf_counter() - started) * 1000


def outcome(name: str, pairs: list[tuple[float, float]], target: float) -> Outcome:
    ours, bare = zip(*pairs, strict=True)
    ratio = statistics.median(one / other for one, other in pairs)
    return Outcome(name, statistics.median(ours), statistics.median(bare), ratio, target)


def in_turns(ours: Callable[[], object], bare: Callable[[], object], rounds: int) -> list[tuple[float, float]]:
    """Pairs of times after one round that is thrown away; every second pair the other way round."""
    ours(), bare()
    pairs = []
    for number in range(rounds):
        if number % 2:
            late = milliseconds(bare)
            pairs.append((milliseconds(ours), late))
        else:
            pairs.append((milliseconds(ours), milliseconds(bare)))
    return pairs
