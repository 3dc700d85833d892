"""The door between the executor and whatever runs tools: one request in, rows out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from llmsh.types import Argument, Effects, Limits, Observe, Rows


@dataclass(frozen=True)
class Invocation:
    """One call for the worker: the tool's name and every argument by name."""

    tool: str
    arguments: dict[str, Argument]


@dataclass(frozen=True)
class Request:
    """A pipe of calls that run in one worker. `effects` bounds what they may reach; `environment` is for programs.

    `details` asks for size, time and kind of every file that is given back, not its path alone.
    """

    calls: tuple[Invocation, ...]
    given: Rows | None
    cwd: str
    environment: dict[str, str]
    effects: Effects
    limits: Limits = Limits()  # noqa: RUF009  a frozen value without arguments
    details: bool = True


class Sandbox(Protocol):
    """Runs requests away from the shell's own process. `confines`: does the kernel hold a call to its effects?"""

    name: str
    confines: bool

    def run(self, request: Request, observe: Observe) -> Rows:
        """Run a request to its end. Raises ToolFailed, WorkerFailed, or KeyboardInterrupt once it is stopped."""
        ...

    def close(self) -> None:
        """End the worker process."""
        ...
