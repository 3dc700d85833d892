from __future__ import annotations

import pytest

from llmsh.registry import Registry, derive
from llmsh.tools import built_in
from llmsh.tuning.tidy import tidied

REGISTRY = Registry(derive(function) for function in built_in())


@pytest.mark.parametrize(
    ("plan", "tidy"),
    [
        ('find_files("src/", kind="file", min_size="1M")', 'find_files("src", min_size="1M")'),
        ('find_files(kind="file", newer_than="1d")', 'find_files(kind="file", newer_than="1d")'),
        ('find_files(kind="folder", min_size="1M")', 'find_files(kind="folder", min_size="1M")'),
        ('find_files("/", content="image")', 'find_files("/", content="image")'),
        ('disk_usage("src/*/") | largest(2)', 'disk_usage("src/*/") | largest(2)'),
        ('disk_usage("src?/") | largest(2)', 'disk_usage("src?/") | largest(2)'),
        ('copy(["a/", "b"], to="new/")\nlast | count()', 'copy(["a", "b"], to="new/")\nlast | count()'),
        ('brew("tea/", kind="file", size="1M")', 'brew("tea/", kind="file", size="1M")'),
        ("no plan", "no plan"),
        ('read("a") | unique() | sort() | first(2)', 'read("a") | sort() | unique() | first(2)'),
        ('read("a") | unique() | sort("size")', 'read("a") | unique() | sort("size")'),
    ],
)
def test_a_plan_is_written_in_one_way(plan: str, tidy: str) -> None:
    assert tidied(plan, REGISTRY) == tidy


@pytest.mark.parametrize("plan", [example.plan for tool in REGISTRY for example in tool.examples])
def test_a_tidy_plan_stays_as_it_is(plan: str) -> None:
    assert tidied(tidied(plan, REGISTRY), REGISTRY) == tidied(plan, REGISTRY)
