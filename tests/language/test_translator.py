"""Messages are translated whole, with what they hold unchanged; English stays as it is."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmsh.language import is_chinese, translator_for
from llmsh.language.catalogue import read_catalogue
from llmsh.language.translator import HOLE, Translator, match

CHINESE = translator_for({"LANG": "zh_CN.UTF-8"})
TEMPLATES = [
    (text, said)
    for name, section in read_catalogue().items()
    for text, said in section.items()
    if name != "columns" and HOLE.search(text) and any(letter in string.ascii_letters for letter in HOLE.sub("", text))
    if text != said  # the name of a file
]
VALUES = st.text("QXZÄ数据_0123456789", min_size=1, max_size=12).map(lambda text: f"Q{text}Q")


NUMBERS = st.integers(1, 10**9).map("{:,}".format)


@pytest.mark.parametrize(
    ("environment", "chosen", "chinese"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "auto", True),
        ({"LANG": "zh_TW.UTF-8", "LC_MESSAGES": ""}, "auto", True),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "auto", False),
        ({"LC_ALL": "zh_CN", "LC_MESSAGES": "en_GB.UTF-8", "LANG": "C"}, "auto", True),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "auto", False),
        ({}, "auto", False),
        ({"LANG": "C"}, "zh", True),
        ({"LANG": "zh_CN.UTF-8"}, "en", False),
    ],
)
def test_the_locale_chooses_the_language_and_the_setting_beats_it(environment, chosen, chinese) -> None:
    assert is_chinese(environment, chosen) is chinese


@settings(deadline=None)
@given(st.sampled_from(TEMPLATES), st.data())
def test_every_value_of_a_message_survives(entry: tuple[str, str], data: st.DataObject) -> None:
    template, chinese = entry
    numbers = {hole[1] for hole in HOLE.finditer(chinese) if hole[2] == "number"}
    values = [data.draw(NUMBERS if hole[1] in numbers else VALUES) for hole in HOLE.finditer(template)]
    message = HOLE.sub(lambda hole: values[int(hole[1]) - 1], template)
    said = CHINESE(message)
    assert [value for value in values if value not in said] == []
    assert said != message


@given(st.text())
def test_english_is_untouched(text: str) -> None:
    assert translator_for({"LANG": "C"})(text) == text


@given(st.text("xyz 数据\n", max_size=60))
def test_what_is_no_message_comes_back_as_it_is(text: str) -> None:
    assert CHINESE(text) == text


def test_the_template_with_the_most_words_wins() -> None:
    assert CHINESE("there is no model named tiny") == "没有名为 tiny 的模型"
    assert CHINESE("there is no x.txt") == "没有 x.txt"


def test_a_hole_that_is_a_message_is_translated_and_another_is_not() -> None:
    assert CHINESE('delete("a") was not approved: it changes files') == 'delete("a") 未获批准：它会改动文件'
    assert CHINESE("there is no it changes files") == "没有 it changes files"


def test_the_systems_words_are_known_in_small_letters_too() -> None:
    assert CHINESE("cannot write x: permission denied") == "无法写入 x：权限不足"


def test_a_template_of_few_words_fits_numbers_alone() -> None:
    assert CHINESE("12 MB of 491 MB") == "12 MB / 491 MB"
    assert CHINESE("files of this kind") == "files of this kind"
    assert CHINESE("names to find; all of them") == "names to find; all of them"


def test_heads_are_translated_where_all_of_them_are_known() -> None:
    assert CHINESE.heads(["path", "size"]) == ["路径", "大小"]
    assert CHINESE.heads(["path", "price"]) == ["path", "price"]
    assert Translator({}, {}).heads(["path", "size"]) == ["path", "size"]


def test_a_message_of_many_lines_is_matched_as_one() -> None:
    assert match(["a ", " b"], "a x\ny b") == ["x\ny"]


@given(st.lists(st.text("abc", max_size=3), min_size=2, max_size=5), st.lists(st.text("abcd", max_size=4), min_size=4))
def test_what_was_put_between_literals_is_found_in_some_way(literals: list[str], holes: list[str]) -> None:
    text = "".join(literal + hole for literal, hole in zip(literals, [*holes[: len(literals) - 1], ""], strict=False))
    found = match(literals, text)
    assert found is not None
    assert "".join(literal + hole for literal, hole in zip(literals, [*found, ""], strict=True)) == text
