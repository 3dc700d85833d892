"""Calling a tool that changes files: its rows, its notes, its effects."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module

from llmsh.check import check
from llmsh.plan import parse
from llmsh.registry import Registry, derive
from llmsh.tool import MARK
from llmsh.tools import files, rows, text
from llmsh.types import PATH, Effects, Files, Row, Rows

AREAS = {"files": files, "rows": rows, "text": text}


def piped(*paths: str) -> Files:
    """Files as they come through a pipe."""
    return Files((PATH,), [(path,) for path in paths])


def done(result: Rows) -> list[Row]:
    """The rows of a result, which is when it is carried out."""
    return list(result.rows)


def effects(function: Callable[..., Rows], given: Rows | None = None, **arguments: object) -> Effects:
    """The effects that a call declares, defaults filled in."""
    defaults = {parameter.name: parameter.default for parameter in derive(function).parameters}
    return getattr(function, MARK).effects(given=given, **{**defaults, **arguments})


def names(folder: str = ".") -> list[str]:
    """Everything in a folder."""
    return sorted(os.listdir(folder))


def content(path: str) -> str:
    """The text of a file."""
    with open(path, encoding="utf-8", errors="surrogateescape", newline="") as file:
        return file.read()


def registry() -> Registry:
    """All tools for files, rows and text."""
    found = [(area, name) for area, package in AREAS.items() for name in package.MODULES]
    return Registry(derive(getattr(import_module(f"llmsh.tools.{area}.{name}"), name)) for area, name in found)


def run(plan: str, tools: Registry) -> Rows:
    """Carry out a plan of one step, the pipe in lists as between processes."""
    value: Rows | None = None
    for call in check(parse(plan), tools).steps[0].calls:
        function = call.tool.function
        result = function(**call.arguments) if call.tool.takes is None else function(value, **call.arguments)
        value = type(result)(result.columns, list(result.rows), result.notes, result.title)
    assert value is not None
    return value
