"""Paths that lost a part on their way from the request into the plan."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsh.check import check
from llmsh.mending import mended
from llmsh.plan import parse
from llmsh.registry import Registry, derive
from llmsh.tools import built_in

TOOLS = Registry(derive(function) for function in built_in())


def read(plan: str, request: str) -> str:
    found = mended(check(parse(plan), TOOLS), request)
    return plan if found is None else check(found, TOOLS).text


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("data/2024", "docs", "out"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("data/2024/sales.csv", "docs/list.txt", "docs/ReadMe.md", "docs/twin.a", "docs/twin.b", "top.txt"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("request_", "plan", "meant"),
    [
        ("copy docs/list.txt into out", 'copy("list.txt", to="out")', 'copy("docs/list.txt", to="out")'),
        ("{0}/data/2024/sales.csv的前3行", 'read("data/sales.csv")', 'read("{0}/data/2024/sales.csv")'),
        ("copy {0}/docs to {0}/docs-copy", 'copy("{0}/docs", to="docs-copy")', 'copy("{0}/docs", to="{0}/docs-copy")'),
        ("how many files are below {0}/data/2024?", 'find_files("{0}/data")', 'find_files("{0}/data/2024")'),
        ("show the last lines of top.txt", 'read("logs/top.txt", last=2)', 'read("top.txt", last=2)'),
        ("mov top.txt into teh docs foldr", 'move("docs/top.txt", to="docs")', 'move("top.txt", to="docs")'),
        ("move data/2024 into out", 'move("out/data/2024", to="out")', 'move("data/2024", to="out")'),
        ("readme of docs", 'read("docs/readme", first=3)', 'read("docs/ReadMe.md", first=3)'),
        ("words of the readme in docs", 'count_text("docs/README")', 'count_text("docs/ReadMe.md")'),
        ("csv files outside data", 'find_files("data", name="*.csv", exclude="data")',
         'find_files(name="*.csv", exclude="data")'),
    ],
)  # fmt: skip
def test_the_path_that_was_said_is_taken(tree: Path, request_: str, plan: str, meant: str) -> None:
    here = str(tree)
    assert read(plan.replace("{0}", here), request_.replace("{0}", here)) == meant.replace("{0}", here)


@pytest.mark.parametrize(
    ("request_", "plan"),
    [
        ("copy docs/list.txt here", 'copy("docs/list.txt", to=".")'),
        ("files in data but not in data/2024", 'find_files("data", exclude="data/2024")'),
        ("what is beside {0}/data/2024/sales.csv", 'list_files("{0}/data/2024")'),
        ("copy docs/list.txt and data/2024/list.txt", 'copy("list.txt", to="out")'),
        ("copy {0}/docs to {0}/docs-copy", 'copy("{0}/docs", to="x/docs-copy")'),
        ("rename docs/list.txt to new.txt", 'rename("docs/list.txt", to="new.txt")'),
        ("read list.txt", 'read("list.txt")'),
        ("stop what is on port 8080", "processes(port=8080) | stop()"),
        ("read top.txt in docs", 'read("docs/top.txt")'),
        ("read top.txt in my doc folder", 'read("docs/top.txt")'),
        ("read the top.txt of x/docs", 'read("docs/top.txt")'),
        ("delete top.txt in my home folder", 'delete("~/top.txt")'),
        ("write hi to top.txt in the temp folder", 'write("/tmp/gone/top.txt", "hi")'),
        ("delete the top.txt above", 'delete("../top.txt")'),
        ("delete top.txt there too", 'delete("src/top.txt")'),
        ("read the top.txt above", 'read("../top.txt")'),
        ("read top.txt of the home", 'read("~/top.txt")'),
        ("delete all in the twin folder", 'find_files("read") | delete()'),
        ("delete the tmp files outside data", 'find_files("data", name="*.tmp", exclude="data") | delete()'),
        ("find all in the README folder", 'find_files("docs/readme")'),
        ("write a readme in docs", 'write("docs/readme", "x")'),
        ("delete the readme of docs", 'delete("docs/readme")'),
        ("read the twin in docs", 'read("docs/twin")'),
        ("make a folder readme in docs", 'make_folder("docs/readme")'),
        ("copy top.txt to docs", 'copy("top.txt", to="docs/top.txt")'),
        ("delete everything but {0}/data/2024", 'find_files("{0}/data", exclude="2024") | delete()'),
        ("is there a {0}/data/new.txt?", 'find_files("{0}/data", name="new.txt")'),
        ("把 top.txt 移动到 {0}/out/里面", 'move("top.txt", to="{0}/out")'),
        ("files in data but not in 2024", 'find_files("data", exclude="2024")'),
    ],
)
def test_what_was_said_or_may_be_meant_is_left_alone(tree: Path, request_: str, plan: str) -> None:
    here = str(tree)
    assert read(plan.replace("{0}", here), request_.replace("{0}", here)) == plan.replace("{0}", here)


@given(st.lists(st.sampled_from(["a", "b", "docs/list.txt", "/x/y", "to", "文档/甲.txt"]), max_size=6))
def test_a_path_that_was_said_is_never_changed(words: list[str]) -> None:
    for word in words:
        assert read(f'read("{word}")', " ".join(words)) == f'read("{word}")'


@pytest.fixture
def home(tree: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder elsewhere, with the folders of a desktop."""
    folder = tmp_path_factory.mktemp("home")
    for name in ("Downloads", "桌面", "Bilder"):
        (folder / name).mkdir(parents=True)
    (folder / ".config").mkdir()
    (folder / ".config/user-dirs.dirs").write_text(
        'XDG_PICTURES_DIR="$HOME/Bilder"\nXDG_MUSIC_DIR="$HOME/gone"\nXDG_VIDEOS_DIR="$HOME/"\n'
    )
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return folder


