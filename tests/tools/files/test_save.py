"""save: what a pipe brought, as a plain file."""

from __future__ import annotations

from pathlib import Path

import pytest

from llmsh.errors import ToolFailed
from llmsh.tools.files.save import save
from llmsh.types import LINE, Column, Effects, Number, Text
from tests.tools.files.acting import content, done, effects, names, piped


def test_files_are_saved_as_their_paths(tree: Path) -> None:
    assert done(save(piped("a.py", "sub/b.py"), "list.txt")) == [("list.txt", "saved", None)]
    assert content("list.txt") == "a.py\nsub/b.py\n"


def test_a_number_is_added_to_a_file(tree: Path) -> None:
    assert done(save(Number((Column("value"),), [(3.0,)]), "todo.txt", append=True)) == [("todo.txt", "appended", None)]
    assert content("todo.txt") == "one\ntwo\nthree\n3\n"


def test_the_file_that_is_being_read_may_be_the_one_that_is_saved(tree: Path) -> None:
    def lines():
        with open("todo.txt", encoding="utf-8") as file:
            for line in file:
                yield (line.strip().upper(),)

    done(save(Text(LINE, lines()), "todo.txt"))
    assert content("todo.txt") == "ONE\nTWO\nTHREE\n"


def test_rows_that_fail_on_the_way_leave_the_old_file(tree: Path) -> None:
    def lines():
        yield ("x",)
        raise ToolFailed("the source broke")

    before = names()
    with pytest.raises(ToolFailed, match="the source broke"):
        done(save(Text(LINE, lines()), "todo.txt"))
    assert (content("todo.txt"), names()) == ("one\ntwo\nthree\n", before)


def test_what_is_replaced_is_declared(tree: Path) -> None:
    rows = piped("a.py")
    assert effects(save, rows, path="todo.txt") == Effects(writes=("todo.txt",), overwrites=("todo.txt",))
    assert effects(save, rows, path="todo.txt", append=True) == Effects(writes=("todo.txt",))
