"""No request of a suite is trained on, nor one that is nearly the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from llmsh.evaluation.suite import read_suite
from llmsh.registry import Registry, derive
from llmsh.tools import built_in
from llmsh.tuning.generate import example_samples, generate
from llmsh.tuning.leaks import HeldOut
from llmsh.tuning.mix import mix
from llmsh.tuning.samples import Sample

SUITE = Path(__file__).parent.parent / "suite"


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry(derive(function) for function in built_in())


@pytest.fixture(scope="module")
def suite() -> list[str]:
    return [line for case in read_suite(str(SUITE), "*") for line in case.lines]


@pytest.mark.parametrize(
    "near",
    [
        "which python files are larger than 10 kB",
        "Which Python files are larger than 10 kB?",
        "which  python files are larger than 10 kb ...",
        "which python files are larger than 20 kB",
    ],
)
def test_a_request_that_is_nearly_one_of_a_suite_is_held_out(near: str) -> None:
    assert HeldOut(["which python files are larger than 10 kB"]).holds(near)


@pytest.mark.parametrize("far", ["which python files are empty", "delete the python files", "find . -name x"])
def test_another_request_is_not_held_out(far: str) -> None:
    assert not HeldOut(["which python files are larger than 10 kB"]).holds(far)


def test_chinese_requests_are_compared_by_their_letters() -> None:
    held_out = HeldOut(["把下载目录里所有的图片移动到相册里"])
    assert held_out.holds("把下载目录里所有的图片移动到相册里！")
    assert not held_out.holds("下载目录里有多少张图片")


def test_nothing_that_is_trained_on_is_near_to_a_request_of_the_suite(registry: Registry, suite: list[str]) -> None:
    drawn = [*generate(1, 1500, registry), *example_samples(registry)]
    leaking = [Sample(request, 'read("a")', "en", "suite") for request in suite]
    mixed = mix([*drawn, *leaking], registry, HeldOut(suite), {}, seed=1)
    held_out = HeldOut(suite)
    used = [*mixed.train, *mixed.held_back]
    assert len(used) > 1000
    assert [sample.request for sample in used if held_out.holds(sample.request)] == []
    assert mixed.stayed["suite"] == 0
