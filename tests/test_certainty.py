"""When a plan is taken as meant."""

from __future__ import annotations

import pytest

from llmsh.certainty import UNCLEAR, Sure, doubt, may_change, speaks
from llmsh.check import BoundPlan, check
from llmsh.plan import parse
from llmsh.registry import Registry, derive
from llmsh.tools import built_in
from llmsh.types import Rows

REGISTRY = Registry(derive(function) for function in built_in())
SURE = Sure(reading=30, changing=50)


def bound(plan: str) -> BoundPlan:
    return check(parse(plan), REGISTRY, last=Rows)


@pytest.mark.parametrize(
    "plan",
    [
        'delete("a")',
        "last | delete()",
        'find_files("x") | move(to="y")',
        "last | stop()",
        'read("a") | sort() | save("b")',
        'run("make", writes=".")',
        'run("git fetch", network=True)',
        'fetch("https://example.com/a")',
        'list_files("a")\nmake_folder("b")',
    ],
)
def test_a_plan_that_writes_deletes_signals_or_connects_may_change_something(plan: str) -> None:
    assert may_change(bound(plan))


@pytest.mark.parametrize(
    "plan",
    [
        'find_files("x") | read() | count()',
        'run("git log")',
        "processes()",
        "processes() | open_files()",
        'change_folder("x")',
        "last | first(2)",
    ],
)
def test_a_plan_that_only_reads_does_not(plan: str) -> None:
    assert not may_change(bound(plan))


@pytest.mark.parametrize(
    ("plan", "confidence", "found"),
    [
        ('read("a")', 0.30, ""),
        ('read("a")', 0.29, UNCLEAR),
        ('delete("a")', 0.50, ""),
        ('delete("a")', 0.49, UNCLEAR),
        ('ask("Which?")', 0.01, ""),
        ('answer("Hello")', 0.01, ""),
    ],
)
def test_a_change_needs_more_confidence_than_reading_and_words_need_none(
    plan: str, confidence: float, found: str
) -> None:
    assert doubt(bound(plan), confidence, (), (), SURE) == found


def test_what_is_invented_is_named_whatever_the_confidence() -> None:
    found = doubt(bound('copy("a", to="b")'), 1.0, ("a", "b"), (), SURE)
    assert found == "it is not clear what is meant: the request does not speak of a, b"


def test_what_is_left_out_is_named_whatever_the_confidence() -> None:
    found = doubt(bound('copy("a", to="b")'), 1.0, (), ("docs/c", "/d"), SURE)
    assert found == "it is not clear what is meant: the plan leaves out docs/c, /d"


def test_0_never_asks() -> None:
    never = Sure(0, 0)
    assert (
        doubt(bound('delete("a")'), 0.0, ("a",), (), never) == doubt(bound('read("a")'), 0.0, ("a",), (), never) == ""
    )


def test_a_plan_that_also_does_something_is_not_words_alone() -> None:
    assert speaks(bound('refuse("I cannot fly")'))
    assert not speaks(bound('delete("a")\nanswer("gone")'))
