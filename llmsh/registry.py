"""Names to tools: derives each schema once from the function's signature, refuses what cannot work, then is frozen.

What does not belong here: finding plugins (plugins.py) and checking a plan against the tools (check.py).
"""

from __future__ import annotations

import difflib
import inspect
import re
import types
import typing
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from llmsh.errors import ConfigError, PluginError
from llmsh.tool import MARK, Example, Kind, Mark
from llmsh.types import Argument, Effects, Limits, Rows
from llmsh.units import parse_seconds, parse_size

BUILT_IN = "llmsh"
INJECTED = ("given", "door")
"""Parameters that no plan writes: what comes through the pipe, and the way out of the worker."""
PLAIN = {str: Kind("text"), int: Kind("int"), float: Kind("float"), bool: Kind("bool")}


@dataclass(frozen=True)
class Parameter:
    """One parameter of a tool. `base` is the Python type of a value (of each value where kind.many)."""

    name: str
    kind: Kind
    base: type
    default: Argument
    required: bool
    positional: bool
    choices: tuple[str, ...]
    means: str


@dataclass(frozen=True)
class Tool:
    """A tool as the rest of llmsh sees it. `gives` is None where it gives the type it was given.

    `door`: its function is handed the way out of the worker.
    """

    name: str
    area: str
    origin: str
    summary: str
    parameters: tuple[Parameter, ...]
    takes: type[Rows] | None
    needs_given: bool
    gives: type[Rows] | None
    also: tuple[str, ...]
    examples: tuple[Example, ...]
    limits: Limits
    in_session: bool
    effects: Callable[..., Effects]
    function: Callable[..., Rows]
    door: bool = False

    @property
    def shipped(self) -> bool:
        """Whether it comes with llmsh, as a tool or in a plugin: the default model was tuned to it."""
        return self.origin.split()[0] == BUILT_IN

    def signature(self) -> str:
        """The signature as the model reads it: `name(a=".", *, b=size)`."""
        shown: list[str] = []
        for index, parameter in enumerate(self.parameters):
            if not parameter.positional and (index == 0 or self.parameters[index - 1].positional):
                shown.append("*")
            shown.append(_shown(parameter))
        return f"{self.name}({', '.join(shown)})"


def _shown(parameter: Parameter) -> str:
    """`a: kind` where it is required, `a=kind` where it is not, `a="."` where its default says more than its kind."""
    kind = "|".join(f'"{choice}"' for choice in parameter.choices) or parameter.kind.name
    if parameter.required:
        return f"{parameter.name}: {kind}"
    if parameter.default in (None, (), "", False) or parameter.choices:
        return f"{parameter.name}={kind}"
    default = parameter.default[0] if isinstance(parameter.default, tuple) else parameter.default
    return f"{parameter.name}={default!r}".replace("'", '"')


class Registry:
    """The tools of a session, by name, in the order they were registered."""

    def __init__(self, tools: Iterable[Tool] = ()) -> None:
        self._tools: dict[str, Tool] = {}
        for tool in tools:
            self.add(tool)

    def add(self, tool: Tool) -> None:
        """Register a tool. Raises PluginError where the name is taken, naming both origins."""
        taken = self._tools.get(tool.name)
        if taken is not None:
            raise PluginError(f"two tools are named {tool.name}: one from {taken.origin}, one from {tool.origin}")
        self._tools[tool.name] = tool

    def get(self, name: str) -> Tool | None:
        """The tool of that name, or None."""
        return self._tools.get(name)

    def limit(self, wanted: Iterable[str]) -> None:
        """Set limits of tools, each written like `run.seconds=60` or `fetch.memory=1G`. Raises ConfigError."""
        for text in wanted:
            name, _, rest = text.partition(".")
            field, _, value = rest.partition("=")
            tool = self._tools.get(name.strip())
            if tool is None:
                near = difflib.get_close_matches(name, self._tools, 1)
                hint = f"did you mean {near[0]}?" if near else "see llmsh tools"
                raise ConfigError(f"limits: there is no tool {name.strip()!r} to set {text!r} of", hint)
            changed: dict[str, Any] = {field.strip(): _limit(text, field.strip(), value.strip())}
            self._tools[tool.name] = replace(tool, limits=replace(tool.limits, **changed))

    def __iter__(self) -> Iterator[Tool]:
        return iter(self._tools.values())

    def __len__(self) -> int:
        return len(self._tools)


