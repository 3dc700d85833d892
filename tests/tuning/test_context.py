"""What a follow-up in training is shown of the result before it."""

from __future__ import annotations

from random import Random

import pytest

from llmsh.check import check
from llmsh.plan import parse
from llmsh.tuning.context import result_rows, result_type
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
