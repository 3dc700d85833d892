"""Paths that a request names and its plan does not speak of."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsh.check import BoundPlan, check
from llmsh.errors import PlanError
from llmsh.left_out import left_out
from llmsh.plan import parse, print_argument
from llmsh.registry import Registry, derive
from llmsh.tools import built_in
from llmsh.types import Changes, Files, Number, Processes, Table, Text

REGISTRY = Registry(derive(function) for function in built_in())
EXAMPLES = [(example.request, example.plan) for tool in REGISTRY for example in tool.examples]


def found(plan: str, request: str) -> tuple[str, ...]:
    return left_out(bound(plan), request)


def bound(plan: str) -> BoundPlan:
    for last in (Files, Text, Number, Processes, Changes):
        with suppress(PlanError):
            return check(parse(plan), REGISTRY, last=last)
    return check(parse(plan), REGISTRY, last=Table)


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("docs", "src/old"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("docs/a.txt", "docs/b.txt", "top.txt", "src/old/main.c"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("request_", "plan", "names"),
    [
        ("is docs/a.txt the same as docs/b.txt?", 'read("docs/a.txt")', ("docs/b.txt",)),
        ("make /srv/x/2024 with its parents", 'make_folder("/srv/x")', ("/srv/x/2024",)),
        ("copy top.txt to ~/backup/", 'copy("top.txt", to="docs")', ("~/backup",)),
        ("把 top.txt 和 docs/a.txt 合成一个 all.txt", 'join_files(["docs/a.txt"], to="all.txt")', ("top.txt",)),
    ],
)
def test_a_path_that_the_plan_does_not_speak_of_is_left_out(request_: str, plan: str, names: tuple[str, ...]) -> None:
    assert found(plan, request_) == names


@pytest.mark.parametrize(
    ("request_", "plan"),
    [
        ("compare docs/a.txt and docs/b.txt", 'compare_files("docs/a.txt", "docs/b.txt")'),
        ("delete docs/a.txt and docs/b.txt.", 'delete("docs/*.txt")'),
        ("where is top.txt", 'find_files(name="top.txt")'),
        ("the c files below src/old, for example src/old/main.c", 'find_files("src/old", name="*.c")'),
        ("what is in docs/?", 'list_files("docs")'),
        ("how many words has `docs/a.txt`", 'run("wc -w docs/a.txt")'),
        ("files and/or folders, 24/7", "list_files()"),
        ("add all.txt with 'node.js' in it", 'write("all.txt", "node.js")'),
        ("name it new.md, as in old.md", 'last | rename(to="new.md")'),
        ("delete docs/a.txt", 'ask("Really?")'),
        ("fetch https://example.com/a/b.txt", 'fetch("https://example.com/a/b.txt")'),
        ("show what they hold, those of docs/a.txt", "last | read()"),
    ],
)
def test_what_is_spoken_of_in_any_way_is_not(request_: str, plan: str) -> None:
    assert found(plan, request_) == ()


def test_where_one_is_may_be_left_out(tree: Path) -> None:
    assert found("list_files()", f"what is in {tree}") == ()


def test_no_example_of_the_tools_leaves_anything_out() -> None:
    assert [(request, plan) for request, plan in EXAMPLES if found(plan, request)] == []


@given(st.lists(st.text("abcxyz_-.", min_size=1), min_size=1, max_size=4))
def test_an_absolute_path_in_the_plan_is_never_left_out(names: list[str]) -> None:
    path = "/" + "/".join(names)
    assert found(f"read({print_argument(path)})", f"please show me {path} now") == ()
