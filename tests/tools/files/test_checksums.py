from __future__ import annotations

import hashlib
import os

import pytest

from llmsh.errors import ToolFailed
from llmsh.plain import plain_lines
from llmsh.tool import MARK
from llmsh.tools.files.check_checksums import check_checksums
from llmsh.tools.files.checksum import checksum
from llmsh.tools.files.find_duplicates import find_duplicates
from llmsh.types import Effects, Files, Table
from tests.tools.rows.values import column, files, listed


def write(path: str, data: bytes) -> None:
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)


@pytest.mark.parametrize("kind", ["md5", "sha1", "sha256", "sha512"])
def test_checksums_are_those_of_the_bytes(tree, kind):
    with open("big.bin", "rb") as file:
        expected = hashlib.new(kind, file.read()).hexdigest()
    result = checksum(paths=("big.bin",), kind=kind)
    assert (type(result), listed(result)) == (Table, [(expected, "big.bin")])


def test_a_missing_file_among_several_is_a_note(tree):
    result = checksum(files("src", "a.py"), ("gone",))
    assert [row[1] for row in result.rows] == ["a.py"]
    assert result.notes == ["1 folder was passed over", "there is no gone"]


def test_a_missing_file_alone_is_an_error(tree):
    with pytest.raises(ToolFailed, match="there is no gone"):
        listed(checksum(paths=("gone",)))


def test_a_folder_alone_is_an_error(tree):
    with pytest.raises(ToolFailed, match="src is a folder, not a file"):
        listed(checksum(paths=("src",)))


def test_a_name_that_is_no_text_has_a_checksum_too(tree):
    name = os.fsdecode(b"bad\xff.txt")
    write(name, b"")
    assert column(checksum(paths=(name,), kind="md5")) == ["d41d8cd98f00b204e9800998ecf8427e"]


def test_saved_checksums_are_checked(tree):
    write("SUMS", "".join(f"{line}\n" for line in plain_lines(checksum(paths=("a.py", "todo.txt")))).encode())
    write("a.py", b"changed")
    assert listed(check_checksums("SUMS")) == [("a.py", False), ("todo.txt", True)]


def test_every_form_of_a_list_is_read(tree):
    write("in/x", b"abc")
    write("in/new\nline", b"abc")
    md5, sha1 = (hashlib.new(kind, b"abc").hexdigest() for kind in ("md5", "sha1"))
    lines = [
        f"{md5}  x",
        f"{sha1.upper()} *x",
        f"SHA1 (x) = {sha1}",
        f"\\{md5}  new\\nline",
        "# a comment",
        f"{md5}  gone",
    ]
    write("in/SUMS", "\n".join(lines).encode())
    result = check_checksums("in/SUMS")
    assert listed(result) == [
        ("in/x", True), ("in/x", True), ("in/x", True), ("in/new\nline", True), ("gone", False),
    ]  # fmt: skip
    assert result.notes == ["there is no gone"]


def test_a_list_without_checksums_is_refused(tree):
    with pytest.raises(ToolFailed, match=r"notes\.txt holds no checksums"):
        check_checksums("notes.txt")


def test_checking_declares_the_folders_it_may_read_in():
    effects = getattr(check_checksums, MARK).effects
    assert effects(path="in/SUMS") == Effects(reads=("in/SUMS", "in", "."))


def test_duplicates_come_in_groups_the_largest_first(tree):
    os.makedirs("d")
    for path, data in (
        ("d/a", b"x" * 9000 + b"1"), ("d/b", b"x" * 9000 + b"2"), ("d/c", b"x" * 9000 + b"1"), ("d/e/f", b"small"),
        ("d/g", b"small"), ("d/h", b"smalL"), ("d/empty", b""), ("d/empty2", b""),
    ):  # fmt: skip
        write(path, data)
    result = find_duplicates("d")
    assert type(result) is Files
    assert listed(result) == [("d/a", 9001, 1), ("d/c", 9001, 1), ("d/g", 5, 2), ("d/e/f", 5, 2)]
    assert column(find_duplicates("d", extra_only=True)) == ["d/c", "d/e/f"]
    assert column(find_duplicates("d", min_size="1K")) == ["d/a", "d/c"]
    assert column(find_duplicates("d", name=("g", "f"))) == ["d/g", "d/e/f"]


def test_links_and_hard_links_are_no_duplicates(tree):
    write("d/a", b"data")
    os.link("d/a", "d/b")
    os.symlink("a", "d/c")
    assert listed(find_duplicates("d")) == []


def test_a_fifo_among_the_files_does_not_hang_the_search(tree):
    os.makedirs("d")
    os.mkfifo("d/pipe")
    assert listed(find_duplicates("d")) == []


def test_a_folder_that_is_none_is_named(tree):
    with pytest.raises(ToolFailed, match=r"a\.py is not a folder"):
        find_duplicates("a.py")
    with pytest.raises(ToolFailed, match="there is no nowhere"):
        find_duplicates("nowhere")


def test_of_one_file_the_others_with_its_content_come_and_not_itself(tree):
    for name, content in (("a", "x" * 5000), ("b", "x" * 5000), ("e/c", "x" * 5000), ("d", "x" * 4999 + "y")):
        path = tree / "of" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    (tree / "of/link").hardlink_to(tree / "of/a")
    assert column(find_duplicates("of", of="of/a")) == ["of/b", "of/e/c"]
    assert column(find_duplicates("of", of="of/d")) == []
    assert column(find_duplicates("of/e", of="of/a")) == ["of/e/c"]
    with pytest.raises(ToolFailed, match=r"there is no nope"):
        find_duplicates("of", of="nope")
