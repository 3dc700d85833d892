from __future__ import annotations

import fnmatch
import os
import socket
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from llmsh.errors import ToolFailed
from llmsh.tools.files.find_files import find_files
from llmsh.types import FILE_COLUMNS, PATH
from tests.tools.files.running import deep_tree, firsts, rows, run


def test_names_of_this_folder_carry_no_dot_and_slash(tree: Path) -> None:
    assert firsts('find_files(name="*.py")') == ["a.py", "src/main.py", "src/util.py", "sub/b.py", "sub/deep/c.py"]


def test_names_of_another_folder_begin_as_it_was_written(tree: Path) -> None:
    assert firsts('find_files("src", name="m*")') == ["src/main.py"]
    assert firsts('find_files("src/", name="m*")') == ["src/main.py"]
    assert firsts('find_files("./src", name="m*")') == ["./src/main.py"]
    assert firsts(f'find_files("{tree}/src", name="m*")') == [f"{tree}/src/main.py"]


def test_everything_below_a_folder_is_found_but_not_the_folder(tree: Path) -> None:
    assert firsts('find_files("sub")') == ["sub/b.py", "sub/deep", "sub/deep/c.py"]


def test_several_folders_and_wildcards_may_be_named(tree: Path) -> None:
    assert firsts('find_files(["docs", "src"], name="*i*")') == [
        "docs/guide.md", "docs/intro.md", "src/main.py", "src/util.py",
    ]  # fmt: skip
    assert firsts('find_files("s*", kind="folder")') == ["sub/deep"]


def test_a_file_that_is_named_is_itself_found(tree: Path) -> None:
    assert firsts('find_files("a.py", name="*.py")') == ["a.py"]
    assert firsts('find_files("a.py", name="*.md")') == []


def test_bare_paths_come_without_asking_the_file_system_and_facts_where_it_was_asked(tree: Path) -> None:
    assert run('find_files("docs")').columns == (PATH,)
    found = run('find_files("images", min_size="4K")')
    assert found.columns == FILE_COLUMNS
    assert [(row[0], row[1], row[3]) for row in found.rows] == [("images/photo.jpg", 5004, "file")]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ('name="*.{md,css}"', ["docs/guide.md", "docs/intro.md", "src/style.css"]),
        ('name=["*.md", "*.css"], not_name="g*"', ["docs/intro.md", "src/style.css"]),
        ('name="GUIDE.*", ignore_case=True', ["docs/guide.md"]),
        ('name="[gi]*.md"', ["docs/guide.md", "docs/intro.md"]),
        ('name="[^g]*.md"', ["docs/intro.md"]),
        ('name="src/*.css"', ["src/style.css"]),
        ('path="*/src/m*"', ["src/main.py"]),
        ('path="./src/m*"', ["src/main.py"]),
        ('path="deep/*"', ["sub/deep/c.py"]),
        ('regex="^[a-m].*\\\\.md$"', ["docs/guide.md", "docs/intro.md"]),
        ('regex="^src/u"', ["src/util.py"]),
        ('name="*.py", exclude="sub/deep"', ["src/main.py", "src/util.py", "sub/b.py"]),
        ('kind="link"', []),
        ('size="5004"', ["images/photo.jpg"]),
        ('max_size="15"', ["build/x.tmp", "docs/report.pdf", "logs/old.log", "sub/deep/c.py"]),
        ('older_than="20d"', ["build/x.tmp", "logs/old.log"]),
        ('kind="file", newer_than="15d", older_than="1d"', ["docs/guide.md", "docs/intro.md"]),
        ('newer_than_file="docs/intro.md", name="*.md"', ["docs/guide.md"]),
        ('content="pdf"', ["docs/report.pdf"]),
        ('content="code"', ["src/main.py", "src/style.css", "src/util.py", "sub/b.py", "sub/deep/c.py"]),
    ],
)  # fmt: skip
def test_an_option_chooses(tree: Path, options: str, expected: list[str]) -> None:
    folders = '["build", "docs", "images", "logs", "src", "sub"]'
    found = firsts(f"find_files({folders}, {options})")
    assert found == expected


