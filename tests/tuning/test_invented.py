from __future__ import annotations

import os
import re
from random import Random

import pytest

import llmsh.tuning
from llmsh.check import check
from llmsh.errors import PlanError
from llmsh.plan import parse
from llmsh.registry import Registry
from llmsh.tuning.generate import shipped_registry
from llmsh.tuning.grammar import Grammar
from llmsh.tuning.grammar_file import GrammarError
from llmsh.tuning.invented.domains import parse_domains, read_domains, with_common
from llmsh.tuning.invented.inventor import Inventor, _copied
from llmsh.tuning.invented.measures import UNITS, measured
from llmsh.tuning.invented.tools import MOST, invent
from llmsh.tuning.sampling import Sampler
from llmsh.tuning.slots import Slots
from llmsh.tuning.values_file import Value
from llmsh.tuning.wording import Held

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
    return read_domains(os.path.join(os.path.dirname(llmsh.tuning.__file__), "invented", "families"))


WHOLE = """\
[common]
@halves: 0.5 = half an hour = 半小时; 1.5 = one and a half hours = 一个半小时
[boats]
@hours: %halves
@who: %newfile
@keel: oak = oak = 橡木; elm = elm = 榆木; fir = fir = 冷杉; ash = ash = 白蜡木; yew = yew = 红豆杉
@deep: True = deep = 深; False = flat = 浅
! hire -> Table: name=船名|名字 price#=租金 keel=龙骨
: Boats for hire
- hours: float
-? keel: choice
-? deep: bool
en: hire for {hours}[, {keel}][, {deep}]
zh: 租{hours}
np en: boats for {hours} [of {keel}]
~ make_folder find_files
"""
"""Values of [common], Chinese words for columns, a flag that may be denied."""


@pytest.fixture(scope="module")
def inventor():
    return Inventor.load(Sampler(Grammar.load(), Slots.load(), shipped_registry()))


@pytest.fixture(scope="module")
def samples(inventor):
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


def test_a_domain_takes_values_that_are_common_to_all():
    (boats,) = with_common(parse_domains(WHOLE))
    assert [value.plan for value in boats.kinds["hours"]] == [0.5, 1.5]
    assert boats.draws == {"who": "newfile"}
    (family,) = boats.families
    assert (family.columns, family.said["name"], family.like) == (
        ("name", "price#", "keel"), ("船名", "名字"), ("make_folder", "find_files"),
    )  # fmt: skip


def test_choices_are_spelled_in_many_ways_and_said_as_ever():
    (boats,) = with_common(parse_domains(WHOLE))
    tools = [invent(boats, boats.families[0], (), Random(seed)) for seed in range(200)]
    shown = [tool.tool.signature() for tool in tools]
    assert any("橡木" in text for text in shown)
    assert any('"OAK"' in text for text in shown)
    assert any(text.count('"|"') == 2 for text in shown)
    for tool in tools:
        for value in tool.kinds["keel"]:
            assert value.en[0] in {"oak", "elm", "fir", "ash", "yew"}


def test_of_many_choices_some_are_kept():
    many = "; ".join(f"k{number}" for number in range(20))
    (boats,) = with_common(parse_domains(re.sub("@keel: .*", f"@keel: {many}", WHOLE)))
    tools = [invent(boats, boats.families[0], (), Random(seed)) for seed in range(60)]
    assert max(len(tool.kinds["keel"]) for tool in tools if "keel" in tool.names) == MOST


@pytest.mark.parametrize("kind", [*UNITS, "number"])
def test_an_amount_is_said_in_figures_and_words_of_both_languages(kind):
    drawn = [value for seed in range(200) for value in [measured(kind, Random(seed))] if value is not None]
    assert len({value.plan for value in drawn}) > 10
    for value in drawn:
        assert any(str(value.plan).removesuffix(".0") in form for form in value.en)
        assert any(str(value.plan).removesuffix(".0") in form for form in value.zh)


