"""Plans against the tools: what fits, what does not, and the canonical form."""

from __future__ import annotations

import pytest

from llmsh.check import check
from llmsh.errors import PlanError
from llmsh.plan import parse
from llmsh.registry import Registry, derive
from llmsh.tools import built_in
from llmsh.types import Files, Rows


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry(derive(function) for function in built_in())


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("find_files()", "find_files()"),
        ("find_files(folder='src', name='*.py')", 'find_files("src", name="*.py")'),
        ('read(["a.txt"]) | first(count=1)', 'read("a.txt") | first()'),
        ('read(["a.txt", "b.txt"])', 'read(["a.txt", "b.txt"])'),
        ('search("x", ".", ignore_case=True)', 'search("x", ignore_case=True)'),
        ("list_files()|count()", "list_files() | count()"),
    ],
)
def test_a_plan_is_brought_into_its_canonical_form(registry: Registry, written: str, canonical: str) -> None:
    bound = check(parse(written), registry)
    assert bound.text == canonical
    assert check(parse(bound.text), registry).text == canonical


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("find_file()", "there is no tool named find_file"),
        ("read() | find_files()", "find_files takes nothing from the pipe, not Text"),
        ("first(3)", "first needs something from the pipe, as in last | first()"),
        ("list_files() | first(1, 2)", "first takes at most 1 values by position"),
        ("list_files() | first(number=2)", "first has no number"),
        ("list_files() | first(1, count=2)", "count is given twice"),
        ('list_files() | first("many")', 'count must be how many, not "many"'),
        ("list_files() | first(True)", "count must be how many, not True"),
        ('find_files(min_size="big")', None),
        ('find_files(kind="directory")', None),
        ("last | count()", "there is no previous result that last could be"),
        ("memory() | delete()", "delete takes Files from the pipe, not Table"),
        ("append()", None),
    ],
)
def test_what_does_not_fit_is_said(registry: Registry, text: str, message: str | None) -> None:
    with pytest.raises(PlanError) as caught:
        check(parse(text), registry)
    assert message is None or caught.value.message == message


@pytest.mark.parametrize("last", [Files, Rows])
def test_last_has_the_type_of_the_previous_result(registry: Registry, last: type[Rows]) -> None:
    assert check(parse("last | delete()"), registry, last=last).text == "last | delete()"


def test_each_step_is_last_for_the_next(registry: Registry) -> None:
    assert len(check(parse("list_files()\nlast | count()"), registry).steps) == 2


def test_an_error_in_a_pipe_points_at_its_call(registry: Registry) -> None:
    with pytest.raises(PlanError) as caught:
        check(parse("list_files() | frist(2)"), registry)
    assert (caught.value.column, caught.value.hint) == (15, "did you mean first?")
