"""Signatures to schemas, and what the registry refuses."""

from __future__ import annotations

from typing import Literal

import pytest

from llmsh.errors import ConfigError, PluginError
from llmsh.registry import Parameter, Registry, derive
from llmsh.tool import Example, Kind, Paths, Size, tool
from llmsh.tools import built_in
from llmsh.types import Files, Limits, Number, Rows, Text

THREE = (Example("a", "shout()"), Example("b", "shout()"), Example("c", "shout()"))


@tool(examples=THREE)
def shout(
    given: Files | None = None,
    /,
    paths: Paths = (),
    *,
    most: Size | None = None,
    way: Literal["up", "down"] = "up",
    twice: bool = False,
) -> Text:
    """Say it loud.

    Args:
        most: at most so many bytes.
    """
    raise AssertionError


def test_a_schema_is_derived_from_the_signature_alone() -> None:
    derived = derive(shout, "plugin x")
    paths = Kind("paths", r"(?s).+", "files or folders, wildcards allowed", many=True)
    size = derived.parameters[1].kind
    assert derived.parameters == (
        Parameter("paths", paths, str, (), required=False, positional=True, choices=(), means=paths.means),
        Parameter("most", size, str, None, required=False, positional=False, choices=(), means="at most so many bytes"),
        Parameter("way", Kind("choice"), str, "up", required=False, positional=False, choices=("up", "down"), means=""),
        Parameter("twice", Kind("bool"), bool, default=False, required=False, positional=False, choices=(), means=""),
    )
    assert (derived.takes, derived.needs_given, derived.gives, derived.summary) == (Files, False, Text, "Say it loud")
    assert derived.signature() == 'shout(paths=paths, *, most=size, way="up"|"down", twice=bool)'


def test_two_tools_of_one_name_are_refused_with_both_origins() -> None:
    registry = Registry([derive(shout, "plugin x")])
    with pytest.raises(PluginError, match="one from plugin x, one from plugin y"):
        registry.add(derive(shout, "plugin y"))


@tool(examples=THREE[:2])
def two_examples() -> Text:
    """Too few."""
    raise AssertionError


@tool(examples=THREE)
def no_help() -> Text:
    raise AssertionError


@tool(examples=THREE, in_session=True)
def inside() -> Text:
    """In the shell's own process."""
    raise AssertionError


@tool(examples=THREE)
def odd_type(where: dict[str, str]) -> Text:
    """No plan can write a dict."""
    raise AssertionError


@tool(examples=THREE)
def gives_nothing() -> int:
    """Rows are what flows."""
    raise AssertionError


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (two_examples, "has 2 examples, at least 3 are needed"),
        (no_help, "has no docstring"),
        (inside, "asks to run in the session"),
        (odd_type, "has a type that no plan can write"),
        (gives_nothing, "must be annotated with what it gives"),
    ],
)
def test_what_cannot_be_a_tool_is_refused_with_the_reason(function: object, message: str) -> None:
    with pytest.raises(PluginError, match=message):
        derive(function, "plugin x")  # type: ignore[arg-type]


def test_every_built_in_tool_registers_once_and_gives_rows() -> None:
    registry = Registry(derive(function) for function in built_in())
    assert len(registry) == len({found.name for found in registry})
    assert all(found.gives is None or issubclass(found.gives, Rows) for found in registry)
    count = registry.get("count")
    assert count is not None
    assert count.gives is Number


def test_limits_are_set_by_name() -> None:
    registry = Registry([derive(shout)])
    registry.limit(["shout.seconds=2min", "shout.memory = 2G", "shout.open_files=10", "shout.seconds=60"])
    changed = registry.get("shout")
    assert changed is not None
    assert changed.limits == Limits(seconds=60, memory=2 << 30, open_files=10)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("shuot.seconds=1", "there is no tool 'shuot'", "did you mean shout?"),
        ("shout.second=1", "'shout.second=1' sets none of seconds, memory", 'write it like "run.seconds=60"'),
        ("shout.seconds=soon", "'shout.seconds=soon' gives no seconds", 'like "run.seconds=60"'),
        ("shout.rows=0", "'shout.rows=0' gives no rows", 'like "run.seconds=60"'),
        ("shout.rows=-1", "gives no rows", "like"),
        ("shout", "sets none of", "like"),
    ],
)
def test_a_limit_that_cannot_be_set_is_named(text: str, message: str, hint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Registry([derive(shout)]).limit([text])
    assert message in caught.value.message
    assert hint in caught.value.hint
