"""Which examples are near to a request."""

from __future__ import annotations

import pytest

from llmsh.registry import Registry, derive
from llmsh.retrieval import Retriever, features
from llmsh.tool import Example
from llmsh.tools import built_in

SMALL = Retriever(
    [
        (Example("list the python files", 'find_files(name="*.py")'), "find_files"),
        (Example("delete a.txt", 'delete("a.txt")'), "delete"),
        (Example("删除 a.txt", 'delete("a.txt")'), "delete"),
        (Example("how much memory is free", "memory()"), "memory"),
    ]
)


def test_the_nearest_example_comes_first() -> None:
    assert [found.plan for found in SMALL.nearest("how much free memory", 1)] == ["memory()"]


def test_other_names_and_numbers_do_not_make_a_request_another() -> None:
    assert features("delete a.txt") == features("delete /tmp/long-name.txt")


def test_a_plan_is_shown_once_however_many_requests_it_has() -> None:
    plans = [found.plan for found in SMALL.nearest("delete 删除 b.txt", 4)]
    assert plans.count('delete("a.txt")') == 1


def test_chinese_beside_a_file_name_is_read() -> None:
    assert "删" in features("删除a.txt吧")


def test_a_request_with_nothing_in_common_finds_nothing() -> None:
    assert SMALL.nearest("qqq zzz", 3) == []


@pytest.mark.parametrize(
    ("request_text", "tool"),
    [
        ("which process uses the most memory?", "processes"),
        ("how many lines are in notes.txt", "count_text"),
        ("把notes.txt复制到backup.txt", "copy"),
        ("kill firefox", "stop"),
        ("what is my ip address", "network_interfaces"),
    ],
)
def test_ordinary_requests_find_their_tool(request_text: str, tool: str) -> None:
    retriever = Retriever.of(Registry(derive(function) for function in built_in()))
    assert any(found.plan.startswith(f"{tool}(") for found in retriever.nearest(request_text, 4))


def test_a_request_that_names_a_file_is_not_shown_how_to_ask_for_one() -> None:
    retriever = Retriever.of(Registry(derive(function) for function in built_in()))
    assert [found.plan for found in retriever.nearest("delete todo.txt", 6) if found.plan.startswith("ask(")] == []
    assert [found.plan for found in retriever.nearest("delete it", 6) if found.plan.startswith("ask(")] != []


def test_an_example_that_starts_from_what_is_not_there_is_left_out() -> None:
    retriever = Retriever.of(Registry(derive(function) for function in built_in()))
    assert [
        found.plan for found in retriever.nearest("sort the piped input", 6) if found.plan.startswith("stdin")
    ] != []
    found = retriever.nearest("sort the piped input", 6, ("stdin", "last"))
    assert [example.plan for example in found if example.plan.startswith(("stdin", "last"))] == []
