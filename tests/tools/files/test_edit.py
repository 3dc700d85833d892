"""edit: text in files, replaced."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from llmsh.errors import ToolFailed
from llmsh.tools.files.edit import edit
from llmsh.types import Diff, Effects
from tests.tools.files.acting import content, done, effects, piped


def lines(result: Diff) -> list[object]:
    return [row[0] for row in done(result)]


def test_text_is_replaced_everywhere_and_the_difference_shown(tree: Path) -> None:
    assert effects(edit, paths=("names.txt",), old="bob") == Effects(writes=("names.txt",))
    assert lines(edit(paths=("names.txt",), old="bob", new="Bob")) == [
        "--- names.txt", "+++ names.txt", "@@ -1,7 +1,7 @@", " carol", " alice", "-bob", "+Bob", " alice", " dave",
        "-bob", "+Bob", " alice",
    ]  # fmt: skip
    assert content("names.txt") == "carol\nalice\nBob\nalice\ndave\nBob\nalice\n"


@pytest.mark.parametrize(
    ("how", "text"),
    [
        ({"old": "TWO", "new": "2", "ignore_case": True}, "one\n2\nthree\n"),
        ({"old": "o", "new": "0", "first_only": True}, "0ne\ntwo\nthree\n"),
        ({"old": r"^(\w)(\w+)$", "new": r"\2\1", "regex": True}, "neo\nwot\nhreet\n"),
        ({"old": "e\nt", "new": "e-t"}, "one-two\nthree\n"),
        ({"old": "two\n"}, "one\nthree\n"),
        ({"old": "two", "new": r"\1 \n"}, "one\n\\1 \\n\nthree\n"),
    ],
)
def test_each_way_of_replacing(tree: Path, how: dict[str, object], text: str) -> None:
    edit(paths=("todo.txt",), **how)  # type: ignore[arg-type]
    assert content("todo.txt") == text


def test_line_ends_mode_and_odd_bytes_stay(tree: Path) -> None:
    Path("dos.txt").write_bytes(b"a\r\nb\xff\r\nc")
    Path("dos.txt").chmod(0o640)
    assert lines(edit(paths=("dos.txt",), old="a\nb", new="x\ny")) == [
        "--- dos.txt", "+++ dos.txt", "@@ -1,3 +1,3 @@", "-a", "-b\udcff", "+x", "+y\udcff", " c",
        "\\ No newline at end of file",
    ]  # fmt: skip
    assert (Path("dos.txt").read_bytes(), os.stat("dos.txt").st_mode & 0o777) == (b"x\r\ny\xff\r\nc", 0o640)


def test_mixed_line_ends_are_left_as_they_are(tree: Path) -> None:
    Path("mixed.txt").write_bytes(b"a\r\nb\nc\r")
    edit(paths=("mixed.txt",), old="b", new="B")
    assert Path("mixed.txt").read_bytes() == b"a\r\nB\nc\r"


def test_a_link_is_written_through(tree: Path) -> None:
    assert effects(edit, paths=("link.txt",), old="x") == Effects(writes=(os.path.realpath("notes.txt"),))
    edit(paths=("link.txt",), old="milk", new="bread")
    assert (os.path.islink("link.txt"), content("notes.txt")[:9]) == (True, "buy bread")


def test_text_that_is_not_there_is_an_error(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="'nope' is not in todo.txt"):
        edit(paths=("todo.txt",), old="nope")
    with pytest.raises(ToolFailed, match="'nope' is not in any of the 2 files"):
        edit(paths=("todo.txt", "a.py"), old="nope")


def test_files_that_cannot_be_edited_are_noted_and_the_others_go_on(tree: Path) -> None:
    os.mkfifo("pipe")
    result = edit(piped("todo.txt", "big.bin", "docs", "pipe"), old="one", new="1")
    assert result.notes == [
        "big.bin is no text file", "docs is a folder", "pipe is a device, pipe or socket, not a file",
    ]  # fmt: skip
    assert content("todo.txt") == "1\ntwo\nthree\n"


@pytest.mark.parametrize(
    ("text", "new", "expected"),
    [
        ("[a]\ntimeout = 30 ; s\nretries = 30\n", "60", "[a]\ntimeout = 60 ; s\nretries = 30\n"),
        ('{\n  "timeout": 30,\n  "timeouts": 30\n}\n', "60", '{\n  "timeout": 60,\n  "timeouts": 30\n}\n'),
        ('{"a": 1, "timeout": "30", "b": [30]}', "60", '{"a": 1, "timeout": "60", "b": [30]}'),
        ('{"timeout": 30}', "off", '{"timeout": "off"}'),
        (
            "web:\n  timeout: 30  # seconds\n  x_timeout: 30\n",
            "60",
            "web:\n  timeout: 60  # seconds\n  x_timeout: 30\n",
        ),
        ("- timeout: 3\n", "60", "- timeout: 60\n"),
        ("export timeout='30'\n#timeout=30\n", "60", "export timeout='60'\n#timeout=30\n"),
        ("timeout=\nx=1\n", "60", "timeout=60\nx=1\n"),
        ("timeout = a, b # c\n", r"\1 d", "timeout = \\1 d # c\n"),
        ("timeout 30;\n", "60", "timeout 60;\n"),
        ("no timeout here\ntimeout: 30\ntimeout is 30\n", "60", "no timeout here\ntimeout: 60\ntimeout is 30\n"),
    ],
)
def test_the_value_of_a_key_is_replaced_and_nothing_else(tree: Path, text: str, new: str, expected: str) -> None:
    Path("settings").write_text(text, encoding="utf-8")
    assert effects(edit, paths=("settings",), key="timeout", new=new) == Effects(writes=("settings",))
    edit(paths=("settings",), key="timeout", new=new)
    assert content("settings") == expected


def test_with_its_old_value_a_key_is_changed_only_where_it_has_that(tree: Path) -> None:
    Path("settings").write_text("[a]\nport = 80\n[b]\nport = 8080\n[c]\nPORT='80'\n", encoding="utf-8")
    edit(paths=("settings",), key="port", old="80", new="90")
    assert content("settings") == "[a]\nport = 90\n[b]\nport = 8080\n[c]\nPORT='80'\n"
    edit(paths=("settings",), key="port", new="1", ignore_case=True, first_only=True)
    edit(paths=("settings",), key="port", old="8.*", new="2", regex=True, ignore_case=True)
    assert content("settings") == "[a]\nport = 1\n[b]\nport = 2\n[c]\nPORT='2'\n"


@pytest.mark.parametrize("text", ["timeout:\n  a: 1\n", '"timeout": {"a": 1}\n', "# timeout = 30\n", "timeouts = 30\n"])
def test_a_key_without_a_plain_value_is_an_error(tree: Path, text: str) -> None:
    Path("settings").write_text(text, encoding="utf-8")
    with pytest.raises(ToolFailed, match="the setting timeout is not in settings"):
        edit(paths=("settings",), key="timeout", new="60")
    with pytest.raises(ToolFailed, match="the setting timeout with the value '5' is not in settings"):
        edit(paths=("settings",), key="timeout", old="5", new="60")
    assert content("settings") == text


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"old": "(", "regex": True}, r"\( is no regular expression"),
        ({"old": "one", "new": r"\7", "regex": True}, r"does not fit the regular expression"),
        ({"old": ""}, "edit needs the text to replace"),
    ],
)
def test_what_cannot_be_meant_is_named_and_the_file_stays(tree: Path, how: dict[str, object], message: str) -> None:
    with pytest.raises(ToolFailed, match=message):
        edit(paths=("todo.txt",), **how)  # type: ignore[arg-type]
    assert content("todo.txt") == "one\ntwo\nthree\n"


def test_a_locked_folder_keeps_its_file(locked: Path) -> None:
    with pytest.raises(ToolFailed, match="cannot edit locked/kept.txt: permission denied"):
        edit(paths=("locked/kept.txt",), old="kept", new="lost")
    assert content("locked/kept.txt") == "kept\n"


def test_an_empty_pipe_edits_nothing(tree: Path) -> None:
    assert lines(edit(piped(), old="x")) == []
