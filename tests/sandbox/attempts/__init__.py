"""Attempts to leave the cage, each a small function; how one is found by name and made."""

from __future__ import annotations

from . import (
    carve_outs,
    deputies,
    descriptors,
    execution,
    filesystem,
    kernel,
    machine,
    metadata,
    network,
    privileges,
    processes,
    resources,
    system,
    terminals,
)
from .attempt import Attempt, Refused, World, told

FAMILIES = (
    filesystem, metadata, carve_outs, deputies, descriptors, processes, privileges, kernel, execution, network,
    terminals, resources, system, machine,
)  # fmt: skip
DONE = "done"


def attempts() -> dict[str, Attempt]:
    """Every attempt by its name."""
    found: dict[str, Attempt] = {}
    for family in FAMILIES:
        for value in vars(family).values():
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, Attempt):
                    found[one.name] = one
    return found


def perform(attempt: Attempt, world: World) -> str:
    """Make an attempt in this very process: DONE, or how it was refused."""
    try:
        attempt.act(world)
    except (OSError, Refused) as error:
        return f"refused: {told(error)}"
    return DONE
