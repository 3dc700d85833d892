"""What a follow-up in training is shown of the result before it."""

from __future__ import annotations

from random import Random

import pytest

from llmsh.check import check
from llmsh.plan import parse
from llmsh.tuning.context import columns_here, result_rows, result_type
from llmsh.tuning.generate import shipped_registry
from llmsh.tuning.slots import Slots


@pytest.fixture(scope="module")
def registry():
    return shipped_registry()


def firsts(plan, registry):
    bound = check(parse(plan), registry)
    return [row[0] for row in result_rows(result_type(bound), bound, Slots.load(), Random(3)).rows]


@pytest.mark.parametrize(
    ("plan", "left"),
    [
        ('copy("notes.txt", to="backup.txt")', ["backup.txt"]),
        ('copy("src/a.py", to="old")', ["old/a.py"]),
        ('move("notes.txt", to="docs/")', ["docs/notes.txt"]),
        ('rename("docs/a.md", to="b.md")', ["docs/b.md"]),
        ('archive("src", to="src.zip")', ["src.zip"]),
        ('restore("todo.txt")', ["todo.txt"]),
        ('delete("todo.txt")', ["todo.txt"]),
    ],
)
def test_what_a_plan_made_is_shown_at_its_new_place(plan, left, registry):
    assert firsts(plan, registry) == left


def test_the_first_line_of_a_file_is_one_row(registry):
    counts = {len(firsts(plan, registry)) for plan in ('read("a.txt", first=1)', 'read("a.txt", last=1)')}
    assert counts == {1}


def shown(plan, request, registry, seed=1):
    bound = check(parse(plan), registry)
    return columns_here(bound, request, Slots.load(), Random(seed))


def test_the_columns_that_a_plan_speaks_of_are_among_those_of_the_table(registry):
    plan = 'read("a.csv") | table() | where("age", ">", "3") | select(["name", "city"])'
    columns = [shown(plan, "name and city by age in a.csv", registry, seed) for seed in range(40)]
    assert any(not found for found in columns)
    assert all({"age", "name", "city"} < {*found["a.csv"]} for found in columns if found)
    assert all(shown(plan, "who in a.csv is older", registry, seed) for seed in range(40))
    assert len({found["a.csv"] for found in columns if found}) > 10


def test_whatever_is_done_with_tables_their_columns_are_known(registry):
    found = [
        shown('join_files(["a.csv", "b.json"], to="c.csv")', "a.csv and b.json", registry, seed) for seed in range(40)
    ]
    assert {"a.csv", "b.json"} == {name for columns in found for name in columns}


@pytest.mark.parametrize(
    ("plan", "request_"),
    [
        ('read("a.csv") | table()', "the table"),
        ('read("a.txt") | sort()', "sort a.txt"),
        ('find_files(name="*.csv")', "where are the *.csv"),
    ],
)
def test_no_columns_are_shown_of_what_is_no_table_that_is_named(plan, request_, registry):
    assert [shown(plan, request_, registry, seed) for seed in range(10)] == [{}] * 10
