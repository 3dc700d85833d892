"""Running plans of the built-in tools in the test's own process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from llmsh.check import check
from llmsh.plan import parse
from llmsh.registry import Registry, derive
from llmsh.tools import built_in
from llmsh.types import Rows


@contextmanager
def deep_tree(name: str, levels: int) -> Iterator[None]:
    """A folder in a folder in a folder ..., gone at the end: what removes temporary folders cannot go as deep."""
    path = name
    for _ in range(levels):
        os.mkdir(path)
        path += "/d"
    yield
    for _ in range(levels):
        path = os.path.dirname(path)
        os.rmdir(path)


def registry() -> Registry:
    """The tools that ship with llmsh."""
    return Registry(derive(function) for function in built_in())


def run(text: str) -> Rows:
    """What a plan of one step gives, its rows in a list."""
    bound = check(parse(text), registry())
    value: Rows | None = None
    for call in bound.steps[0].calls:
        function = call.tool.function
        value = function(**call.arguments) if call.tool.takes is None else function(value, **call.arguments)
    assert value is not None
    return type(value)(value.columns, list(value.rows), value.notes, value.title)


def rows(text: str) -> list[tuple[object, ...]]:
    """The rows that a plan gives."""
    return list(run(text).rows)


def firsts(text: str) -> list[object]:
    """The first column of what a plan gives."""
    return [row[0] for row in rows(text)]
