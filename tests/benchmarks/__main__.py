"""Measures and prints each ratio; names after the module choose some of them."""

from __future__ import annotations

import sys

from tests.benchmarks import asking, caging, finding, holding, starting, understanding
from tests.benchmarks.pairs import HEADING

BENCHMARKS = {
    "starting": starting.measure,
    "finding": finding.measure,
    "asking": asking.measure,
    "caging": caging.measure,
    "holding": holding.measure,
    "understanding": understanding.measure,
}

print(HEADING)
for name in sys.argv[1:] or BENCHMARKS:
    print(BENCHMARKS[name](), flush=True)
