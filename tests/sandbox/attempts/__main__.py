"""Makes attempts in this very user's name and prints what came of them: `python -m tests.sandbox.attempts`."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
from collections import Counter
from dataclasses import asdict

from .attempt import Policy
from .scene import KEY
from .table import Result, results


def main(words: list[str]) -> int:
    """Print a table, or one JSON object a line; 1 where the cage did not do what is promised."""
    asked = _parser().parse_args(words)
    counts: Counter[tuple[str, str]] = Counter()
    wrong = 0
    for result in results(asked.policy or list(Policy), asked.names, with_control=not asked.no_control):
        counts[result.policy, result.outcome] += 1
        wrong += not result.as_expected
        print(json.dumps(asdict(result)) if asked.json else _line(result), flush=True)
    if not asked.json:
        for (policy, outcome), count in sorted(counts.items()):
            print(f"{policy:<8} {outcome:<12} {count:>4}")
        print(f"{wrong} not as expected")
    return int(wrong > 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.sandbox.attempts")
    parser.add_argument("--policy", type=Policy, choices=list(Policy), action="append", help="all where none is named")
    parser.add_argument("--json", action="store_true", help="one object a line")
    parser.add_argument("--no-control", action="store_true", help="do not make the attempts outside the cage")
    parser.add_argument("names", nargs="*", help="which attempts, all where none is named")
    return parser


def _line(result: Result) -> str:
    control = "succeeds" if result.succeeds else result.control
    mark = "" if result.as_expected else f"  EXPECTED: {result.expected}"
    return f"{result.policy:<7} {result.name:<34} {control:<28} {result.outcome:<12} {result.said}{mark}"


if __name__ == "__main__":
    if KEY not in os.environ:  # the key to be found must be in the environment that this program was started with
        os.environ[KEY] = f"key-{secrets.token_hex(16)}"
        os.execv(sys.executable, [sys.executable, "-m", "tests.sandbox.attempts", *sys.argv[1:]])
    sys.exit(main(sys.argv[1:]))
