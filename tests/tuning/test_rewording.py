"""Requests in a larger model's words, and which of them may be trained on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from llmsh.registry import Registry, derive
from llmsh.tools import built_in
from llmsh.tuning.rewording import Reworded, named, reworded
from llmsh.tuning.samples import Sample
from llmsh.tuning.writing import SHOWN

REGISTRY = Registry(derive(function) for function in built_in())
SAMPLE = Sample('how many lines of app.log hold "timeout"', 'count_matches("timeout", "app.log")', "en", "grammar/text")


def kept(text: str, plan: str = SAMPLE.plan, probability: float = 0.9, sample: Sample = SAMPLE) -> list[str]:
    *_, last = reworded([sample], REGISTRY, lambda _request, _language: [text], lambda _request: (plan, probability))
    return [item.request for item in last.samples]


def test_other_words_from_which_the_same_plan_is_read_are_kept_with_it() -> None:
    text = "count the lines with timeout in app.log"
    *_, last = reworded([SAMPLE], REGISTRY, lambda _request, _language: [text], lambda _request: (SAMPLE.plan, 0.8))
    assert last == Reworded([Sample(text, SAMPLE.plan, "en", "reworded/text")], 1, {"": 1})


@pytest.mark.parametrize(
    ("text", "plan", "probability"),
    [
        ("count the lines with error in app.log", SAMPLE.plan, 0.9),
        ("count the lines with timeout in the log", SAMPLE.plan, 0.9),
        ("count the timeout lines in app.log and in b.log", SAMPLE.plan, 0.9),
        ("HOW many  lines of app.log hold 'timeout'?", SAMPLE.plan, 0.9),
        ("app.log 里有多少行 timeout", SAMPLE.plan, 0.9),
        ("count the lines with timeout in app.log", 'search("timeout", "app.log")', 0.9),
        ("count the lines with timeout in app.log", SAMPLE.plan, 0.4),
        ("", SAMPLE.plan, 0.9),
    ],
)
def test_what_names_other_things_or_is_read_otherwise_is_not(text: str, plan: str, probability: float) -> None:
    assert kept(text, plan, probability) == []


@pytest.mark.parametrize(
    "sample",
    [
        Sample("and in b.log?", SAMPLE.plan, "en", "grammar/following", turns=(("x", "y"),)),
        Sample("how many lines", SAMPLE.plan, "en", "grammar/text", facts=("Here: app.log",)),
        Sample("hello", 'answer("Hi")', "en", "grammar/words"),
        Sample("count timeout in app.log", SAMPLE.plan, "en", "nl2bash"),
    ],
)
def test_only_plain_requests_of_the_grammar_that_do_something_are_reworded(sample: Sample) -> None:
    def never(_request: str, _language: str) -> Iterator[str]:
        raise AssertionError(sample)

    assert list(reworded([sample], REGISTRY, never, lambda _request: (sample.plan, 1.0))) == []


@pytest.mark.parametrize("pair", [pair for pairs in SHOWN.values() for pair in pairs])
def test_what_the_writer_is_shown_keeps_names_and_numbers(pair: tuple[str, str]) -> None:
    assert named(pair[0]) == named(pair[1])
