from __future__ import annotations

import re
from datetime import datetime
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from llmsh.tool import Age, Size
from llmsh.tuning.amounts import age, characters, column, count, counted, day, line_range, ordinal, size, words
from llmsh.tuning.slots import Slots
from llmsh.units import parse_moment, parse_size

SEEDS = st.integers(0, 100_000).map(Random)
UNITS = {
    "bytes": "",
    "byte": "",
    "字节": "",
    "兆": "M",
    "兆字节": "M",
    "千字节": "K",
    "个G": "G",
    "gigs": "G",
    "megs": "M",
}


@given(SEEDS)
def test_a_size_in_figures_says_what_the_plan_says(rng):
    value = size(rng)
    assert re.fullmatch(Size.__metadata__[0].pattern, value.plan)
    for said in (*value.en, *value.zh):
        found = re.fullmatch(r"([0-9.]+) ?(\S+)", said)
        if found and not found[2][0].isdecimal():
            unit = UNITS.get(found[2], found[2][0].upper())
            assert parse_size(found[1] + unit) == parse_size(value.plan), said


@given(SEEDS)
def test_an_age_and_a_day_are_times_that_a_tool_reads(rng):
    now = datetime.fromisoformat("2025-12-31T12:00")
    for value in (age(rng), day(rng)):
        assert re.fullmatch(Age.__metadata__[0].pattern, value.plan)
        assert parse_moment(value.plan, now) < parse_moment("0s", now)


def test_numbers_are_said_in_words():
    assert [words(value) for value in (0, 7, 13, 20, 42, 99)] == [
        "zero", "seven", "thirteen", "twenty", "forty-two", "ninety-nine",
    ]  # fmt: skip
    assert [characters(value) for value in (3, 10, 12, 20, 45, 120)] == ["三", "十", "十二", "二十", "四十五", "120"]
    assert (counted(2), counted(12)) == ("两", "十二")
    assert [ordinal(value) for value in (1, 2, 3, 4, 11, 21)] == ["1st", "2nd", "3rd", "4th", "11th", "21st"]


@given(SEEDS)
def test_a_count_a_column_and_a_range_are_said_with_their_numbers(rng):
    number = count(rng)
    assert str(number.plan) in number.en
    assert f"第{column(rng).plan}列".startswith("第")
    lines = line_range(rng)
    start, end = (int(part) for part in str(lines.plan).split("-"))
    assert start < end
    assert f"{start}到{end}" in lines.zh


def test_every_kind_of_slot_gives_values_with_forms_in_both_languages():
    slots = Slots.load()
    for kind in slots.kinds():
        for seed in range(40):
            value = slots.draw(kind, Random(seed))
            assert value.en, kind
            assert value.zh, kind
            assert value.plan != "", kind
