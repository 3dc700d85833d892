"""Attempts made in a cage: as a tool in Python, or as programs."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from llmsh.errors import LlmshError
from llmsh.sandbox.base import Invocation, Request
from llmsh.sandbox.client import Worker
from llmsh.types import Effects, Limits, Progress

from .attempt import Attempt, Outcome, Policy, World
from .scene import PYTHON

PLUGIN = str(Path(__file__).with_name("plugin.py"))
MODULES = ("llmsh.tools.shell.run",)
LIMITS = Limits(seconds=20, memory=512 << 20)


def batches(policy: Policy, chosen: Sequence[Attempt], *, root: bool) -> list[list[Attempt]]:
    """Attempts that may share a call: programs that are to be refused, and so leave the world as it is."""
    shared: list[Attempt] = []
    others = []
    for attempt in chosen:
        together = not attempt.alone and attempt.expects(policy, root) is Outcome.REFUSED and attempt.writes == "work"
        if together and policy is not Policy.TOOL:
            shared.append(attempt)
        else:
            others.append([attempt])
    return [shared, *others] if shared else others


def caged(worker: Worker, policy: Policy, batch: Sequence[Attempt], world: World) -> list[str]:
    """What `perform` says of each in the cage. A call that fails says nothing of its attempts but that.

    One that was stopped at its memory, which only its own program may take, was refused it.
    """
    try:
        lines = [str(row[0]) for row in worker.run(request(policy, batch, world), _unseen).rows]
    except LlmshError as error:
        stopped = error.message.endswith(" of memory and was stopped")
        return [f"{'refused' if stopped else 'broken'}: {error.message}"] * len(batch)
    return (lines + ["broken: nothing was said"] * len(batch))[: len(batch)]


def request(policy: Policy, batch: Sequence[Attempt], world: World) -> Request:
    """The call that makes attempts: it may write one folder and read another."""
    names = [attempt.name for attempt in batch]
    words = [PYTHON, "-I", "-S", f"{world.code}/attempts/program.py", f"{world.code}/world.json", *names]
    call = Invocation("run", {"command": shlex.join(words)})
    runs: tuple[str, ...] = (shlex.join(words),)
    if policy is Policy.TOOL:
        call, runs = Invocation("attempt", {"name": names[0], "world": json.dumps(asdict(world))}), ()
    folder = world.home if batch[0].writes == "home" else world.work
    effects = Effects(reads=(world.code,), writes=(folder,), runs=runs)
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": world.home}
    return Request((call,), None, world.work, environment, effects, LIMITS, details=False)


def _unseen(_: Progress) -> None:
    """Nobody watches."""
