from __future__ import annotations

import os
import subprocess

import pytest
from hypothesis import strategies as st

from llmsh.errors import ToolFailed
from llmsh.tools.diffing import unified_diff
from llmsh.tools.files.compare_files import compare_files
from llmsh.tools.files.compare_folders import compare_folders
from llmsh.tools.files.compare_lines import compare_lines
from llmsh.types import Diff
from tests.tools.rows.values import column, drawn, listed

LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\n"]), max_size=12)


def patched(before: list[str], patch: list[str]) -> list[str]:
    """What a unified diff makes of the old lines; every context and removed line must be there."""
    result: list[str] = []
    position = 0
    for line in patch[2:]:
        if line.startswith("@@"):
            start = line.split()[1][1:].split(",")
            first = int(start[0]) - (0 if start[1:] == ["0"] else 1)
            result += before[position:first]
            position = first
        elif line[0] == "+":
            result.append(line[1:] + "\n")
        else:
            assert before[position] == line[1:] + "\n"
            if line[0] == " ":
                result.append(before[position])
            position += 1
    return result + before[position:]


@drawn(LINES, LINES, st.integers(0, 3))
def test_a_diff_turns_the_old_lines_into_the_new(before, after, context):
    patch = list(unified_diff(before, after, ("a", "b"), context))
    assert patched(before, patch) == after
    assert (patch == []) == (before == after)


def test_a_diff_is_what_diff_prints(tmp_path):
    old = [f"line {n}\n" for n in range(40)]
    new = [*old[:5], "new\n", *old[5:20], *old[22:33], "changed\n", *old[34:], "last"]
    paths = [str(tmp_path / name) for name in "ab"]
    for path, lines in zip(paths, (old, new), strict=True):
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(lines)
    expected = subprocess.run(["diff", "-u", *paths], capture_output=True, text=True, check=False).stdout.splitlines()
    assert column(compare_files(*paths))[2:] == expected[2:]


def test_equal_files_give_an_empty_diff_that_says_so(tree):
    result = compare_files("notes.txt", "link.txt")
    assert (type(result), listed(result), result.notes) == (Diff, [], ["the files are the same"])


def test_spaces_and_case_can_be_ignored(tmp_path):
    (tmp_path / "a").write_text("One  two\nthree\n", encoding="utf-8")
    (tmp_path / "b").write_text("one two \nTHREE\n", encoding="utf-8")
    a, b = str(tmp_path / "a"), str(tmp_path / "b")
    assert len(listed(compare_files(a, b))) == 7
    result = compare_files(a, b, ignore_space=True, ignore_case=True)
    assert (listed(result), result.notes) == ([], ["the files are the same but for spaces and case"])


def test_files_that_are_no_text_only_differ_or_do_not(tree):
    assert column(compare_files("images/logo.png", "big.bin")) == ["Binary files images/logo.png and big.bin differ"]
    assert listed(compare_files("big.bin", "big.bin")) == []


def test_an_empty_file_is_compared(tree):
    assert column(compare_files("empty.txt", "todo.txt")) == [
        "--- empty.txt", "+++ todo.txt", "@@ -0,0 +1,3 @@", "+one", "+two", "+three",
    ]  # fmt: skip


def test_folders_and_missing_files_are_named_in_the_error(tree):
    with pytest.raises(ToolFailed) as caught:
        compare_files("src", "docs")
    assert caught.value.hint == 'compare_folders("src", "docs") compares them'
    with pytest.raises(ToolFailed, match="there is no nothing"):
        listed(compare_files("nothing", "a.py"))


def test_a_fifo_is_an_error_and_does_not_hang(tree):
    os.mkfifo("pipe")
    with pytest.raises(ToolFailed, match="pipe is a fifo, not a file"):
        listed(compare_files("pipe", "a.py"))


def test_a_large_file_with_few_changes_is_compared_quickly(tmp_path):
    lines = [f"line {number % 7}\n" for number in range(200_000)]
    for name, changed in (("a", "x\n"), ("b", "y\n")):
        (tmp_path / name).write_text("".join([*lines[:100_000], changed, *lines[100_000:]]), encoding="utf-8")
    result = column(compare_files(str(tmp_path / "a"), str(tmp_path / "b"), context=0))
    assert result[2:] == ["@@ -100001 +100001 @@", "-x", "+y"]


def test_folders_are_compared_with_all_below_them(tree):
    for name in ("one", "two"):
        os.makedirs(f"{name}/deep")
        os.symlink(f"to-{name}", f"{name}/link")
        with open(f"{name}/deep/same", "w", encoding="utf-8") as file:
            file.write("same")
        with open(f"{name}/deep/other", "w", encoding="utf-8") as file:
            file.write(name)
    os.makedirs("one/extra/below")
    os.makedirs("one/kind")
    with open("two/kind", "w", encoding="utf-8") as file:
        file.write("a file")
    assert listed(compare_folders("one", "two")) == [
        ("extra", "only in one"), ("kind", "different"), ("link", "different"), ("deep/other", "different"),
    ]  # fmt: skip


def test_equal_folders_give_no_rows_and_say_so(tree):
    result = compare_folders("src", "src")
    assert (listed(result), result.notes) == ([], ["the folders are the same"])


def test_a_file_is_no_folder_to_compare(tree):
    with pytest.raises(ToolFailed, match=r"a\.py is not a folder"):
        compare_folders("src", "a.py")


def test_lines_are_compared_whatever_their_order(tree):
    with open("other.txt", "w", encoding="utf-8") as file:
        file.write("three\none\nfour")
    shown = {show: column(compare_lines("todo.txt", "other.txt", show=show)) for show in ("both", "first", "second")}
    assert shown == {"both": ["one", "three"], "first": ["two"], "second": ["four"]}
