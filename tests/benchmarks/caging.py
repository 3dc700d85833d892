"""What a call in each cage takes beside a plain `sh -c true` that the same process starts."""

from __future__ import annotations

import os
import subprocess
import tempfile
from contextlib import closing

from llmsh.errors import LlmshError
from llmsh.sandbox.base import Invocation, Request, Tier
from llmsh.sandbox.client import Worker
from llmsh.types import Effects, Progress
from tests.benchmarks.pairs import Outcome, in_turns, outcome

ROUNDS = 60
BALLAST = 300 << 20
"""Bytes that the process holds, as a shell with a small model in it does: a plain fork copies their page tables."""
CALLS: dict[str, tuple[Tier, Invocation, tuple[str, ...], float]] = {
    "tool: list_files()": (Tier.FLOOR, Invocation("list_files", {}), (), 1.0),
    "floor: run(true)": (Tier.FLOOR, Invocation("run", {"command": "true"}), ("true",), 1.2),
    "strict: run(true)": (Tier.STRICT, Invocation("run", {"command": "true"}), ("true",), 3.0),
}  # fmt: skip


def measure() -> str:
    held = bytearray(os.urandom(1 << 20)) * (BALLAST >> 20)
    with tempfile.TemporaryDirectory() as folder:
        lines = [_line(name, folder) for name in CALLS]
    del held
    return "\n".join(lines)


def _line(name: str, folder: str) -> str:
    tier = CALLS[name][0]
    with closing(Worker(tier=tier)) as worker:
        worker.start([], ["llmsh.tools.shell.run", "llmsh.tools.files.list_files"])
        try:
            return str(_outcome(name, worker, folder))
        except LlmshError as error:
            return f"{name:<58} not here: {error.message}"


def _outcome(name: str, worker: Worker, folder: str) -> Outcome:
    _, call, runs, target = CALLS[name]
    effects = Effects(reads=(folder,), writes=(folder,) if runs else (), runs=runs)
    request = Request((call,), None, folder, {"PATH": "/usr/bin:/bin"}, effects, details=False)
    pairs = in_turns(
        lambda: worker.run(request, _unseen), lambda: subprocess.run(["sh", "-c", "true"], check=True), ROUNDS
    )
    return outcome(f"{name} : sh -c true", pairs, target)


def _unseen(_: Progress) -> None:
    """Nobody watches."""
