from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsh.misspelled import SLIPS, SLIPS_ZH
from llmsh.tuning.slip_tables import TAIWAN, TRADITIONAL
from llmsh.tuning.slips import traditional, typo, typo_zh

SEEDS = st.integers(0, 10_000)
WORDS = st.sampled_from(["show", "the", "all", "files", "older", "in", "\ue000", "\ue001,", "count\ue002", "\ue003mb"])
NOT_WORDS = st.sampled_from(["/etc/nginx", "~/notes", "./build", ".gitignore", "--force", "*.conf", "a.files", "src/",
                             "show_all", "LANG=files", "user@server", "it's", "10", "README"])  # fmt: skip
CHINESE = st.sampled_from([*SLIPS_ZH, *TAIWAN, "多大", "，", "\ue000", "\ue001里"])


def draws(slip, text, count=400):
    """What becomes of a text with as many seeds."""
    return [slip(text, Random(seed)) for seed in range(count)]


def held(text):
    return [char for char in text if "\ue000" <= char <= "\uf8ff"]


@given(st.lists(WORDS, min_size=1).map(" ".join), SEEDS)
def test_slips_leave_every_value_where_it_is_between_its_spaces(text, seed):
    around = [word for word in text.split(" ") if held(word)]
    assert [word for word in typo(text, Random(seed)).split(" ") if held(word)] == around


@given(st.lists(NOT_WORDS, min_size=1).map(" ".join), SEEDS)
def test_paths_options_names_and_numbers_are_never_misspelled(text, seed):
    assert typo(text, Random(seed)) == text


@given(st.lists(CHINESE, min_size=1).map("".join), SEEDS)
def test_chinese_slips_and_traditional_characters_leave_every_value_where_it_is(text, seed):
    for slip in (typo_zh, traditional):
        assert held(slip(text, Random(seed))) == held(text)


@pytest.mark.parametrize(
    ("verb", "slip"),
    [("find", "fidn"), ("show", "shwo"), ("delete", "dleete"), ("copy", "cpoy"), ("move", "mvoe"), ("create", "crate"),
     ("count", "cout"), ("search", "serch"), ("read", "raed")],
)  # fmt: skip
def test_a_verb_at_the_start_is_misspelled_too(verb, slip):
    assert f"{slip} \ue000" in draws(typo, f"{verb} \ue000")


def test_words_of_three_letters_are_hit_less_often_than_longer_ones():
    said = [text.split(" ") for text in draws(typo, "folder the \ue000")]
    short = sum(words[1] != "the" for words in said)
    long = sum(words[0] != "folder" for words in said)
    assert 0 < short < long / 2


def test_who_misspells_one_word_misspells_others_now_and_then():
    text = "delete every folder without images"
    wrong = [sum(word not in text.split() for word in said.split()) for said in draws(typo, text)]
    assert {1, 2, 3} <= set(wrong)
    assert wrong.count(1) > wrong.count(2) > wrong.count(3)


def test_a_space_is_left_out_or_comes_a_letter_early_only_between_two_words():
    assert set(draws(typo, "go to \ue000 or to \ue001")) == {
        "goto \ue000 or to \ue001", "g oto \ue000 or to \ue001", "go to \ue000 orto \ue001", "go to \ue000 o rto \ue001"
    }  # fmt: skip


def test_a_folder_is_misspelled_as_a_whole_word_in_chinese():
    said = set(draws(typo_zh, "\ue000文件夹"))
    assert said == {f"\ue000{slip}" for slip in SLIPS_ZH["文件夹"].split()}


def test_a_whole_request_becomes_traditional_in_the_words_of_taiwan_or_not():
    said = set(draws(traditional, "删除\ue000里面的文件夹，显示文件"))
    assert said == {"刪除\ue000裡面的資料夾，顯示檔案", "刪除\ue000裡面的文件夾，顯示文件"}


def test_every_entry_of_the_tables_changes_its_word():
    for table in (SLIPS, SLIPS_ZH, TAIWAN, TRADITIONAL):
        for word, said in table.items():
            assert said.split(), word
            assert word not in said.split()


def test_the_traditional_tables_leave_nothing_simplified_in_what_they_write():
    assert {said: traditional(said, Random(1)) for said in (*TAIWAN.values(), *TRADITIONAL.values())} == {
        said: said for said in (*TAIWAN.values(), *TRADITIONAL.values())
    }
