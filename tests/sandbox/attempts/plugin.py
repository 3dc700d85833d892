"""Makes one attempt as a tool in Python does: inside the worker."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from llmsh.tool import Example, tool
from llmsh.types import LINE, Text

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import attempts
from attempts.attempt import World


@tool(examples=(Example("try it", 'attempt("harmless", "{}")'),) * 3)
def attempt(name: str, world: str) -> Text:
    """Make an attempt.

    Args:
        name: which one.
        world: where everything is, as JSON.
    """
    return Text(LINE, [(attempts.perform(attempts.attempts()[name], World(**json.loads(world))),)])


def register(registry: Any) -> None:
    registry.tool(attempt)
