from __future__ import annotations

import os
import re
from random import Random

import pytest

import llmsh.tuning
from llmsh.plan import parse
from llmsh.tuning.generate import shipped_registry
from llmsh.tuning.grammar import Grammar
from llmsh.tuning.grammar_file import GrammarError
from llmsh.tuning.invented import Inventor
from llmsh.tuning.invented_file import parse_domains, read_domains
from llmsh.tuning.invented_tools import invent
from llmsh.tuning.sampling import Sampler
from llmsh.tuning.slots import Slots

DOMAIN = """\
[music]
no: I cannot play music. = 我不能播放音乐。
@song: Yesterday; 晴天
@volume: 10; 20
! play put_on -> Text
: Play a song | Start a song
- song|title: text
-? volume|loudness: int
en: play {song} [at {volume}]
zh: 放{song}
en?: play => Which song?
"""


@pytest.fixture(scope="module")
def domains():
    return read_domains(os.path.join(os.path.dirname(llmsh.tuning.__file__), "invented"))


@pytest.fixture(scope="module")
def samples():
    inventor = Inventor.load(Sampler(Grammar.load(), Slots.load(), shipped_registry()))
    return [inventor.sample(Random(seed)) for seed in range(250)]


def tool_of(fact):
    return re.findall(r"\w+(?=\()", fact)[0]


def names(sample):
    return [tool_of(fact) for fact in sample.facts if fact.startswith("tool: ")]


def test_a_domain_is_read_whole():
    (domain,) = parse_domains(DOMAIN)
    (family,) = domain.families
    assert (domain.name, domain.refusals["zh"], family.names) == ("music", "我不能播放音乐。", ("play", "put_on"))
    assert [(item.slot, item.names, item.kind, item.required) for item in family.parameters] == [
        ("song", ("song", "title"), "text", True), ("volume", ("volume", "loudness"), "int", False),
    ]  # fmt: skip
    assert family.unclear == (("en", "play", "Which song?"),)


@pytest.mark.parametrize("line", ["- song: melody", "what is this", "no: one language"])
def test_an_error_names_file_and_line(line):
    with pytest.raises(GrammarError, match=r"^music\.txt:2: "):
        parse_domains(f"[music]\n{line}\n", "music.txt")


def test_one_family_gives_many_signatures():
    (domain,) = parse_domains(DOMAIN)
    shown = {invent(domain, domain.families[0], (), Random(seed)).tool.signature() for seed in range(200)}
    assert {"play(song: text, *, volume=int)", "put_on(title: text)"} <= shown
    assert len(shown) > 50


def test_a_name_that_is_taken_is_not_used():
    (domain,) = parse_domains(DOMAIN)
    for seed in range(50):
        assert invent(domain, domain.families[0], ("play", "put_on"), Random(seed)).tool.name not in {"play", "put_on"}


def test_every_request_of_every_family_has_what_its_tool_requires(domains):
    for domain in domains:
        for family in domain.families:
            assert {"en", "zh"} <= set(family.phrases), family.where
            assert family.summaries, family.where


def test_the_plan_calls_a_tool_that_stands_beside_the_request(samples):
    for sample in samples:
        if sample.source in ("invented/tool", "invented/piped"):
            assert {call.tool for step in parse(sample.plan).steps for call in step.calls} & set(names(sample))


def test_no_tool_answers_what_is_refused_or_asked_or_ordinary(samples):
    for sample in samples:
        if sample.source in ("invented/refuse", "invented/ask", "invented/ordinary"):
            assert not set(names(sample)) & {call.tool for step in parse(sample.plan).steps for call in step.calls}


def test_up_to_four_tools_stand_beside_a_request_each_on_its_line(samples):
    for sample in samples:
        assert 1 <= len(set(names(sample))) == len(names(sample)) <= 4
        told = [fact for fact in sample.facts if fact.startswith("tool")]
        assert all(re.fullmatch(r"tool: ((Text|Files) \| )?[a-z0-9_]+\(.*\): .+", fact) for fact in told)


def test_an_example_is_a_request_of_its_own_to_a_tool_that_stands_there(samples):
    shown = [(sample, fact) for sample in samples for fact in sample.facts if fact.startswith("example: ")]
    assert len(shown) > len(samples) / 2
    for sample, fact in shown:
        request, plan = fact.removeprefix("example: ").rsplit(" = ", 1)
        assert request.lower() != sample.request.lower()
        assert {call.tool for step in parse(plan).steps for call in step.calls} & set(names(sample))


def test_what_is_piped_into_a_tool_is_there_before_it(samples):
    piped = [(sample, fact) for sample in samples for fact in sample.facts if re.match(r"tool: (Text|Files) \|", fact)]
    called = [
        (sample, fact)
        for sample, fact in piped
        if sample.source == "invented/tool" and f"{tool_of(fact)}(" in sample.plan
    ]
    assert called
    for sample, fact in called:
        start = "read" if "Text |" in fact else "find_files"
        assert re.match(rf"{start}\(.*\) \| {tool_of(fact)}\(", sample.plan)


def test_every_outcome_is_drawn(samples):
    assert {sample.source for sample in samples} == {
        "invented/tool", "invented/piped", "invented/ordinary", "invented/refuse", "invented/ask",
    }  # fmt: skip
