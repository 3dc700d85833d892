from __future__ import annotations

import pytest
from hypothesis import strategies as st

from llmsh.errors import ToolFailed
from llmsh.tools.text.cut import cut
from llmsh.tools.text.drop import drop
from llmsh.tools.text.extract_text import extract_text
from llmsh.tools.text.join_lines import join_lines
from llmsh.tools.text.keep import keep
from llmsh.tools.text.lower import lower
from llmsh.tools.text.measure import measure
from llmsh.tools.text.number_lines import number_lines
from llmsh.tools.text.replace import replace
from llmsh.tools.text.reverse_text import reverse_text
from llmsh.tools.text.split import split
from llmsh.tools.text.trim import trim
from llmsh.tools.text.upper import upper
from llmsh.tools.text.wrap import wrap
from llmsh.types import MATCH_COLUMNS, PATH, Column, Files, Matches, Number, Processes, Text, Unit
from tests.tools.rows.values import column, drawn, files, listed, stream, table, text

LINES = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=20))


@drawn(LINES, st.sampled_from(["a", "^", "[0-9]+", r"\s"]))
def test_keep_and_drop_share_out_the_lines(lines, pattern):
    kept, dropped = column(keep(stream(lines), pattern)), column(drop(stream(lines), pattern))
    assert sorted(kept + dropped) == sorted(lines)
    assert keep(text(*kept), pattern) is not None
    assert column(keep(text(*kept), pattern)) == kept


@drawn(LINES)
def test_text_written_backwards_twice_is_the_same(lines):
    assert column(reverse_text(reverse_text(stream(lines)))) == lines


@drawn(st.lists(st.text("abc d", min_size=1), min_size=1))
def test_joining_and_splitting_give_the_lines_back(lines):
    assert column(split(join_lines(stream(lines), ","), ",")) == lines


@drawn(LINES, st.text(min_size=1, max_size=2), st.text(max_size=2))
def test_text_is_replaced_as_it_stands_unless_it_is_a_pattern(lines, old, new):
    assert column(replace(stream(lines), old, new)) == [line.replace(old, new) for line in lines]


@drawn(LINES)
def test_every_character_of_a_line_can_be_cut_out(lines):
    assert column(cut(stream(lines), "1-", by="characters")) == lines


@drawn(LINES, st.integers(1, 30))
def test_no_wrapped_line_is_too_long(lines, width):
    assert all(len(str(line)) <= width for line in column(wrap(stream(lines), width)))


def test_keep_takes_case_words_and_plain_text_as_asked():
    rows = text("Error", "an error.", "terror", "a.b", "axb")
    assert column(keep(rows, "error", ignore_case=True)) == ["Error", "an error.", "terror"]
    assert column(keep(rows, "error", whole_word=True)) == ["an error."]
    assert column(keep(rows, "a.b", fixed=True)) == ["a.b"]
    assert column(drop(rows, "a.b|rr")) == []


def test_keep_gives_back_the_type_it_was_given():
    found = keep(Processes((Column("pid"), Column("name")), [(1, "init"), (2, "python")]), "python")
    assert (type(found), listed(found)) == (Processes, [(2, "python")])
    found = keep(files("src/a.py", "b.py"), "^src/")
    assert (type(found), listed(found)) == (Files, [("src/a.py",)])
    found = drop(Matches(MATCH_COLUMNS, [("a", 1, "x"), ("b", 2, "y")]), "^a:1:x$")
    assert (type(found), listed(found)) == (Matches, [("b", 2, "y")])


def test_files_are_their_paths_and_tables_their_lines():
    assert column(upper(Files((PATH, Column("size", Unit.BYTES)), [("a", 1)]))) == ["A"]
    assert column(upper(table(("a", None), ("b", 2)))) == ["NAME\tAMOUNT", "A\t", "B\t2"]
    assert column(upper(Number((Column("value"),), [(3,)]))) == ["3"]


@pytest.mark.parametrize(
    ("fields", "found"),
    [("2", "b"), ("1,3", "a c"), ("3,1", "c a"), ("2-3", "b c"), ("3-", "c d"), ("-1", "d"), ("-2", "c"), ("9", ""),
     ("2-9", "b c d"), ("1,-1", "a d"), ("1,1", "a a")],
)  # fmt: skip
def test_fields_are_cut_by_number(fields, found):
    assert column(cut(text("a  b\tc d", "e"), fields))[0] == found


