"""What a command writes to standard output, kept instead of shown: for --json, whose output holds objects alone."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from llmsh.types import LINE, Text


@contextmanager
def captured() -> Iterator[Callable[[], Text]]:
    """Standard output goes to memory inside; the function given reads it afterwards, as lines."""
    kept = os.memfd_create("llmsh-output", os.MFD_CLOEXEC)
    sys.stdout.flush()
    saved = os.dup(1)
    os.dup2(kept, 1)
    try:
        yield lambda: _read(kept)
    finally:
        os.dup2(saved, 1)
        os.close(saved)


def _read(kept: int) -> Text:
    with os.fdopen(kept, "rb") as file:
        file.seek(0)
        text = file.read().decode("utf-8", "surrogateescape")
    return Text(LINE, [(line,) for line in text.splitlines()])
