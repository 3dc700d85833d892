from __future__ import annotations

from itertools import count, islice

import pytest

from llmsh.tools.fields import fields_of, sampled, separator_of
from llmsh.tools.rows.average import average
from llmsh.tools.rows.group import group
from llmsh.tools.rows.sort import sort
from llmsh.tools.rows.sum import sum as sum_of
from llmsh.tools.rows.unique import unique
from llmsh.tools.text.cut import cut
from llmsh.tools.text.table import table
from tests.tools.rows.values import column, listed, stream, text


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["a\tb c\t1", "x\ty z\t2"], "\t"),
        (["name,age", "Ann Lee,31", "", "Bob,25"], ","),
        (["a;b;1,5", "c;d;20"], ";"),
        (["a|b", "c|d"], "|"),
        (["root:x:0:0:root user:/root", "irc:x:39:39::/run"], ":"),
        (["port: 80", "host: example"], ":"),
        (['"Lee, Ann",31', "Bob,25"], ","),
    ],
)
def test_the_sign_that_cuts_every_line_into_as_many_fields_separates(lines, found):
    assert separator_of(lines) == found


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["one", "two three"],
        ["buy milk, eggs", "pay rent"],
        ["12:30:05 start", "12:30:09 stop now"],
        ["2026-01-02T12:30:05 start", "2026-01-02T12:30:09 stop now"],
        ["2026-01-02 12:30:05,123 INFO ready", "2026-01-02 12:30:05,999 ERROR no disk"],
        ['1.2.3.4 - - [10/Oct/2026:13:55:36 +0000] "GET / HTTP/1.1" 200', "::1 - - [10/Oct/2026:13:55:36 +0000] x"],
    ],
)
def test_white_space_separates_where_no_sign_does(lines):
    assert separator_of(lines) is None


def test_quotes_and_the_space_around_a_field_are_no_part_of_it():
    assert fields_of('"Lee, Ann" , 31', ",") == ["Lee, Ann", "31"]
    assert fields_of(" a  b ", None) == ["a", "b"]


def test_a_sample_takes_nothing_away_and_reads_no_further():
    head, everything = sampled(count())
    assert head == list(range(20))
    assert list(islice(everything, 25)) == list(range(25))


def test_cut_finds_the_separator():
    assert column(cut(stream(["name,age,city", "Ann Lee,31,Oslo"]), "1,-1")) == ["name,city", "Ann Lee,Oslo"]
    assert column(cut(text("root:x:0", "bin:x:1"), "1")) == ["root", "bin"]


def test_the_fields_of_lines_are_columns_of_theirs():
    lines = ["Ann Lee;3;x", "Bob;10;y", "Cid;3;x"]
    assert column(sort(stream(lines), "2")) == ["Ann Lee;3;x", "Cid;3;x", "Bob;10;y"]
    assert listed(sum_of(stream(lines), "2")) == [(16,)]
    assert listed(average(stream(lines), "2")) == [(16 / 3,)]
    assert listed(group(stream(lines), "3")) == [("x", 2), ("y", 1)]
    assert listed(group(stream(lines), "3", sum="2")) == [("x", 2, 6), ("y", 1, 10)]
    assert column(unique(stream(lines), "3")) == ["Ann Lee;3;x", "Bob;10;y"]


def test_a_table_looks_at_more_than_its_header():
    assert listed(table(text("a;b,c", "1;2", "3;4"))) == [(1, 2), (3, 4)]