def test_fields_keep_the_separator_between_them():
    assert column(cut(text("a:b::d", "x"), "1,3-", separator=":")) == ["a::d", "x"]
    assert column(cut(text("a::b::c"), "2-", separator="::")) == ["b::c"]


def test_characters_are_cut_by_position():
    assert column(cut(text("héllo", "hi"), "2-3", by="characters")) == ["él", "i"]
    assert column(cut(text("hello"), "-1", by="characters")) == ["o"]


@pytest.mark.parametrize("fields", ["0", "3-2", "1,0", "-0"])
def test_fields_that_make_no_sense_are_refused(fields):
    with pytest.raises(ToolFailed, match="names no field"):
        cut(text("a"), fields)


def test_only_the_matching_parts_are_extracted():
    assert column(extract_text(text("a1b22", "none", "3"), "[0-9]+")) == ["1", "22", "3"]
    assert column(extract_text(text("key=value; k=v"), r"(\w+)=")) == ["key", "k"]
    assert column(extract_text(text("key=value; k=v"), r"(\w+)=(\w+)")) == ["key\tvalue", "k\tv"]
    assert column(extract_text(text("ABC"), "b", ignore_case=True)) == ["B"]


def test_a_replacement_may_name_groups_when_it_is_a_pattern():
    assert column(replace(text("a-b"), r"(\w)-(\w)", r"\2-\1", regex=True)) == ["b-a"]
    assert column(replace(text("a.a"), "a", r"\1", first_only=True)) == [r"\1.a"]
    assert column(replace(text("Aa"), "a", "x", ignore_case=True)) == ["xx"]


@pytest.mark.parametrize(("old", "new"), [("a", r"\1"), ("a", r"\g<x>"), ("(", "b")])
def test_a_broken_pattern_or_replacement_is_refused_before_anything_is_read(old, new):
    with pytest.raises(ToolFailed):
        replace(stream(["x"]), old, new, regex=True)


def test_nothing_cannot_be_replaced():
    with pytest.raises(ToolFailed, match="there is nothing to replace"):
        replace(text("a"), "")


def test_lines_are_split_into_words_and_joined_a_few_at_a_time():
    assert column(split(text("a  b", "", "\tc "))) == ["a", "b", "c"]
    assert column(join_lines(text("a", "b", "c"), "-", every=2)) == ["a-b", "c"]
    assert column(join_lines(text())) == []


def test_an_empty_separator_is_refused():
    with pytest.raises(ToolFailed, match="the separator is empty"):
        split(text("a"), "")


def test_lines_are_trimmed_on_the_side_asked_for():
    assert [column(trim(text(" a\t"), side=side)) for side in ("both", "left", "right")] == [["a"], ["a\t"], [" a"]]


def test_lines_are_numbered_and_changed_in_case():
    assert column(number_lines(text("a", "b"), 9)) == ["9\ta", "10\tb"]
    assert column(lower(upper(text("straße é")))) == ["strasse é"]


def test_text_is_measured_as_wc_does():
    rows = ["héllo wörld", "", "a"]
    counts = [listed(measure(stream(rows), what)) for what in ("lines", "words", "characters", "bytes")]
    assert counts == [[(3,)], [(3,)], [(15,)], [(17,)]]


def test_bytes_that_are_no_text_are_counted_as_bytes():
    assert listed(measure(text("\udcff"), "bytes")) == [(2,)]


def test_the_spaces_of_short_lines_survive_wrapping():
    assert column(wrap(text("  a  b", "one two three"), 8)) == ["  a  b", "one two", "three"]


def test_a_width_below_one_is_refused():
    with pytest.raises(ToolFailed, match="a line cannot be 0 characters wide"):
        wrap(text("a"), 0)


def test_notes_and_title_are_passed_on():
    rows = Text((Column("line"),), [("a",)], ["1 folder could not be read"], "a.txt")
    result = upper(rows)
    assert (result.notes, result.title) == (rows.notes, "a.txt")
