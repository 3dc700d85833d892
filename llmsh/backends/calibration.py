"""How often plans of a probability are right: measured on held-back samples, kept in a file beside the adapter."""

from __future__ import annotations

import json
import math
import os
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from llmsh.errors import ConfigError

Point = tuple[float, float]
"""A probability that the model gave to a plan, and the share of such plans that were right."""
LARGEST_FILE = 1 << 20
AGAIN = "measure it again, or move it away"


@dataclass(frozen=True)
class Calibration:
    """A map from probability to confidence that never falls, linear between its points; identity where it has none."""

    points: tuple[Point, ...] = ()

    def __call__(self, probability: float) -> float:
        """The confidence in a plan of this probability."""
        if not self.points:
            return probability
        right = bisect_left(self.points, (probability, -math.inf))
        if right in (0, len(self.points)):
            return self.points[min(right, len(self.points) - 1)][1]
        (x, y), (end, top) = self.points[right - 1], self.points[right]
        return y + (top - y) * (probability - x) / (end - x)


def calibration_path(adapter: str) -> str:
    """The file of an adapter's calibration."""
    return f"{adapter.removesuffix('.gguf')}.calibration.json"


def read_calibration(adapter: str | None) -> Calibration:
    """The calibration of a model with this adapter; identity where none was measured. Raises ConfigError."""
    path = calibration_path(adapter or "")
    if adapter is None or not os.path.exists(path):
        return Calibration()
    try:
        with open(path, encoding="utf-8") as file:
            points = tuple((float(x), float(y)) for x, y in json.loads(file.read(LARGEST_FILE))["points"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"the calibration {path} cannot be read: {error}", AGAIN) from None
    rises = all(one[0] < two[0] and one[1] <= two[1] for one, two in pairwise(points))
    if not rises or any(not 0 <= value <= 1 for point in points for value in point):
        raise ConfigError(f"the calibration {path} must rise from 0 to 1", AGAIN)
    return Calibration(points)
