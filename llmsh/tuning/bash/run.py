"""Samples from a folder of data files: every command translated, every translation proved."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable

from llmsh.registry import Registry, derive
from llmsh.tools import built_in
from llmsh.tuning.bash.collect import Collected, collect
from llmsh.tuning.bash.data import rows
from llmsh.tuning.bash.prove import Court
from llmsh.tuning.samples import write_samples

MEMORY = "/dev/shm"  # noqa: S108  trees are made by the thousand: in memory, in a folder of our own


def translate_folder(data: str, out: str, tell: Callable[[str], None] = lambda _: None) -> Collected:
    """Write the samples of all data files of a folder; `tell` hears how far it is."""
    registry = Registry(derive(function) for function in built_in())
    place = MEMORY if os.access(MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="llmsh-proof-", dir=place) as folder, Court(folder, registry) as court:
        collected = collect(rows(data), registry, court, tell)
    write_samples(out, collected.samples)
    return collected
