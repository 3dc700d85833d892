"""The tools that ship with llmsh, one a file, in folders by area."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from llmsh.types import Rows

AREAS = ("files", "rows", "text", "processes", "system", "shell", "words")
"""In the order in which help and prompt show them."""


def built_in() -> Iterator[Callable[..., Rows]]:
    """Every tool of every area; a tool's module bears its name."""
    for area in AREAS:
        package = import_module(f"llmsh.tools.{area}")
        for name in package.MODULES:
            yield getattr(import_module(f"{package.__name__}.{name}"), name)
