from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsh.tuning.noise import Manners, noisy
from llmsh.tuning.wording import HELD, Wording

ALWAYS = Manners(polite=1, terse=1, shorter=1, typo=1, case=1, ending=1, typo_zh=0.5, traditional=0.5)
QUIET = Manners(0, 0, 0, 0, 0, 0, 0, 0)
VERBS = frozenset({"show", "delete", "find", "count", "显示", "删除", "统计"})
WORDS = st.sampled_from(
    ["show", "delete", "the", "files", "older", "than", "in", "which", "\ue000", "\ue001", "a", "sort"]
)
CHARACTERS = st.sampled_from([*"显示删除统计的文件在里有多少个一下，？", "\ue000", "\ue001", "py"])


@given(st.lists(WORDS, min_size=1).map(" ".join), st.integers(0, 10_000))
def test_no_noise_ever_touches_a_value(text, seed):
    wording = Wording(text, ("It's The DIRECTORY, and Files?", "七 天的 which"))
    said = noisy(wording, "en", VERBS, Random(seed), ALWAYS)
    assert held(said) == held(wording)
    assert all(value in said.spoken() for value in used(wording))


@given(st.lists(CHARACTERS, min_size=1).map("".join), st.integers(0, 10_000))
def test_no_noise_ever_touches_a_value_in_chinese(text, seed):
    wording = Wording(text, ("在里的 Files，", "旧 文件.txt"))
    said = noisy(wording, "zh", VERBS, Random(seed), ALWAYS)
    assert held(said) == held(wording)
    assert all(value in said.spoken() for value in used(wording))


def held(wording):
    """The private characters of a wording, in their order."""
    return [char for char in wording.text if "\ue000" <= char <= "\uf8ff"]


def used(wording):
    return [wording.value(char) for char in held(wording)]


def test_the_private_characters_are_those_of_the_unicode_private_area():
    assert HELD == "\ue000-\uf8ff"


def test_without_noise_a_request_stays_as_it_is():
    wording = Wording("show \ue000", ("a b",))
    assert noisy(wording, "en", VERBS, Random(1), Manners(0, 0, 0, 0, 0, 0)) == wording


def test_only_what_starts_with_a_verb_is_made_polite():
    manners = Manners(1, 0, 0, 0, 0, 0)
    asked = {noisy(Wording("show files", ()), "en", VERBS, Random(seed), manners).text for seed in range(50)}
    assert {"please show files", "can you show files?", "show files please"} <= asked
    stays = {noisy(Wording("files in docs", ()), "en", VERBS, Random(seed), manners).text for seed in range(50)}
    assert stays == {"files in docs"}


def test_chinese_is_written_with_slips_or_in_traditional_characters():
    wording = Wording("删除\ue000", ("的在里",))
    slips = Manners(0, 0, 0, 0, 0, 0, typo_zh=1, traditional=0)
    other = Manners(0, 0, 0, 0, 0, 0, typo_zh=0, traditional=1)
    assert noisy(wording, "zh", VERBS, Random(1), slips).text.rstrip("。") != wording.text
    assert noisy(wording, "zh", VERBS, Random(1), other).spoken() == "刪除的在里"


@pytest.mark.parametrize("seed", range(30))
def test_a_name_made_of_two_values_stays_in_one_piece(seed):
    wording = Wording("把\ue000/\ue001给我看，还有\ue000.bak", ("作业", "收支.txt"))
    said = noisy(wording, "zh", VERBS, Random(seed), QUIET)
    assert "作业/收支.txt" in said.spoken()
    assert "作业.bak" in said.spoken()


@pytest.mark.parametrize("seed", range(5))
def test_the_same_seed_gives_the_same_noise(seed):
    wording = Wording("show the files in \ue000", ("docs",))
    assert noisy(wording, "en", VERBS, Random(seed), ALWAYS) == noisy(wording, "en", VERBS, Random(seed), ALWAYS)
