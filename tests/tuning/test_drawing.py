from __future__ import annotations

from random import Random

import pytest

from llmsh.tuning.drawing import Drawer, unsaid
from llmsh.tuning.grammar import Grammar
from llmsh.tuning.grammar_file import parse_grammar
from llmsh.tuning.slots import Slots
from llmsh.tuning.wording import EMPTY, Wording, tidy


@pytest.fixture(scope="module")
def slots():
    return Slots.load()


def drawn(text, slots, language="en", draws=60):
    """What the last block of a grammar can be drawn to: its (request, plan) pairs."""
    file = parse_grammar(text, "area.txt")
    drawer = Drawer(Grammar.of([file]), slots)
    found = [drawer.draw(file.blocks[-1], language, Random(seed)) for seed in range(draws)]
    return {(item.wording.spoken(), item.plan) for item in found}


def test_a_slot_has_one_value_in_the_request_and_in_the_plan(slots):
    pairs = drawn("@x: a = one; b = two\n\n> search({x})\nen: find {x}, only {x}", slots)
    assert pairs == {("find one, only one", 'search("a")'), ("find two, only two", 'search("b")')}


def test_slots_with_numbers_have_different_values(slots):
    pairs = drawn("@x: a; b\n\n> compare_files({x}, {x#2})\nen: {x} and {x#2}", slots)
    assert pairs == {("a and b", 'compare_files("a", "b")'), ("b and a", 'compare_files("b", "a")')}


def test_a_folder_that_is_not_said_is_the_one_we_are_in(slots):
    assert drawn("> list_files({folder})\nen: list files", slots) == {("list files", 'list_files(".")')}


def test_a_bare_value_goes_inside_a_literal(slots):
    pairs = drawn('@x: re"port; y\n\n> find_files(name="*{x!}*")\nen: {x}', slots)
    assert pairs == {('re"port', 'find_files(name="*re\\"port*")'), ("y", 'find_files(name="*y*")')}


def test_filters_come_into_the_gap_of_the_request_and_of_the_plan(slots):
    text = "+ empty: empty=True\nen: that are empty\n\n> find_files(<?>)\n? empty\nen: files <?>"
    assert drawn(text, slots) == {("files", "find_files()"), ("files that are empty", "find_files(empty=True)")}


def test_a_form_without_a_gap_draws_no_filter(slots):
    text = "+ empty: empty=True\nen: that are empty\n\n> find_files(<?>)\n? empty\nen: files"
    assert drawn(text, slots) == {("files", "find_files()")}


def test_a_noun_brings_its_own_part_of_the_plan(slots):
    nouns = "= things\n> list_files()\nen: files\n\n= things\n> processes()\nen: processes\n\n"
    text = nouns + "> {things} | count()\nen: how many {things}"
    assert drawn(text, slots) == {
        ("how many files", "list_files() | count()"), ("how many processes", "processes() | count()"),
    }  # fmt: skip


def test_last_week_is_said_without_its_article(slots):
    text = "> find_files(newer_than={age})\nen: changed in the last {age}"
    assert not [request for request, _ in drawn(text, slots) if " last a " in request or " last one " in request]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (f"{EMPTY}{EMPTY}的文件", "zh", "文件"),
        (f"\ue000{EMPTY}的文件", "zh", "\ue000的文件"),
        ("7天前修改的的文件", "zh", "7天前修改的文件"),
        (f"在{EMPTY}找", "zh", "找"),
        ("把 \ue000 移到 docs 里", "zh", "把\ue000移到docs里"),
        (f"how many the files {EMPTY} ?", "en", "how many files?"),
        ("the the  file", "en", "the file"),
        ("the biggest the files", "en", "the biggest files"),
        ('find . -name "x" in the docs', "en", 'find . -name "x" in the docs'),
        (f"count the files {EMPTY}. Print it {EMPTY}.", "en", "count the files. Print it."),
    ],
)
def test_what_empty_slots_leave_behind_is_tidied_up(text, language, expected):
    assert tidy(text, language) == expected


def test_a_wording_puts_its_values_back():
    assert Wording("copy \ue000 to \ue001", ("a.txt", "b c")).spoken() == "copy a.txt to b c"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("> read({file})\nen: read it", "{file} is in the plan, but not in every wording of en form 1"),
        (
            "> read({file})\nen: read {file}\nzh: [读{file}]",
            "{file} is in the plan, but not in every wording of zh form 1",
        ),
        ("> list_files()\nen: list {word#2}", "{word#2} is not in the plan, but in en form 1"),
        ("> list_files({folder})\nen: list", ""),
        ("> read({file})\nen: (show|read {file} and show) {file}", ""),
    ],
)
def test_a_request_must_determine_its_plan(text, message):
    assert unsaid(parse_grammar(text).blocks[0]) == message
