"""The table: every attempt without a cage and in one, in a world that is made anew where it was changed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from llmsh.sandbox.base import Tier
from llmsh.sandbox.client import Worker

from . import DONE, attempts
from .attempt import Attempt, Outcome, Policy, nowhere
from .caged import MODULES, PLUGIN, batches, caged
from .control import nothing_left, unconfined
from .scene import Scene

TIERS = {Policy.TOOL: Tier.FLOOR, Policy.FLOOR: Tier.FLOOR, Policy.STRICT: Tier.STRICT}
BROKEN = "broken"
"""The outcome of an attempt that the cage gave no answer about: it proves nothing."""


@dataclass(frozen=True)
class Control:
    """What came of an attempt without a cage; `succeeds` where it reached what it was after."""

    said: str = ""
    succeeds: bool = True


@dataclass(frozen=True)
class Result:
    """What came of an attempt in a cage, beside its control."""

    policy: str
    name: str
    sentence: str
    control: str
    succeeds: bool
    said: str
    outcome: str
    expected: str

    @property
    def as_expected(self) -> bool:
        """Whether the cage did what is promised."""
        return self.outcome == self.expected


def results(policies: Sequence[Policy], names: Sequence[str], *, with_control: bool) -> Iterator[Result]:
    """Make attempts under each policy. All controls come first: as forks they would hold the worker's sockets open."""
    chosen = [attempt for attempt in attempts().values() if not names or attempt.name in names]
    with Scene() as scene:
        controls = {attempt.name: _control(attempt, scene) for attempt in chosen} if with_control else {}
        for policy in policies:
            with closing(Worker(tier=TIERS[policy])) as worker:
                worker.start([PLUGIN], MODULES)
                for attempt, said, outcome in _made(worker, policy, chosen, scene):
                    control = controls.get(attempt.name, Control())
                    expected = attempt.expects(policy, os.getuid() == 0)
                    yield Result(
                        policy, attempt.name, attempt.sentence, control.said, control.succeeds, said, outcome, expected
                    )


def _control(attempt: Attempt, scene: Scene) -> Control:
    with nothing_left():
        scene.reset()
        said = unconfined(attempt, scene.world, scene.terminal)
        stays = attempt.trace is None or attempt.trace is nowhere or attempt.deputy
        return Control(said, said == DONE and (stays or _arrived(attempt, scene)))


def _made(
    worker: Worker, policy: Policy, chosen: Sequence[Attempt], scene: Scene
) -> Iterator[tuple[Attempt, str, str]]:
    """Each attempt with what was said of it and what that means; one that surprises in company is made again alone."""
    waiting = batches(policy, chosen, root=os.getuid() == 0)
    surprised = True
    while waiting:
        batch = waiting.pop(0)
        if surprised or scene.is_touched():
            scene.reset()
        surprised = False
        for attempt, said in zip(batch, caged(worker, policy, batch, scene.world), strict=True):
            outcome = _outcome(attempt, said, scene)
            surprised = surprised or outcome != Outcome.REFUSED or attempt.trace is not None
            if len(batch) > 1 and outcome != Outcome.REFUSED:
                waiting.append([attempt])
            else:
                yield attempt, said, outcome


def _outcome(attempt: Attempt, said: str, scene: Scene) -> str:
    if said == DONE:
        return Outcome.OUT if _arrived(attempt, scene) else Outcome.INSIDE
    return Outcome.REFUSED if said.startswith("refused: ") else BROKEN


def _arrived(attempt: Attempt, scene: Scene) -> bool:
    return attempt.trace is None or attempt.trace(scene.world)
