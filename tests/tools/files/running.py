"""Running plans of the built-in tools in the test's own process."""

from __future__ import annotations

from llmsh.check import check
from llmsh.plan import parse
from llmsh.registry import Registry, derive
from llmsh.tools import built_in
from llmsh.types import Rows


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
