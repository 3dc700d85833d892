from __future__ import annotations

import pytest

from llmsh.tuning.forms import Choice, Gap, Slot
from llmsh.tuning.grammar_file import GrammarError, parse_grammar
from llmsh.tuning.values_file import Value

BLOCK = """\
# a comment

> find_files({folder}, name={glob}<?>) | count()
? older newer
en: how many {glob} <?> are there {in folder}?
en: (count|number of) [the] {glob}
zh: {in folder}有多少个{glob}
* 3
"""


def test_a_block_holds_its_plan_its_filters_its_forms_and_its_weight():
    block = parse_grammar(BLOCK, "area.txt").blocks[0]
    assert block.pattern == ("find_files(", Slot("folder"), ", name=", Slot("glob"), Gap(), ") | count()")
    assert (block.line, block.filters, block.weight, block.area) == (3, ("older", "newer"), 3.0, "area")
    assert block.forms["en"][0] == (
        "how many ", Slot("glob"), " ", Gap(), " are there ", Slot("folder", within=True), "?",
    )  # fmt: skip
    assert block.forms["en"][1] == (
        Choice(((Choice((("count",), ("number of",))),),)), " ", Choice((("the",), ())), " ", Slot("glob"),
    )  # fmt: skip
    assert block.forms["zh"] == ((Slot("folder", within=True), "有多少个", Slot("glob")),)


def test_several_plan_lines_are_several_steps():
    block = parse_grammar(
        "> make_folder({newfolder})\n> move({file}, to={newfolder})\nen: x {newfolder} {file}"
    ).blocks[0]
    assert "".join(part if isinstance(part, str) else "_" for part in block.pattern) == "make_folder(_)\nmove(_, to=_)"


def test_a_filter_and_a_noun_have_names():
    filter_, noun = parse_grammar(
        "+ older: older_than={age}\nen: older than {age}\n\n= files\n> find_files()\nen: files"
    ).blocks
    assert (filter_.kind, filter_.name, filter_.pattern) == ("filter", "older", ("older_than=", Slot("age")))
    assert (noun.kind, noun.name) == ("noun", "files")


def test_what_a_request_is_read_against_stands_after_a_tilde():
    text = "~ last: Files\n> last | delete()\nen: delete those\n\n~ stdin\n> stdin | count()\nen: count\n\n"
    one, two, three = parse_grammar(text + "~ after: > list_files()\n> last | count()\nen: how many").blocks
    assert (one.last, two.stdin, three.after) == ("Files", True, "list_files()")


def test_a_slot_kind_of_the_file_has_values_with_english_and_chinese_forms():
    kinds = parse_grammar('@state: R = running | that run = 正在运行; 3; "5" = five; True\n').kinds
    assert kinds["state"] == (
        Value("R", ("running", "that run"), ("正在运行",)),
        Value(3, ("3",), ("3",)),
        Value("5", ("five",), ("5",)),
        Value(True, ("True",), ("True",)),
    )


def test_an_escaped_bracket_is_itself():
    block = parse_grammar("> run(\"awk '\\{print\\}'\")\nen: what \\(really\\) is \\{x\\} \\| \\<y").blocks[0]
    assert "".join(part for part in block.pattern if isinstance(part, str)) == "run(\"awk '{print}'\")"
    assert "".join(part for part in block.forms["en"][0] if isinstance(part, str)) == "what (really) is {x} | <y"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("> count()\nen: (a|b", "area.txt:2: a bracket is not closed: expected )"),
        ("> count()\nen: a) b", "area.txt:2: a ) without its opening bracket at ') b'"),
        ("> count()\nen: {a b}", "area.txt:2: {a b} is no slot; expected {kind}, {kind#2}, {kind!} or {in kind}"),
        ("\n\nen: a", "area.txt:3: a block needs a plan"),
        ("\n> count()", "area.txt:2: a block needs request forms"),
        ("> count()\nen: a\n* often", "area.txt:3: a weight is a number such as 3 or 0.5, not often"),
        ("hello", "area.txt:1: cannot be read: hello"),
        ("+ older:\nen: old", "area.txt:1: the filter older has no arguments"),
        ("~ later\n> count()\nen: a", "area.txt:1: after ~ comes last: TYPE, after: > PLAN or stdin, not later"),
        ("@x: a = b = c = d", "area.txt:1: a value is written value = English = 中文, not a = b = c = d"),
    ],
)
def test_an_error_names_the_file_and_the_line(text, message):
    with pytest.raises(GrammarError) as caught:
        parse_grammar(text, "area.txt")
    assert caught.value.message == message
