"""What a call is about to do, in numbers, before it is approved."""

from __future__ import annotations

import os

from llmsh.types import Effects, Preview, Verdict

COUNTED = 20_000
"""Files measured at most: a preview must come at once."""


def preview(call: str, effects: Effects, verdict: Verdict) -> Preview:
    """Count and measure what a call would delete, overwrite or write. The size is None where it takes too long."""
    touched = {*effects.deletes, *effects.overwrites, *effects.writes}
    files, size = _measure(tuple(dict.fromkeys((*effects.deletes, *effects.overwrites))))
    return Preview(call, effects, verdict, files=max(files, len(touched)), size=size)


def _measure(paths: tuple[str, ...]) -> tuple[int, int | None]:
    """How many files there are at and below some paths, and their bytes."""
    waiting = list(paths)
    files = size = 0
    while waiting:
        path = waiting.pop()
        try:
            if os.path.isdir(path) and not os.path.islink(path):
                waiting.extend(entry.path for entry in os.scandir(path))
            else:
                size += os.lstat(path).st_size
                files += 1
        except OSError:
            continue  # it is gone or hidden from us: the worker will say so
        if files > COUNTED or len(waiting) > COUNTED:
            return files, None
    return files, size
