from __future__ import annotations

import bz2
import gzip
import lzma
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmsh.errors import ToolFailed
from llmsh.tools.files.read import read
from tests.tools.files.running import firsts, run


def test_a_file_is_read_line_by_line_and_named_in_the_title(tree: Path) -> None:
    found = run('read("todo.txt")')
    assert (list(found.rows), found.title, found.notes) == ([("one",), ("two",), ("three",)], "todo.txt", [])


def test_several_files_are_read_one_after_the_other(tree: Path) -> None:
    assert firsts('read(["todo.txt", "numbers.txt"])') == ["one", "two", "three", "10", "2", "33", "4"]


def test_files_may_come_through_the_pipe(tree: Path) -> None:
    assert firsts('find_files("sub") | read()') == ["# TODO: tidy", "value = 1", "value = 2"]


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        ("first=2", ["one", "two"]), ("first=0", []), ("first=9", ["one", "two", "three"]),
        ("last=1", ["three"]), ("last=0", []), ("last=9", ["one", "two", "three"]),
        ('lines="2"', ["two"]), ('lines="2-3"', ["two", "three"]), ('lines="2-"', ["two", "three"]),
        ('lines="-2"', ["one", "two"]), ('lines="9-"', []), ('lines="3-1"', []), ('lines="0"', []),
        ("last=2, numbers=True", ["     2\ttwo", "     3\tthree"]),
        ('lines="3", numbers=True', ["     3\tthree"]),
    ],
)  # fmt: skip
def test_a_part_may_be_asked_for(tree: Path, option: str, expected: list[str]) -> None:
    assert firsts(f'read("todo.txt", {option})') == expected


def test_first_and_last_exclude_each_other(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="cannot be asked for together"):
        run('read("todo.txt", first=1, last=1)')


def test_the_end_of_a_large_file_is_read_from_its_end(tree: Path) -> None:
    with open("large.txt", "w", encoding="utf-8") as file:
        file.truncate(0)
        file.writelines(f"line {number} {'x' * 50}\n" for number in range(50_000))
    found = firsts('read("large.txt", last=3000)')
    assert (len(found), found[0], found[-1]) == (3000, f"line 47000 {'x' * 50}", f"line 49999 {'x' * 50}")


@settings(max_examples=80, deadline=None)
@given(st.text(st.sampled_from("ab é\r\n"), max_size=60), st.integers(0, 8))
def test_the_last_lines_are_the_end_of_all_lines(text: str, count: int) -> None:
    with tempfile.NamedTemporaryFile() as file:
        file.write(text.encode())
        file.flush()
        every = list(read(None, (file.name,)).rows)
        assert list(read(None, (file.name,), last=count).rows) == (every[-count:] if count else [])


def test_line_ends_of_windows_are_line_ends(tree: Path) -> None:
    (tree / "dos.txt").write_bytes(b"one\r\ntwo\r\n")
    assert firsts('read("dos.txt")') == ["one", "two"]


def test_a_last_line_without_an_end_is_a_line(tree: Path) -> None:
    (tree / "cut.txt").write_bytes(b"one\ntwo")
    assert (firsts('read("cut.txt")'), firsts('read("cut.txt", last=1)')) == (["one", "two"], ["two"])


def test_an_empty_file_has_no_lines(tree: Path) -> None:
    assert (firsts('read("empty.txt")'), firsts('read("empty.txt", last=3)')) == ([], [])


def test_bytes_that_are_no_utf8_survive(tree: Path) -> None:
    (tree / "latin.txt").write_bytes(b"caf\xe9\n")
    (line,) = firsts('read("latin.txt")')
    assert str(line).encode("utf-8", "surrogateescape") == b"caf\xe9"


def test_text_with_a_byte_order_mark_is_read(tree: Path) -> None:
    (tree / "marked.txt").write_bytes(b"\xef\xbb\xbfone\ntwo\n")
    (tree / "wide.txt").write_bytes("one\ntwo\n".encode("utf-16"))
    assert firsts('read("marked.txt")') == ["one", "two"]
    assert firsts('read("marked.txt", last=1)') == ["two"]
    assert (firsts('read("wide.txt")'), firsts('read("wide.txt", last=1)')) == (["one", "two"], ["two"])


@pytest.mark.parametrize("module", [gzip, bz2, lzma])
def test_compressed_text_is_unpacked(tree: Path, module) -> None:
    (tree / "packed").write_bytes(module.compress(b"one\ntwo\nthree\n"))
    assert firsts('read("packed")') == ["one", "two", "three"]
    assert firsts('read("packed", last=1)') == ["three"]


@pytest.mark.parametrize("module", [gzip, bz2, lzma])
def test_a_truncated_compressed_file_is_damaged(tree: Path, module) -> None:
    (tree / "packed").write_bytes(module.compress(os.urandom(50_000).hex().encode())[:-2000])
    with pytest.raises(ToolFailed, match="packed could not be read to its end"):
        run('read("packed")')


def test_bytes_that_are_no_text_are_refused_with_a_hint(tree: Path) -> None:
    with pytest.raises(ToolFailed) as failed:
        run('read("big.bin")')
    assert failed.value.message == "big.bin is not a text file"
    assert failed.value.hint == 'see what it is with file_type("big.bin")'


def test_an_archive_is_no_text_though_it_is_compressed(tree: Path) -> None:
    with pytest.raises(ToolFailed, match=r"archive\.tar\.gz is not a text file"):
        run('read("archive.tar.gz")')


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("sub", "sub is a folder, not a file"),
        ("nowhere.txt", r"there is no nowhere\.txt"),
        ("a.py/x", "there is no a.py/x"),
        ("/dev/zero", "/dev/zero is a device, not a file"),
        ("pipe", "pipe is a fifo, not a file"),
        ("lost", "lost is a link to gone, which is not there"),
        ("loop", "loop is a link that leads back to itself"),
    ],
)
def test_what_cannot_be_read_is_named_and_never_hangs(tree: Path, path: str, message: str) -> None:
    os.mkfifo("pipe")
    os.symlink("gone", "lost")
    os.symlink("loop", "loop")
    with pytest.raises(ToolFailed, match=message):
        run(f'read("{path}")')


def test_one_bad_file_among_several_is_a_note(tree: Path) -> None:
    found = run('read(["todo.txt", "big.bin", "nowhere"], first=1)')
    assert list(found.rows) == [("one",)]
    assert found.notes == ["there is no nowhere", "big.bin is not a text file"]


def test_nothing_to_read_is_an_error(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="there are no files to work on"):
        run("read()")


def test_a_link_to_a_file_is_read(tree: Path) -> None:
    assert firsts('read("link.txt", first=1)') == ["buy milk"]


def test_a_file_of_the_kernel_is_read_from_its_end_too(tree: Path) -> None:
    assert len(firsts('read("/proc/self/status", last=2)')) == 2
