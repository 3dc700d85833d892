from __future__ import annotations

from collections.abc import Iterator

import pytest

from llmsh.plan import parse as parse_plan
from llmsh.registry import Registry, derive
from llmsh.tools import built_in
from llmsh.tuning.bash.data import DataRow
from llmsh.tuning.bash.parse import parse
from llmsh.tuning.bash.prove import Court
from llmsh.tuning.bash.rejecting import reason_against, sample, untranslated, weaker
from llmsh.tuning.samples import Sample

REGISTRY = Registry(derive(function) for function in built_in())
LONG = """find . -name '*.c' -not -path '*/sub/*' | awk '{ if ($0 != "") print; }'"""
REQUEST = "find the c files, excluding the folder sub"


@pytest.fixture(scope="module")
def court(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Court]:
    with Court(str(tmp_path_factory.mktemp("court")), REGISTRY) as opened:
        yield opened


def against(command: str, plan: str, request: str, court: Court) -> str:
    return reason_against(plan, parse(command), request, REGISTRY, court)


@pytest.mark.parametrize(
    ("command", "plan", "request_"),
    [
        ("find . -name '*.c' | wc -l", 'find_files(name="*.c") | count()', "how many .c files are there"),
        ("sort -r a.txt", 'read("a.txt") | sort(descending=True)', "the lines of a.txt, sorted in reverse"),
        ("tac a.txt | head -n 3", 'read("a.txt") | reverse() | first(3)', "the first 3 lines of a.txt, reversed"),
    ],
)
def test_a_plan_that_prints_the_same_is_believed(court: Court, command: str, plan: str, request_: str) -> None:
    assert against(command, plan, request_, court) == ""


@pytest.mark.parametrize(
    ("command", "plan", "request_", "why"),
    [
        ("find . -name '*.c'", 'find_files(name="*.h")', "find the .h files", "the outputs differ"),
        ("find . -name '*.c' -size +1M", 'find_files(name="*.c")', "find the .c files", "the outputs differ"),
        ("find . -name '*.c'", 'find_files(name="*.c", depth=9)', ".c, 9 levels deep", "a weaker plan does the same"),
        ("find . -name '*.c'", 'delete("*.c")', "find the .c files", "it is of another kind"),
        ("find . -name '*.c'", 'find_files(name="*.h")', "find it", "values that the request does not name"),
        ("sort a.txt", 'read("a.txt")', "sort a.txt", "the outputs differ"),
        ("find . -name '*.c'", 'find_files(name="*.c", nothing=1)', "find the .c files", "it does not fit"),
    ],
)
def test_any_other_plan_is_not(court: Court, command: str, plan: str, request_: str, why: str) -> None:
    assert against(command, plan, request_, court) == why


@pytest.mark.parametrize(
    "command",
    [
        "rm -r x",
        "find . -delete",
        "find /etc -path x -prune -o -print",
        "sed -i s/a/b/ x",
        "ls > x",
        "find . -name '*.c'",
    ],
)
def test_what_writes_or_leads_elsewhere_or_has_a_translation_is_not_asked_about(command: str) -> None:
    assert untranslated(command, REGISTRY, "do it") == ()


def test_a_weaker_plan_lacks_one_call_or_one_option() -> None:
    plan = parse_plan('find_files(name="*.c", kind="file") | count()')
    assert list(weaker(plan, REGISTRY)) == [
        'find_files(name="*.c", kind="file")',
        'find_files(kind="file") | count()',
        'find_files(name="*.c") | count()',
    ]


def test_of_the_plans_that_are_right_the_shortest_is_kept(court: Court) -> None:
    def propose(request: str) -> Iterator[str]:
        assert request == REQUEST
        yield 'find_files(name="*.c")'
        yield 'find_files(name="*.c", exclude="sub") | sort()'
        yield 'find_files(name="*.c", exclude="sub")'

    rows = [DataRow(REQUEST, LONG, "en", "nl2bash"), DataRow("list it", "ls", "en", "nl2bash")]
    *_, sampled = sample(rows, REGISTRY, court, propose)
    assert sampled.asked == 1
    assert sampled.samples == [Sample(REQUEST, 'find_files(name="*.c", exclude="sub")', "en", "sampled/nl2bash")]
