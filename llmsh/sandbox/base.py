"""The door between the executor and whatever runs tools: one request in, rows out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from llmsh.types import Argument, Effects, Limits, Observe, Rows


class Tier(StrEnum):
    """How programs are held: by namespaces and Landlock, by Landlock alone, or not at all (and then no tool is)."""

    STRICT = "strict"
    FLOOR = "floor"
    NONE = "none"


@dataclass(frozen=True)
class Invocation:
    """One call for the worker: the tool's name and every argument by name."""

    tool: str
    arguments: dict[str, Argument]


@dataclass(frozen=True)
class Request:
    """A pipe of calls that run in one worker. `effects` bounds what they may reach; `environment` is for programs.

    `details` asks for size, time and kind of every file that is given back, not its path alone. `processes` are the
    pidfds of those that the call may signal, by process id. `tier` is how its programs are held, if it runs any;
    `kept` are paths that stay as they are in folders that it may write; `scratch` is a folder of its own.
    """

    calls: tuple[Invocation, ...]
    given: Rows | None
    cwd: str
    environment: dict[str, str]
    effects: Effects
    limits: Limits = Limits()  # noqa: RUF009  a frozen value without arguments
    details: bool = True
    processes: Mapping[int, int] = field(default_factory=dict)
    tier: Tier = Tier.STRICT
    kept: tuple[str, ...] = ()
    scratch: str = ""


class Sandbox(Protocol):
    """Runs requests away from the shell's own process."""

    name: str

    @property
    def confines(self) -> bool:
        """Whether the kernel holds programs to their effects."""
        ...

    def run(self, request: Request, observe: Observe) -> Rows:
        """Run a request to its end. Raises ToolFailed, WorkerFailed, or KeyboardInterrupt once it is stopped."""
        ...

    def close(self) -> None:
        """End the worker process."""
        ...
