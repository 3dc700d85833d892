from __future__ import annotations

from random import Random

import pytest

from llmsh.check import check
from llmsh.plan import parse, print_plan
from llmsh.tuning.following import Change, Follower, changeable, with_argument
from llmsh.tuning.generate import shipped_registry
from llmsh.tuning.grammar import Grammar
from llmsh.tuning.sampling import Sampler
from llmsh.tuning.slots import Slots


@pytest.fixture(scope="module")
def registry():
    return shipped_registry()


def kinds(plan, registry):
    return {change.kind for change in changeable(check(parse(plan), registry))}


def test_what_may_change_is_what_people_say_by_its_value_alone(registry):
    assert kinds('find_files("src", name="*.py") | first(3)', registry) == {"again", "folder", "glob", "count"}
    assert kinds('search("TODO", "src")', registry) == {"word", "folder", "ignore_case"}
    assert kinds('search("TODO", "src", ignore_case=True)', registry) == {"word", "folder"}
    assert kinds('list_files("src")', registry) == {"again", "folder", "hidden"}
    assert kinds('list_files("src", hidden=True)', registry) == {"again", "folder"}
    assert kinds('read("a.txt") | count()', registry) == {"file"}
    assert kinds('find_files(older_than="7d", min_size="1M")', registry) == {"again", "folder", "age", "size"}


def test_what_could_mean_two_arguments_is_not_changed(registry):
    assert kinds('search_files("a") | search_files("b", without=True)', registry) == {"folder"}


def test_a_change_is_not_repeated(registry):
    assert "again" not in kinds('find_files(name="*.py") | delete()', registry)


def test_one_argument_is_changed_and_all_others_stay(registry):
    bound = check(parse('find_files("src", name="*.py", empty=True) | first(3)'), registry)
    changed = with_argument(bound, Change("glob", 0, 0, "name"), "*.md")
    assert check(changed, registry).text == 'find_files("src", name="*.md", empty=True) | first(3)'
    assert print_plan(bound.plan) == bound.text


def test_a_follow_up_differs_from_its_earlier_plan_in_one_argument(registry):
    follower = Follower(Sampler(Grammar.load(), Slots.load(), registry))
    for seed in range(40):
        sample = follower.sample(Random(seed))
        (_, earlier), same = sample.turns[0], sample.source == "following/again"
        assert (sample.plan == earlier) is same
        assert [call.tool for call in parse(sample.plan).steps[0].calls] == [
            call.tool for call in parse(earlier).steps[0].calls
        ]
