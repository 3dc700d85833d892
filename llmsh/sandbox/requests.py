"""A request as the value of a frame, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from llmsh.sandbox.base import Invocation, Request, Tier
from llmsh.sandbox.protocol import malformed
from llmsh.types import Effects, Limits


def request_value(request: Request) -> dict[str, object]:
    """The value of a REQUEST frame. What comes through the pipe follows in frames of its own.

    The pidfds of its processes travel beside the frame, in the same order.
    """
    return {
        "calls": [(call.tool, call.arguments) for call in request.calls],
        "given": request.given is not None,
        "cwd": request.cwd,
        "environment": request.environment,
        "effects": asdict(request.effects),
        "limits": asdict(request.limits),
        "details": request.details,
        "processes": list(request.processes),
        "tier": request.tier,
        "kept": request.kept,
        "scratch": request.scratch,
    }


def read_request(value: Any, descriptors: Sequence[int] = ()) -> tuple[Request, bool]:
    """The request, still without what it was given, and whether that follows. `descriptors` came beside it."""
    try:
        calls = tuple(Invocation(tool, _tuples(arguments)) for tool, arguments in value["calls"])
        effects, limits = Effects(**_tuples(value["effects"])), Limits(**value["limits"])
        held = dict(zip(value["processes"], descriptors, strict=True))
        request = Request(
            calls,
            None,
            value["cwd"],
            value["environment"],
            effects,
            limits,
            value["details"],
            held,
            Tier(value["tier"]),
            tuple(value["kept"]),
            value["scratch"],
        )
        return request, value["given"]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise malformed("a request that is none") from None


def _tuples(values: dict[str, Any]) -> dict[str, Any]:
    """JSON has no tuples: lists are what they were."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}


def who(request: Request) -> str:
    """The calls of a request, to be named in an error."""
    return " | ".join(call.tool for call in request.calls)
