from __future__ import annotations

from dataclasses import replace

import pytest

from llmsh.registry import Registry, derive
from llmsh.tools import built_in
from llmsh.tuning.leaks import HeldOut
from llmsh.tuning.mix import Mixed, mix
from llmsh.tuning.samples import Sample

REGISTRY = Registry(derive(function) for function in built_in())
TURN = (("list the files", "list_files()"),)


def mixed(samples: list[Sample], **most: int) -> Mixed:
    return mix(samples, REGISTRY, HeldOut(["the day of today"]), most, seed=1)


def sample(number: int, source: str = "grammar/system", **more) -> Sample:
    return replace(Sample(f"what is the date number {number}", "now()", "en", source), **more)


def all_of(found: Mixed) -> list[Sample]:
    return [*found.train, *found.held_back]


def test_of_a_request_with_several_plans_the_shortest_is_kept() -> None:
    long = sample(1, plan='now(format="date")')
    assert [item.plan for item in all_of(mixed([long, sample(1), long]))] == ["now()"]


def test_a_request_that_is_held_out_and_a_plan_that_does_not_fit_are_left_out() -> None:
    wrong = sample(2, plan="nowhere()")
    held_out = sample(3, request="the day of today?")
    assert [item.request for item in all_of(mixed([wrong, held_out, sample(4)]))] == [sample(4).request]


def test_plans_are_written_in_the_one_way_before_the_request_too() -> None:
    turns = (("what is in src/", 'list_files("src/")'),)
    (kept,) = all_of(mixed([sample(1, "following/file", plan='list_files("docs/")', turns=turns)]))
    assert (kept.plan, kept.turns[0][1]) == ('list_files("docs")', 'list_files("src")')


def test_a_source_gives_as_many_as_it_may() -> None:
    found = mixed([sample(number) for number in range(300)], **{"grammar/system": 100})
    assert (found.came, found.stayed) == ({"grammar/system": 300}, {"grammar/system": 100})
    assert (len(found.train), len(found.held_back)) == (98, 2)


@pytest.mark.parametrize(
    ("source", "share"),
    [("grammar/system", 0.25), ("grammar/following", 0.6), ("following/file", 0.6), ("invented/tool", 0.5)],
)
def test_of_samples_with_turns_before_them_a_share_is_kept(source: str, share: float) -> None:
    found = mixed([sample(number, source, turns=TURN) for number in range(2000)])
    assert found.stayed[source] / 2000 == pytest.approx(share, abs=0.05)


def test_the_same_samples_and_seed_give_the_same_mix() -> None:
    samples = [sample(number) for number in range(50)]
    assert mixed(samples) == mixed(samples)
