"""make_link: links to files and folders."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from llmsh.errors import ToolFailed
from llmsh.tools.files.make_link import make_link
from llmsh.types import Effects
from tests.tools.files.acting import content, done, effects


def test_a_link_in_another_folder_leads_to_what_was_named_from_here(tree: Path) -> None:
    assert effects(make_link, target="src/main.py", link="docs") == Effects(writes=("docs/main.py",))
    assert done(make_link("src/main.py", "docs")) == [("docs/main.py", "linked", "src/main.py")]
    assert os.readlink("docs/main.py") == "../src/main.py"


def test_a_link_here_keeps_the_target_as_written(tree: Path) -> None:
    done(make_link("src/main.py"))
    assert os.readlink("main.py") == "src/main.py"


def test_an_absolute_target_stays_absolute(tree: Path) -> None:
    done(make_link(f"{tree}/a.py", "new/l"))
    assert os.readlink("new/l") == f"{tree}/a.py"


def test_a_hard_link_is_the_same_file(tree: Path) -> None:
    assert effects(make_link, target="a.py", link="b", hard=True) == Effects(reads=("a.py",), writes=("b",))
    done(make_link("a.py", "b", hard=True))
    assert os.path.samefile("a.py", "b")


def test_a_link_that_leads_nowhere_is_made_and_noted(tree: Path) -> None:
    result = make_link("later.txt", "l")
    assert (done(result), result.notes) == (
        [("l", "linked", "later.txt")], ["there is no later.txt: the link leads nowhere yet"],
    )  # fmt: skip


def test_what_is_there_is_not_replaced(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="todo.txt exists already"):
        done(make_link("a.py", "todo.txt"))
    assert content("todo.txt") == "one\ntwo\nthree\n"


@pytest.mark.parametrize(("target", "message"), [("docs", "docs is a folder"), ("nope", "there is no nope")])
def test_a_hard_link_needs_a_file(tree: Path, target: str, message: str) -> None:
    with pytest.raises(ToolFailed, match=message):
        done(make_link(target, "l", hard=True))
