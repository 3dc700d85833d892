"""A parsed plan against the registry: do the names, the arguments and the pipes fit? Gives calls that can be run.

The result is canonical: arguments in the order of the signature, defaults left out, lists of one written as one value.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace

from llmsh.errors import PlanError
from llmsh.plan import print_argument, print_plan
from llmsh.registry import Parameter, Registry, Tool
from llmsh.types import Argument, Call, Plan, Rows, Scalar, Source, Step, Table, Text


@dataclass(frozen=True)
class BoundCall:
    """A call with its tool and every argument it was given, by name; what was left out has its default."""

    tool: Tool
    call: Call
    arguments: dict[str, Argument]


@dataclass(frozen=True)
class BoundStep:
    """One pipe, ready to run."""

    source: Source | None
    calls: tuple[BoundCall, ...]


@dataclass(frozen=True)
class BoundPlan:
    """A plan that fits together, and its canonical text."""

    steps: tuple[BoundStep, ...]
    plan: Plan
    text: str


def check(plan: Plan, registry: Registry, *, last: type[Rows] | None = None) -> BoundPlan:
    """Bind a plan to the tools. `last` is the type of the previous result, None where there is none.

    Raises PlanError, with the column of the call that does not fit.
    """
    steps: list[BoundStep] = []
    for step in plan.steps:
        bound, last = _step(step, registry, last)
        steps.append(bound)
    canonical = Plan(tuple(Step(step.source, tuple(call.call for call in step.calls)) for step in steps))
    return BoundPlan(tuple(steps), canonical, print_plan(canonical))


def _step(step: Step, registry: Registry, last: type[Rows] | None) -> tuple[BoundStep, type[Rows]]:
    flowing: type[Rows] | None = None
    if step.source is not None:
        flowing = Text if step.source.name == "stdin" else last
        if flowing is None:
            raise PlanError("there is no previous result that last could be", hint="say which files you mean")
    calls = []
    for call in step.calls:
        bound = bind(call, registry)
        flowing = _flow(bound, flowing)
        calls.append(bound)
    return BoundStep(step.source, tuple(calls)), flowing or Rows


def _flow(bound: BoundCall, flowing: type[Rows] | None) -> type[Rows]:
    """What comes out of a call that this flows into; raises where it cannot."""
    tool = bound.tool
    if flowing is None and tool.needs_given:
        raise _error(bound.call, f"{tool.name} needs something from the pipe, as in last | {tool.name}()")
    if flowing is not None and (tool.takes is None or not fits(flowing, tool.takes)):
        wanted = "nothing" if tool.takes is None else tool.takes.__name__
        raise _error(bound.call, f"{tool.name} takes {wanted} from the pipe, not {flowing.__name__}")
    return tool.gives or flowing or Rows


def fits(flowing: type[Rows], wanted: type[Rows]) -> bool:
    """Whether rows of one type may flow into a parameter of another. Text reads as Files: one path a line."""
    if issubclass(flowing, wanted) or flowing is Rows:
        return True
    return issubclass(wanted, Table) and wanted.__name__ == "Files" and flowing is Text


def bind(call: Call, registry: Registry) -> BoundCall:
    """Match one call with its tool's parameters. Raises PlanError."""
    tool = registry.get(call.tool)
    if tool is None:
        near = difflib.get_close_matches(call.tool, [item.name for item in registry], 1)
        raise _error(call, f"there is no tool named {call.tool}", f"did you mean {near[0]}?" if near else "see /tools")
    given = _by_name(call, tool)
    arguments: dict[str, Argument] = {}
    for parameter in tool.parameters:
        if parameter.name in given:
            arguments[parameter.name] = _value(call, parameter, given[parameter.name])
        elif parameter.required:
            raise _error(call, f"{tool.name} needs {parameter.name}: {parameter.means}", f"{tool.signature()}")
        else:
            arguments[parameter.name] = parameter.default
    return BoundCall(tool, _canonical(call, tool, arguments), arguments)


def _by_name(call: Call, tool: Tool) -> dict[str, Argument]:
    positional = [parameter.name for parameter in tool.parameters if parameter.positional]
    if len(call.args) > len(positional):
        raise _error(call, f"{tool.name} takes at most {len(positional)} values by position", tool.signature())
    given = dict(zip(positional, call.args, strict=False))
    known = {parameter.name for parameter in tool.parameters}
    for name, value in call.options:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            raise _error(
                call, f"{tool.name} has no {name}", f"did you mean {near[0]}?" if near else f"{tool.signature()}"
            )
        if name in given:
            raise _error(call, f"{name} is given twice")
        given[name] = value
    return given


def _value(call: Call, parameter: Parameter, value: Argument) -> Argument:
    if value is None and not parameter.required:
        return parameter.default
    if not parameter.kind.many:
        if isinstance(value, tuple):
            raise _error(call, f"{parameter.name} takes one value, not a list")
        return _scalar(call, parameter, value)
    items = value if isinstance(value, tuple) else (value,)
    return tuple(_scalar(call, parameter, item) for item in items)


def _scalar(call: Call, parameter: Parameter, value: Scalar) -> Scalar:
    if parameter.base is float and type(value) is int:
        value = float(value)
    if parameter.base is str and type(value) in (int, float):
        value = str(value)
    if type(value) is not parameter.base:
        expected = parameter.means or parameter.kind.name
        raise _error(call, f"{parameter.name} must be {expected}, not {print_argument(value)}")
    if parameter.choices and value not in parameter.choices:
        near = difflib.get_close_matches(str(value), parameter.choices, 1)
        shown = ", ".join(parameter.choices)
        raise _error(call, f"{parameter.name} is one of {shown}", f"did you mean {near[0]}?" if near else "")
    if isinstance(value, str) and not re.fullmatch(parameter.kind.pattern, value):
        raise _error(call, f"{parameter.name} must be {parameter.kind.means}, not {print_argument(value)}")
    return value


def _canonical(call: Call, tool: Tool, arguments: dict[str, Argument]) -> Call:
    args: list[Argument] = []
    options: list[tuple[str, Argument]] = []
    open_ended = True
    for parameter in tool.parameters:
        value = arguments[parameter.name]
        if value == parameter.default and not parameter.required:
            open_ended = False
            continue
        shown = value[0] if parameter.kind.many and isinstance(value, tuple) and len(value) == 1 else value
        if parameter.positional and open_ended:
            args.append(shown)
        else:
            options.append((parameter.name, shown))
    return replace(call, args=tuple(args), options=tuple(options))


def _error(call: Call, message: str, hint: str = "") -> PlanError:
    return PlanError(message, column=call.column, hint=hint)
