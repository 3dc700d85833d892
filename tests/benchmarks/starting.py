"""`llmsh --help` beside an interpreter that imports what any typer program imports."""

from __future__ import annotations

import subprocess
import sys

from tests.benchmarks.pairs import Outcome, in_turns, outcome


def measure() -> Outcome:
    def run(*arguments: str) -> None:
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)

    pairs = in_turns(lambda: run("-m", "llmsh", "--help"), lambda: run("-c", "import typer, rich"), 15)
    return outcome('llmsh --help : python -c "import typer, rich"', pairs, 2.0)