def test_a_file_whose_bytes_say_nothing_is_what_its_name_says(tree: Path) -> None:
    (tree / "docs/a.JPG").write_bytes(b"\0" * 99)
    (tree / "docs/b.heic").write_text("not really one", encoding="utf-8")
    (tree / "docs/c.mp4").touch()
    (tree / "docs/d.png").write_bytes(b"%PDF-1.4 and more")
    found = {kind: firsts(f'find_files("docs", content="{kind}")') for kind in ("image", "video", "pdf", "audio")}
    assert found == {
        "image": ["docs/a.JPG", "docs/b.heic"], "video": ["docs/c.mp4"], "pdf": ["docs/d.png", "docs/report.pdf"],
        "audio": [],
    }  # fmt: skip


def test_what_is_excluded_is_not_entered(tree: Path) -> None:
    assert firsts('find_files(name="*.py", exclude="sub")') == ["a.py", "src/main.py", "src/util.py"]
    assert firsts('find_files(name="*.py", exclude=["./src", "deep/"])') == ["a.py", "sub/b.py"]
    assert firsts(f'find_files("{tree}", name="*.py", exclude=["src", "sub/deep"])') == [
        f"{tree}/a.py", f"{tree}/sub/b.py",
    ]  # fmt: skip


def test_depth_counts_from_the_folder(tree: Path) -> None:
    assert firsts('find_files(name="*.py", min_depth=3)') == ["sub/deep/c.py"]
    assert firsts('find_files("sub", depth=1)') == ["sub/b.py", "sub/deep"]
    assert firsts('find_files(name="*.py", depth=1)') == ["a.py"]
    assert firsts("find_files(depth=0)") == []


def test_a_walk_may_stay_on_one_disk(tree: Path) -> None:
    assert firsts('find_files("/", name="cpuinfo", depth=2)') == ["/proc/cpuinfo"]
    assert firsts('find_files("/", name="cpuinfo", depth=2, same_disk=True)') == []


def test_hidden_files_are_found_left_out_or_wanted_alone(tree: Path) -> None:
    (tree / ".git").mkdir()
    (tree / ".git/config").touch()
    assert firsts('find_files(name="{.hidden,config}")') == [".hidden", ".git/config"]
    assert firsts('find_files(name="{.hidden,config}", hidden=False)') == []
    assert firsts("find_files(hidden=True)") == [".env", ".git", ".hidden"]


def test_empty_and_not_empty_are_of_files_and_folders(tree: Path) -> None:
    assert firsts("find_files(empty=True)") == ["empty.txt", "emptydir"]
    assert firsts('find_files("images", empty=False)') == ["images/logo.png", "images/photo.jpg"]


def test_links_are_found_and_never_followed(tree: Path) -> None:
    (tree / "sub/loop").symlink_to("..")
    (tree / "sub/lost").symlink_to("nowhere")
    assert firsts('find_files(kind="link")') == ["link.txt", "sub/loop", "sub/lost"]
    assert firsts("find_files(broken=True)") == ["sub/lost"]
    assert firsts('find_files("sub", name="a.py")') == []


def test_a_folder_named_through_a_link_is_searched(tree: Path) -> None:
    (tree / "there").symlink_to("src")
    assert firsts('find_files("there", name="m*")') == ["there/main.py"]


