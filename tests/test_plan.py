"""The plan language: what it reads, what it refuses, and that printing and reading are inverse."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsh.errors import PlanError
from llmsh.plan import parse, print_plan
from llmsh.types import Call, Plan, Source, Step

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True).filter(
    lambda name: (
        name not in {"and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del"}
        and name not in {"elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is"}
        and name not in {"lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield"}
        and name not in {"last", "stdin"}
    )
)
SCALARS = st.one_of(st.text(max_size=20), st.integers(), st.floats(allow_nan=False), st.booleans(), st.none())
ARGUMENTS = st.one_of(SCALARS, st.lists(SCALARS, max_size=3).map(tuple))
CALLS = st.builds(
    Call,
    NAMES,
    st.lists(ARGUMENTS, max_size=3).map(tuple),
    st.dictionaries(NAMES, ARGUMENTS, max_size=3).map(lambda options: tuple(options.items())),
)
SOURCES = st.none() | st.builds(Source, st.sampled_from(["last", "stdin"]), st.none() | st.integers(1, 9999))
STEPS = st.one_of(
    st.builds(Step, st.none(), st.lists(CALLS, min_size=1, max_size=4).map(tuple)),
    st.builds(Step, SOURCES.filter(bool), st.lists(CALLS, max_size=4).map(tuple)),
)
PLANS = st.lists(STEPS, min_size=1, max_size=3).map(lambda steps: Plan(tuple(steps)))


@given(PLANS)
def test_reading_what_was_printed_gives_the_same_plan(plan: Plan) -> None:
    assert parse(print_plan(plan)) == plan


@given(PLANS)
def test_a_printed_plan_has_one_line_for_each_step_and_no_controls(plan: Plan) -> None:
    lines = print_plan(plan).split("\n")
    assert len(lines) == len(plan.steps)
    assert all(line.isprintable() for line in lines)


@given(st.text(max_size=200))
def test_any_text_is_a_plan_or_a_plan_error(text: str) -> None:
    assert read_or_refused(text)


def read_or_refused(text: str) -> bool:
    try:
        return isinstance(parse(text), Plan)
    except PlanError as error:
        return bool(error.message)


def test_a_pipe_is_read_call_by_call() -> None:
    plan = parse('find_files("build", name="*.tmp") | first(-2, flag=True)\nlast[2] | delete()')
    assert plan == Plan(
        (
            Step(None, (Call("find_files", ("build",), (("name", "*.tmp"),)), Call("first", (-2,), (("flag", True),)))),
            Step(Source("last", 2), (Call("delete"),)),
        )
    )


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("", 0, "the plan is empty"),
        ("x = 1", 0, "a plan holds calls only"),
        ("read(a)", 5, "expected a text, a number, True, False, None or a list of them"),
        ("read(f'{1}')", 5, "expected a text, a number, True, False, None or a list of them"),
        ("read(__import__('os'))", 5, "expected a text, a number, True, False, None or a list of them"),
        ("read() + count()", 0, "only | joins calls"),
        ("read() | count", 9, "expected a call after |"),
        ("os.system('x')", 0, "expected the name of a tool"),
        ("last[0] | count()", 5, "a row is a number from 1, as in last[2]"),
        ("read(a=1, **{})", 12, "** is no part of a plan"),
        ("read([[1]])", 6, "expected a text, a number, True, False, None or a list of them"),
    ],
)
def test_an_error_points_at_its_column(text: str, column: int, message: str) -> None:
    with pytest.raises(PlanError) as caught:
        parse(text)
    assert (caught.value.column, caught.value.message) == (column, message)


def test_a_very_long_pipe_is_read_without_overflow() -> None:
    assert len(parse(" | ".join(["count()"] * 1500)).steps[0].calls) == 1500


def test_a_very_deep_plan_is_an_error_and_no_crash() -> None:
    with pytest.raises(PlanError):
        parse("read(" + "[" * 5000 + "]" * 5000 + ")")