LIMITS: dict[str, Callable[[str], float]] = {
    "seconds": parse_seconds, "memory": parse_size, "rows": int, "output": parse_size, "processes": int,
    "file": parse_size, "open_files": int,
}  # fmt: skip


def _limit(text: str, field: str, value: str) -> float:
    if field not in LIMITS:
        raise ConfigError(f"limits: {text!r} sets none of {', '.join(LIMITS)}", 'write it like "run.seconds=60"')
    try:
        read = LIMITS[field](value)
    except ValueError:
        read = 0
    if read <= 0:
        raise ConfigError(f"limits: {text!r} gives no {field}", 'write it like "run.seconds=60" or "run.memory=2G"')
    return read


def derive(function: Callable[..., Rows], origin: str = BUILT_IN) -> Tool:
    """The tool that a marked function is. Raises PluginError where its signature cannot be one."""
    mark: Mark = getattr(function, MARK)
    name = function.__name__
    _check_mark(name, mark, origin)
    hints = typing.get_type_hints(function, include_extras=True)
    parameters = inspect.signature(function).parameters
    takes, needs_given = _given(hints.get("given") if "given" in parameters else None)
    summary, meanings = _docstring(name, function, origin)
    derived = [
        _parameter(name, item, hints[item.name], meanings.get(item.name, ""))
        for item in parameters.values()
        if item.name not in INJECTED
    ]
    gives = hints.get("return")
    if not (isinstance(gives, typing.TypeVar) or (inspect.isclass(gives) and issubclass(gives, Rows))):
        raise PluginError(f"{name} (from {origin}) must be annotated with what it gives: Files, Table, Text, ...")
    area = function.__module__.split(".")[-2] if origin == BUILT_IN else "plugins"
    return Tool(
        name, area, origin, summary, tuple(derived), takes, needs_given, None if isinstance(gives, typing.TypeVar)
        else gives, mark.also, mark.examples, mark.limits, mark.in_session, mark.effects, function,
        "door" in parameters,
    )  # fmt: skip


def _check_mark(name: str, mark: Mark, origin: str) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9_]{1,39}", name):
        raise PluginError(f"{name!r} (from {origin}) is no name for a tool: lower case, digits and _ only")
    if mark.in_session and origin != BUILT_IN:
        raise PluginError(f"{name} (from {origin}) asks to run in the session: only llmsh's own tools may")
    if len(mark.examples) < 3:
        raise PluginError(f"{name} (from {origin}) has {len(mark.examples)} examples, at least 3 are needed")


def _given(hint: Any) -> tuple[type[Rows] | None, bool]:
    """What a tool takes from the pipe and whether it must."""
    if hint is None:
        return None, False
    options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    needs = types.NoneType not in options
    kind = next(option for option in options if option is not types.NoneType)
    return (Rows if isinstance(kind, typing.TypeVar) else kind), needs


def _docstring(name: str, function: Callable[..., Rows], origin: str) -> tuple[str, dict[str, str]]:
    lines = inspect.cleandoc(function.__doc__ or "").splitlines()
    if not lines:
        raise PluginError(f"{name} (from {origin}) has no docstring: its first line is its help")
    described = re.findall(r"^    (\w+): (.+)$", "\n".join(lines), re.MULTILINE)
    return lines[0].rstrip("."), {parameter: means.rstrip(".") for parameter, means in described}


def _parameter(tool: str, item: inspect.Parameter, hint: Any, means: str) -> Parameter:
    kind, base, choices = _kind(tool, item.name, hint)
    required = item.default is inspect.Parameter.empty
    default = None if required else item.default
    positional = item.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
    return Parameter(item.name, kind, base, default, required, positional, choices, means or kind.means)


def _kind(tool: str, name: str, hint: Any) -> tuple[Kind, type, tuple[str, ...]]:
    """Kind, base type and choices of an annotation: plain, an Annotated alias or a Literal, each perhaps `| None`."""
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        hint = next(option for option in typing.get_args(hint) if option is not types.NoneType)
    if typing.get_origin(hint) is typing.Literal:
        return Kind("choice"), str, typing.get_args(hint)
    if typing.get_origin(hint) is typing.Annotated:
        base, kind = typing.get_args(hint)[:2]
        return kind, (typing.get_args(base)[0] if kind.many else base), ()
    if hint in PLAIN:
        return PLAIN[hint], hint, ()
    raise PluginError(f"parameter {name} of {tool} has a type that no plan can write: {hint}")