def test_an_amount_of_a_measure_is_drawn_and_a_half_is_said():
    drawn = [value for seed in range(300) for value in [measured("hours", Random(seed))] if value is not None]
    assert {(2.5, "两个半小时"), (3.0, "三个钟头")} <= {(value.plan, form) for value in drawn for form in value.zh}
    assert (2.5, "two and a half hours") in {(value.plan, form) for value in drawn for form in value.en}
    assert measured("note", Random(1)) is None


def test_a_summary_names_the_columns():
    (boats,) = with_common(parse_domains(WHOLE))
    summaries = {invent(boats, boats.families[0], (), Random(seed)).tool.summary for seed in range(30)}
    assert {"Boats for hire: name, price, keel", "Boats for hire, with name, price and keel"} <= summaries


def test_a_flag_that_may_be_denied_is_on_by_default_now_and_then():
    (boats,) = with_common(parse_domains(WHOLE.replace("-> Table: name=船名|名字 price#=租金 keel=龙骨", "-> Text")))
    shown = {invent(boats, boats.families[0], (), Random(seed)).tool.signature() for seed in range(60)}
    assert any("deep=True" in text for text in shown)
    assert any("deep=bool" in text for text in shown)


def test_every_tool_is_planned_without_an_error(inventor, domains):
    for domain in domains:
        for family in domain.families:
            errors = [error for seed in range(12) for error in [_trouble(inventor, domain, family, seed)] if error]
            assert not errors, (family.where, errors[0])


def test_a_text_is_copied_as_it_is_said():
    value = Value("works again", ("works again",), ("又好了",))
    (boats,) = with_common(parse_domains(WHOLE.replace("- hours: float", "- hours: text")))
    tool = invent(boats, boats.families[0], (), Random(1))
    assert _copied(tool, "hours", value, "又好了").plan == "又好了"
    assert _copied(tool, "hours", value, "works again").plan == "works again"


def _trouble(inventor, domain, family, seed):
    """What is wrong with a plan, but for a tool or a frame that does not fit the request."""
    rng = Random(seed)
    tool = invent(domain, family, (), rng)
    language = "zh" if seed % 2 else "en"
    piped = seed % 4 > 1 and f"np {language}" in family.phrases
    try:
        call, _ = inventor._planned(tool, language, Held(), rng, piped=piped)
        check(parse(call), Registry((*inventor._sampler.registry, tool.tool)))
    except PlanError as error:
        return "" if re.search("no request fits|no other column", str(error)) else str(error)
    return ""


def test_rows_are_asked_for_by_columns_that_the_tool_has(samples):
    for sample in samples:
        if sample.source == "invented/piped":
            told = next(
                fact for fact in sample.facts if fact.startswith("tool:") and f"{sample.plan.split('(')[0]}(" in fact
            )
            for column in re.findall(r'(?:where|select|group|sum|average|by=)\(?"(\w+)"', sample.plan):
                assert column in told


def test_an_ordinary_request_stands_beside_a_tool_of_a_name_much_like_its_own(inventor):
    assert {tool for _, family, _ in inventor._alike for tool in family.like} >= {
        "make_folder",
        "copy",
        "sort",
        "count",
    }


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


def test_two_flags_are_on_and_a_count_is_one_beside_a_flag(samples):
    plans = [sample.plan for sample in samples]
    assert sum(plan.count("=True") > 1 for plan in plans) > len(plans) / 200
    assert any(re.search(r"[(=]1[,)]", plan) and "True" in plan for plan in plans)


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
        assert re.match(
            rf"{start}\(.*\) \| ((sort|unique|first|last|shuffle)\(.*\) \| )*{tool_of(fact)}\(", sample.plan
        )


def test_every_outcome_is_drawn(samples):
    assert {sample.source for sample in samples} == {
        "invented/tool", "invented/piped", "invented/ordinary", "invented/refuse", "invented/ask",
    }  # fmt: skip