def test_fifos_and_sockets_are_found_by_kind_and_never_opened(tree: Path) -> None:
    os.mkfifo(tree / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s.sock")
    assert firsts('find_files(kind="fifo")') == ["pipe"]
    assert firsts('find_files(kind="socket")') == ["s.sock"]
    assert "pipe" not in firsts('find_files(content="text")')


def test_permissions_are_exact_had_or_lacked(tree: Path) -> None:
    for name, mode in (("a.py", 0o600), ("notes.txt", 0o666), ("script.sh", 0o4755)):
        (tree / name).chmod(mode)
    kept = '"*.{py,txt,sh}"'
    assert firsts(f'find_files(name={kept}, depth=1, permission="600")') == ["a.py"]
    assert firsts(f'find_files(name={kept}, kind="file", depth=1, permission="o+w")') == ["notes.txt"]
    assert firsts(f'find_files(name={kept}, kind="file", depth=1, permission="go-r")') == ["a.py"]
    assert firsts(f'find_files(name={kept}, depth=1, permission="u+s")') == ["script.sh"]


def test_the_time_may_be_that_of_access(tree: Path) -> None:
    moment = time.time() - 100 * 86400
    os.utime("a.py", (moment, time.time()))
    assert firsts('find_files(older_than="90d", time="accessed", depth=1)') == ["a.py"]


def test_owner_and_group_are_names_or_ids(tree: Path) -> None:
    mine = str(os.getuid())
    assert firsts(f'find_files("src", owner="{mine}", name="m*")') == ["src/main.py"]
    assert firsts('find_files("src", owner="nobody-at-all")') == []
    assert firsts(f'find_files("src", group="{os.getgid()}", name="m*")') == ["src/main.py"]


def test_a_missing_folder_is_named_in_the_error_with_the_nearest_name(tree: Path) -> None:
    with pytest.raises(ToolFailed) as failed:
        run('find_files("dosc")')
    assert (failed.value.message, failed.value.hint) == ("there is no dosc", "did you mean docs?")


def test_a_missing_folder_among_others_is_a_note(tree: Path) -> None:
    found = run('find_files(["src", "nowhere"], name="m*")')
    assert (list(found.rows), found.notes) == ([("src/main.py",)], ["there is no nowhere"])


def test_a_wrong_regular_expression_is_named(tree: Path) -> None:
    with pytest.raises(ToolFailed, match=r"not a regular expression: \("):
        run('find_files(regex="(")')


def test_a_wrong_date_is_named(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="2024-13-45 is not a time"):
        run('find_files(newer_than="2024-13-45")')


def test_a_missing_file_to_compare_with_is_named(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="there is no gone to compare with"):
        run('find_files(newer_than_file="gone")')


def test_braces_that_stand_for_too_much_are_refused(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="stands for more than 1000 names"):
        find_files(name=("{a,b}" * 30,))


def test_a_name_that_is_no_utf8_is_found_and_usable(tree: Path) -> None:
    (tree / os.fsdecode(b"caf\xe9.txt")).touch()
    (found,) = firsts('find_files(name="caf*", kind="file")')
    assert os.fsencode(str(found)) == b"caf\xe9.txt"
    assert os.path.lexists(str(found))


def test_files_that_vanish_while_they_are_looked_at_are_left_out(tree: Path) -> None:
    found = find_files(("logs", "src"), kind="file", min_size="1")
    stream = iter(found.rows)
    first = next(stream)
    (tree / "src/main.py").unlink()
    os.rename("docs", "elsewhere")
    assert [first[0], *(row[0] for row in stream)] == [
        "logs/app.log", "logs/error.log", "logs/old.log", "src/style.css", "src/util.py",
    ]  # fmt: skip


def test_folders_that_cannot_be_read_are_counted_once_at_the_end(tree: Path) -> None:
    deep = tree / "deep"
    deep.mkdir()
    before = os.getcwd()
    os.chdir(deep)
    for _ in range(20):  # longer than PATH_MAX: no single call can open it
        os.mkdir("d" * 250)
        os.chdir("d" * 250)
    os.chdir(before)
    found = run('find_files("deep", kind="folder")')
    assert (len(list(found.rows)), found.notes) == (17, ["1 folder could not be read"])


def test_a_folder_of_many_entries_streams_in_order(tree: Path) -> None:
    (tree / "many").mkdir()
    for number in range(1200):
        (tree / f"many/{number:04}.x").touch()
    assert firsts('find_files("many", name="*.x")') == [f"many/{number:04}.x" for number in range(1200)]


def test_a_tree_deeper_than_the_stack_is_walked(tree: Path) -> None:
    with deep_tree("deep", 1100):
        assert len(rows('find_files("deep")')) == 1099


NAMES = st.text(st.sampled_from("ab.*?[]-!1"), min_size=1, max_size=6).filter(lambda name: name not in (".", ".."))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(NAMES, min_size=1, max_size=8, unique=True), NAMES.map(lambda name: name.replace("[^", "")))
def test_a_name_finds_what_fnmatch_finds_below_a_folder(names: list[str], pattern: str) -> None:
    if not pattern:
        return
    with tempfile.TemporaryDirectory() as root:
        for index, name in enumerate(names):
            folder = os.path.join(root, *names[: index % 3])
            os.makedirs(folder, exist_ok=True)
            path = os.path.join(folder, name)
            if not os.path.lexists(path):
                os.mkdir(path)
        expected = [
            os.path.join(folder, name)
            for folder, below, files in os.walk(root)
            for name in [*below, *files]
            if fnmatch.fnmatchcase(name, pattern)
        ]
        assert sorted(str(row[0]) for row in find_files((root,), name=(pattern,)).rows) == sorted(expected)
