"""Paths that a request names and its plan does not speak of."""

from __future__ import annotations

import os
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
    for name in ("docs/a.txt", "docs/b.txt", "docs/数据", "top.txt", "src/old/main.c"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("request_", "plan", "names"),
    [
        ("is docs/a.txt the same as docs/b.txt?", 'read("docs/a.txt")', ("docs/b.txt",)),
        ("make /srv/x/2024 with its parents", 'make_folder("/srv/x")', ("/srv/x/2024",)),
        ("is /etc/hosts the same as /srv/hosts?", 'read("etc/hosts")', ("/etc/hosts", "/srv/hosts")),
        ("delete /srv/ab.txt and /srv/b.txt", 'delete("/srv/ab.txt")', ("/srv/b.txt",)),
        ("delete docs/a.txt", 'delete("docs")', ("docs/a.txt",)),
        ("delete docs/a.txt", 'delete("src/*")', ("docs/a.txt",)),
        ("删除 {0}/docs/数据", 'delete("{0}/docs")', ("{0}/docs/数据",)),
        ("显示 /etc/hosts的前三行", 'read("/etc/passwd", first=3)', ("/etc/hosts的前三行",)),
        ("copy top.txt to ~/backup/", 'copy("top.txt", to="docs")', ("~/backup",)),
        ("把 top.txt 和 docs/a.txt 合成一个 all.txt", 'join_files(["docs/a.txt"], to="all.txt")', ("top.txt",)),
    ],
)
def test_a_path_that_the_plan_does_not_speak_of_is_left_out(
    tree: Path, request_: str, plan: str, names: tuple[str, ...]
) -> None:
    plan, request_, *names_here = (text.replace("{0}", str(tree)) for text in (plan, request_, *names))
    assert found(plan, request_) == tuple(names_here)


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
        ("fetch https://example.com/docs", 'fetch("https://example.com")'),
        ("delete everything in docs/a.txt", 'delete("docs/*")'),
        ("显示 /etc/hosts的前三行", 'read("/etc/hosts", first=3)'),
        ("列出 /etc下的文件", 'list_files("/etc")'),
        ("把 top.txt 移动到 /srv/a/里面", 'move("top.txt", to="/srv/a")'),
        ("the folder that docs/a.txt is in", 'list_files("docs")'),
        ("make /srv/p/{src,docs}", 'make_folder(["/srv/p/src", "/srv/p/docs"])'),
        ("everything in /srv/a/*", 'find_files("/srv/a")'),
        ("which users are in /etc/passwd?", "users()"),
        ("how big is ~/Downloads", 'disk_usage("~/downloads")'),
        ("grep /err/i in top.txt", 'search("err", "top.txt", ignore_case=True)'),
        ("show /srv/my\\ docs/x.txt", 'read("/srv/my docs/x.txt")'),
        ("the conf files directly in /etc", 'delete("/etc/*.conf")'),
        ("files of /var with 'x' in them", 'run("find /var -name x")'),
        ("~/文档的changelog", 'read("~/文档/CHANGELOG*")'),
        ("show /a\0b", 'read("top.txt")'),
        ("show what they hold, those of docs/a.txt", "last | read()"),
    ],
)
def test_what_is_spoken_of_in_any_way_is_not(request_: str, plan: str) -> None:
    assert found(plan, request_) == ()


def test_without_a_working_folder_it_still_says_what_is_left_out(tree: Path) -> None:
    (tree / "gone").mkdir()
    os.chdir(tree / "gone")
    (tree / "gone").rmdir()
    assert found('read("/etc/passwd")', "show /etc/hosts") == ("/etc/hosts",)


def test_where_one_is_may_be_left_out(tree: Path) -> None:
    assert found("list_files()", f"what is in {tree}") == ()


def test_no_example_of_the_tools_leaves_anything_out() -> None:
    assert [(request, plan) for request, plan in EXAMPLES if found(plan, request)] == []


@given(st.lists(st.text("abcxyz_-.", min_size=1), min_size=1, max_size=4))
def test_an_absolute_path_in_the_plan_is_never_left_out(names: list[str]) -> None:
    path = "/" + "/".join(names)
    assert found(f"read({print_argument(path)})", f"please show me {path} now") == ()