@pytest.mark.parametrize(
    ("plan", "meant"),
    [
        ('find_files("my downloads", kind="file")', 'find_files("~/Downloads", kind="file")'),
        ('list_files("下载/2024")', 'list_files("~/Downloads/2024")'),
        ('move("docs/list.txt", to="desktop")', 'move("docs/list.txt", to="~/桌面")'),
        ('list_files("Pictures")', 'list_files("~/Bilder")'),
        ('list_files("music")', 'list_files("music")'),
        ('list_files("~/Desktop")', 'list_files("~/桌面")'),
        ('list_files("~/Downloads/2024")', 'list_files("~/Downloads/2024")'),
        ('copy("docs/list.txt", to="~/Pictures")', 'copy("docs/list.txt", to="~/Bilder")'),
        ('find_files("my downloads/2024") | delete()', 'find_files("~/Downloads/2024") | delete()'),
        ('list_files("docs")', 'list_files("docs")'),
        ('list_files("~/Videos")', 'list_files("~/Videos")'),
    ],
)
def test_a_word_for_a_folder_of_the_user_is_that_folder(home: Path, plan: str, meant: str) -> None:
    assert read(plan, "what the request says does not matter here") == meant


def test_a_folder_of_that_name_here_is_meant_first(home: Path, tree: Path) -> None:
    (tree / "downloads").mkdir()
    assert read('list_files("downloads")', "what is in downloads") == 'list_files("downloads")'


@pytest.mark.parametrize(
    "plan",
    [
        'make_folder("music")', 'make_folder("downloads")', 'rename("docs/list.txt", to="desktop")',
        'write("downloads", "x")', 'delete("~/Pictures")', 'make_folder("music/2024")', 'delete("downloads/a.txt")',
        'write("~/Pictures/a.txt", "x")', 'delete("~/Music/*")',
        'archive("docs", to="downloads")', 'touch("desktop")',
    ],
)  # fmt: skip
def test_what_is_to_be_made_here_is_made_here(home: Path, plan: str) -> None:
    assert read(plan, "make it") == plan


def test_files_of_a_pipe_go_into_the_folder_of_the_user(home: Path) -> None:
    plan = 'find_files("docs", name="*.txt") | copy(to="desktop")'
    assert read(plan, "copy the texts to my desktop") == 'find_files("docs", name="*.txt") | copy(to="~/桌面")'
