"""One way to write a plan where several would do the same: data that contradicts itself teaches doubt.

A size, a kind of content and the right to be run are a file's own, so `kind="file"` says nothing beside them; a folder
that is named needs no slash behind it; each line once, sorted, is sorted first.
"""

from __future__ import annotations

import re
from dataclasses import replace

from llmsh.errors import PlanError
from llmsh.plan import parse, print_plan
from llmsh.registry import Parameter, Registry
from llmsh.said import PATHS
from llmsh.types import Argument, Call

OF_FILES = frozenset({"min_size", "max_size", "size", "content", "executable"})
PATTERN = re.compile(r"[*?\[]")
EACH_ONCE, SORTED = Call("unique"), Call("sort")
TARGET = "to"
"""Here a slash behind the name says that it is a folder which may have to be made."""


def tidied(text: str, registry: Registry) -> str:
    """The plan in the one way to write it; as it is where it is none."""
    try:
        plan = parse(text)
    except PlanError:
        return text
    steps = tuple(replace(step, calls=_ordered([_call(call, registry) for call in step.calls])) for step in plan.steps)
    return print_plan(replace(plan, steps=steps))


def _ordered(calls: list[Call]) -> tuple[Call, ...]:
    """The calls of a pipe: each line once and sorted is sorted first."""
    for index in range(len(calls) - 1):
        if calls[index : index + 2] == [EACH_ONCE, SORTED]:
            calls[index : index + 2] = [SORTED, EACH_ONCE]
    return tuple(calls)


def _call(call: Call, registry: Registry) -> Call:
    tool = registry.get(call.tool)
    if tool is None:
        return call
    by_name = {parameter.name: parameter for parameter in tool.parameters}
    args = tuple(_value(value, parameter) for value, parameter in zip(call.args, tool.parameters, strict=False))
    options = tuple((name, _value(value, by_name.get(name))) for name, value in call.options)
    if any(name in OF_FILES for name, _ in options):
        options = tuple(option for option in options if option != ("kind", "file"))
    return replace(call, args=args + call.args[len(args) :], options=options)


def _value(value: Argument, parameter: Parameter | None) -> Argument:
    if parameter is None or parameter.kind.name not in PATHS or parameter.name == TARGET:
        return value
    if isinstance(value, tuple):
        return tuple(_bare(item) if isinstance(item, str) else item for item in value)
    return _bare(value) if isinstance(value, str) else value


def _bare(path: str) -> str:
    """A path without the slash at its end, but where that is all of it or chooses folders by a pattern."""
    return path if PATTERN.search(path) else path.rstrip("/") or path
