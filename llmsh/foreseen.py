"""The effects of a call before anything runs: what comes out of the pipe is not known yet."""

from __future__ import annotations

import os

from llmsh.check import BoundCall
from llmsh.errors import LlmshError
from llmsh.types import PATH, Argument, Effects, Files, Processes


def foreseen(bound: BoundCall, **other: Argument) -> Effects | None:
    """The effects of a call, with some other arguments, on a file that is always there; no process always is.

    None where they cannot be told.
    """
    given = None if bound.tool.takes is None or takes_processes(bound) else Files((PATH,), [(os.devnull,)])
    try:
        return bound.tool.effects(given=given, **{**bound.arguments, **other})
    except LlmshError:
        return None


def takes_processes(bound: BoundCall) -> bool:
    """Whether what comes through the pipe of a call are processes."""
    return bound.tool.takes is not None and issubclass(bound.tool.takes, Processes)
