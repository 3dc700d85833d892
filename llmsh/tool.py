"""The @tool marker: a typed function with its effects and examples. It records, nothing more; `registry` derives.

A tool's signature is its schema. What comes out of the pipe is the positional-only parameter `given` (annotated
`Files | None` where the pipe is optional); parameters before `*` may be written by position; what it gives is the
return annotation (the type variable `R` where it gives back the type it was given). The first docstring line is
its help and its prompt, the lines under `Args:` describe the parameters.

A parameter `door` (keyword-only, annotated `Door`) is no part of the schema: it is the way out of the worker, and
leads only where the call's effects do.

An `effects` function is called in the parent with the same arguments by name, `given` included, and says what
the call would do. Its paths may be relative: they are resolved once, by whoever calls it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from socket import socket
from typing import Annotated, Any, Protocol, TypeVar

from llmsh.types import Effects, Limits, Rows

MARK = "__llmsh_tool__"
HERE = "."

R = TypeVar("R", bound=Rows)
Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True)
class Kind:
    """What a text argument means. `pattern` must match the whole value; `many` takes one value or a list of them."""

    name: str
    pattern: str = r"(?s).*"
    means: str = ""
    many: bool = False


Path = Annotated[str, Kind("path", r"(?s).+", "a file or folder")]
Folder = Annotated[str, Kind("folder", r"(?s).+", "a folder")]
Paths = Annotated[tuple[str, ...], Kind("paths", r"(?s).+", "files or folders, wildcards allowed", many=True)]
Names = Annotated[tuple[str, ...], Kind("names", r"(?s).+", "one or several names", many=True)]
Pids = Annotated[tuple[int, ...], Kind("pids", r"[0-9]+", "one or several process ids", many=True)]
Glob = Annotated[str, Kind("glob", r"(?s).+", "a name with the wildcards * ? [a-z] {a,b}")]
Globs = Annotated[tuple[str, ...], Kind("globs", r"(?s).+", "names with the wildcards * ? [a-z] {a,b}", many=True)]
Regex = Annotated[str, Kind("regex", r"(?s).+", "a regular expression")]
ColumnName = Annotated[str, Kind("column", r"(?s).*", "the name of a column")]
ColumnNames = Annotated[tuple[str, ...], Kind("columns", r"(?s).+", "names of columns", many=True)]
Size = Annotated[str, Kind("size", r"[0-9]+(\.[0-9]+)?[kKMGTP]?(i?B|b)?", "a size such as 500, 10K, 1.5M or 2G")]
Age = Annotated[
    str,
    Kind(
        "age",
        r"[0-9]+(\.[0-9]+)?(s|min|m|h|d|w|mo|y)|today|yesterday"
        r"|[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?",
        "a time such as 30min, 12h, 7d, 2w, 6mo, 1y, today or 2024-01-31",
    ),
]
LineRange = Annotated[str, Kind("lines", r"-?[0-9]+(-[0-9]*)?", "a line or range such as 5, 10-20 or 10-")]
Mode = Annotated[
    str,
    Kind("mode", r"[0-7]{3,4}|([ugoa]*[-+=][rwxXst]*)(,[ugoa]*[-+=][rwxXst]*)*", "permissions such as 644 or u+x"),
]
Url = Annotated[str, Kind("url", r"https?://\S+", "an http or https address")]


class Door(Protocol):
    """The way out of a worker, which can neither connect nor signal by itself; the effects of a call bound it."""

    def connect(self, url: str) -> socket:
        """An open connection to the host of an address, one of `Effects.hosts`. Raises ToolFailed."""
        ...

    def holds(self, pid: int) -> bool:
        """Whether this is the process that was approved, one of `Effects.signals`, and it is still there."""
        ...

    def signal(self, pid: int, number: int) -> None:
        """Send SIGTERM or SIGKILL to a process that it holds. Raises ProcessLookupError or PermissionError."""
        ...

    def set_priority(self, pid: int, nice: int) -> None:
        """Set the priority of a process that it holds. Raises ProcessLookupError or PermissionError."""
        ...


@dataclass(frozen=True)
class Example:
    """A request and the plan that answers it, run by the tests in the fixture tree of `tests/examples_tree.py`.

    `finds` is the whole first column of what it gives, in any order; None where that is not the same on every
    machine. `language` is "en" or "zh".
    """

    request: str
    plan: str
    finds: tuple[str | int | float, ...] | None = None
    language: str = "en"


def no_effects(**_: Any) -> Effects:
    """The effects of a call that only looks at what it was given."""
    return Effects()


@dataclass(frozen=True)
class Mark:
    """What @tool records on a function. `in_session` tools run in the shell's own process (ours alone may)."""

    effects: Callable[..., Effects]
    also: tuple[str, ...]
    examples: tuple[Example, ...]
    limits: Limits
    in_session: bool


def tool(
    *,
    effects: Callable[..., Effects] = no_effects,
    also: tuple[str, ...] = (),
    examples: tuple[Example, ...] = (),
    limits: Limits = Limits(),  # noqa: B008  a frozen value without arguments
    in_session: bool = False,
) -> Callable[[Function], Function]:
    """Mark a function as a tool.

    Args:
        effects: what a call would do, from its arguments; see the module's docstring.
        also: other words people use for it, in any language; they help finding it.
        examples: at least three, one of them in Chinese.
        limits: what one call may use.
        in_session: runs in the shell's own process instead of the worker's.
    """

    def mark(function: Function) -> Function:
        setattr(function, MARK, Mark(effects, also, examples, limits, in_session))
        return function

    return mark
