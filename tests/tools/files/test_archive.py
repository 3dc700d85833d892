"""archive, extract, list_archive: files packed and taken out."""

from __future__ import annotations

import os
import subprocess
import tarfile
from pathlib import Path

import pytest

from llmsh.errors import ToolFailed
from llmsh.tools.files.archive import archive
from llmsh.tools.files.extract import extract
from llmsh.tools.files.list_archive import list_archive
from llmsh.types import Effects
from tests.tools.files.acting import content, done, effects, names, piped

KINDS = [".tar", ".tar.gz", ".tgz", ".tar.xz", ".tar.bz2", ".tar.zst", ".zip"]


@pytest.mark.parametrize("ending", KINDS)
def test_what_goes_in_comes_out(tree: Path, ending: str) -> None:
    os.symlink("b.py", "sub/link")
    os.mkdir("sub/empty")
    goal = f"x{ending}"
    assert done(archive(paths=("sub", "script.sh"), to=goal)) == [(goal, "written", None)]
    listed = done(list_archive(goal))
    found = ["sub", "sub/b.py", "sub/deep", "sub/deep/c.py", "sub/empty", "sub/link", "script.sh"]
    assert [str(row[0]).rstrip("/") for row in listed] == found
    assert [row[3] for row in listed] == ["folder", "file", "folder", "file", "folder", "link", "file"]
    rows = done(extract(paths=(goal,), to="out"))
    assert [row[0] for row in rows] == [f"out/{path}" for path in found]
    assert content("out/sub/b.py") == content("sub/b.py")
    assert (os.readlink("out/sub/link"), os.stat("out/script.sh").st_mode & 0o111) == ("b.py", 0o111)
    assert abs(os.stat("out/sub/b.py").st_mtime - os.stat("sub/b.py").st_mtime) <= 2


@pytest.mark.parametrize("ending", [".gz", ".xz", ".bz2", ".zst"])
def test_one_file_is_compressed_and_decompressed(tree: Path, ending: str) -> None:
    done(archive(paths=("todo.txt",), to=f"new{ending}"))
    assert done(list_archive(f"new{ending}"))[0][0] == "new"
    assert done(extract(piped(f"new{ending}"))) == [("new", "extracted", None)]
    assert content("new") == "one\ntwo\nthree\n"


def test_other_programs_read_what_is_written(tree: Path) -> None:
    done(archive(paths=("docs",), to="d.tar.gz"))
    listed = subprocess.run(["tar", "-tzf", "d.tar.gz"], capture_output=True, text=True, check=True).stdout
    assert listed.split() == ["docs/", "docs/guide.md", "docs/intro.md", "docs/report.pdf"]


def test_effects_name_what_is_read_written_and_lost(tree: Path) -> None:
    Path("old.zip").write_text("x", encoding="utf-8")
    assert effects(archive, paths=("docs", "a.py"), to="old.zip") == Effects(
        reads=("docs", "a.py"), writes=("old.zip",), overwrites=("old.zip",)
    )
    assert effects(archive, piped("a.py"), paths=("new/x.tar",)) == Effects(
        reads=("a.py",), writes=("new", "new/x.tar")
    )
    assert effects(extract, paths=("archive.tar.gz",), to="a/b") == Effects(
        reads=("archive.tar.gz",), writes=("a", "a/b")
    )
    assert effects(extract, paths=("archive.tar.gz",), to="out") == Effects(reads=("archive.tar.gz",), writes=("out",))
    assert effects(extract, paths=("archive.tar.gz",), overwrite=True) == Effects(
        reads=("archive.tar.gz",), writes=(".",)
    )
    assert effects(extract, paths=("archive.tar.gz",), to="docs", overwrite=True).overwrites == ("docs",)


def test_without_a_name_the_archive_is_named_after_what_is_in_it(tree: Path) -> None:
    assert done(archive(paths=("docs/",))) == [("docs.tar.gz", "written", None)]


def test_after_a_pipe_one_path_is_the_archive(tree: Path) -> None:
    assert done(archive(piped("a.py", "sub/b.py"), paths=("code.zip",))) == [("code.zip", "written", None)]
    assert [row[0] for row in done(list_archive("code.zip"))] == ["a.py", "sub/b.py"]


def test_paths_from_elsewhere_are_stored_from_their_common_folder_on(tree: Path) -> None:
    done(archive(paths=(f"{tree}/docs/guide.md", f"{tree}/sub"), to="x.tar"))
    assert [row[0] for row in done(list_archive("x.tar"))] == [
        "docs/guide.md", "sub", "sub/b.py", "sub/deep", "sub/deep/c.py",
    ]  # fmt: skip


def test_the_archive_is_not_packed_into_itself(tree: Path) -> None:
    for _ in range(2):
        done(archive(paths=(".",), to="all.tar", exclude=("*.bin", "images")))
        found = [row[0] for row in done(list_archive("all.tar"))]
        assert [name for name in found if "all.tar" in str(name) or "llmsh" in str(name) or "images" in str(name)] == []
    with pytest.raises(ToolFailed, match="cannot be packed into itself"):
        done(archive(paths=("all.tar",), to="all.tar"))


def test_links_are_packed_as_links_and_broken_ones_too(tree: Path) -> None:
    os.symlink("/etc", "sub/etc")
    os.symlink("nowhere", "sub/broken")
    done(archive(paths=("sub",), to="x.zip"))
    assert {row[0]: row[3] for row in done(list_archive("x.zip"))}["sub/etc"] == "link"


def test_names_that_are_no_utf8_survive_in_tar_and_are_noted_for_zip(tree: Path) -> None:
    name = os.fsdecode(b"caf\xe9")
    Path("docs", name).write_text("x", encoding="utf-8")
    done(archive(paths=("docs",), to="x.tar"))
    assert f"out/docs/{name}" in [row[0] for row in done(extract(paths=("x.tar",), to="out"))]
    result = archive(paths=("docs",), to="x.zip")
    done(result)
    assert result.notes == [f"a zip file cannot hold the name docs/{name}"]


@pytest.mark.parametrize(
    ("to", "message"),
    [("x.rar", "does not say which kind"), ("x.gz", "x.gz can hold one file only"), ("docs", "does not say")],
)
def test_a_name_that_means_no_format_is_refused(tree: Path, to: str, message: str) -> None:
    with pytest.raises(ToolFailed, match=message):
        archive(paths=("docs",), to=to)


def test_a_file_that_may_not_be_read_is_noted(locked: Path) -> None:
    os.seteuid(os.getuid())
    os.chmod("open/x", 0o600)
    Path("open/y").write_text("y", encoding="utf-8")
    if os.getuid() == 0:
        os.seteuid(65534)
    else:
        os.chmod("open/x", 0)
    result = archive(paths=("open",), to="open/o.tar")
    done(result)
    assert result.notes == ["cannot read open/x: permission denied"]
    assert [row[0] for row in done(list_archive("open/o.tar"))] == ["open", "open/y"]


def test_an_archive_in_a_locked_folder_is_not_begun(locked: Path) -> None:
    with pytest.raises(ToolFailed, match="cannot write locked/x.tar: permission denied"):
        done(archive(paths=("docs",), to="locked/x.tar"))
    assert names("locked") == ["kept.txt"]


def test_what_is_there_is_kept_unless_it_may_be_overwritten(tree: Path) -> None:
    Path("todo.txt").write_text("mine", encoding="utf-8")
    result = extract(paths=("archive.tar.gz",))
    assert (done(result), content("todo.txt")) == ([], "mine")
    assert result.notes == ["todo.txt is there already and was kept", "sub/b.py is there already and was kept"]
    done(extract(paths=("archive.tar.gz",), overwrite=True))
    assert content("todo.txt") == "one\ntwo\nthree\n"


def test_a_plain_file_and_a_damaged_archive_are_named(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="notes.txt is no archive that can be opened"):
        done(extract(paths=("notes.txt",)))
    data = Path("archive.tar.gz").read_bytes()
    Path("cut.tar.gz").write_bytes(data[: len(data) // 2])
    with pytest.raises(ToolFailed, match="cut.tar.gz is damaged"):
        done(extract(paths=("cut.tar.gz",), to="out"))
    assert not os.path.exists("out/todo.txt")


def test_a_fifo_does_not_hang(tree: Path) -> None:
    os.mkfifo("x.tar")
    with pytest.raises(ToolFailed, match="x.tar is no file"):
        done(list_archive("x.tar"))


def test_a_missing_archive_is_named(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="there is no nope.zip"):
        extract(paths=("nope.zip",))
    with pytest.raises(ToolFailed, match="there is no nope.zip"):
        list_archive("nope.zip")


def hostile(*members: tuple[str, bytes, str]) -> None:
    """An archive evil.tar whose members have these names, types and link targets."""
    with tarfile.open("evil.tar", "w") as tar:
        for name, kind, link in members:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, link
            tar.addfile(info)


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ([("../evil", tarfile.REGTYPE, "")], "would land outside"),
        ([("a/../../evil", tarfile.REGTYPE, "")], "would land outside"),
        ([("l", tarfile.SYMTYPE, "..")], "leads out of the folder"),
        ([("l", tarfile.SYMTYPE, "/tmp")], "leads out of the folder"),
        ([("h", tarfile.LNKTYPE, "../todo.txt")], "would land outside"),
        ([("p", tarfile.FIFOTYPE, "")], "device or pipe"),
        ([("d", tarfile.CHRTYPE, "")], "device or pipe"),
    ],
)
def test_nothing_lands_outside_the_folder(tree: Path, members: list[tuple[str, bytes, str]], message: str) -> None:
    hostile(*members)
    before = names()
    with pytest.raises(ToolFailed, match=message):
        done(extract(paths=("evil.tar",), to="out"))
    assert [name for name in names() if name not in before] in ([], ["out"])
    assert not os.path.exists("out") or names("out") == []


def test_a_file_behind_a_link_that_stands_there_is_left_out(tree: Path) -> None:
    os.mkdir("out")
    os.symlink("../docs", "out/l")
    hostile(("l/evil", tarfile.REGTYPE, ""), ("ok", tarfile.REGTYPE, ""))
    result = extract(paths=("evil.tar",), to="out")
    assert done(result) == [("out/ok", "extracted", None)]
    assert result.notes == ["out/l/evil lies behind the link out/l and was left out"]
    assert "evil" not in names("docs")


def test_an_absolute_name_lands_inside_the_folder(tree: Path) -> None:
    hostile(("/etc/evil", tarfile.REGTYPE, ""))
    assert done(extract(paths=("evil.tar",), to="out")) == [("out/etc/evil", "extracted", None)]


def test_a_link_in_the_archive_is_not_written_through(tree: Path) -> None:
    hostile(("l", tarfile.SYMTYPE, "todo.txt"), ("l", tarfile.REGTYPE, ""))
    done(extract(paths=("evil.tar",), overwrite=True))
    assert (content("todo.txt"), os.path.islink("l")) == ("one\ntwo\nthree\n", False)


def test_chinese_names_in_an_old_zip_are_read(tree: Path) -> None:
    import zipfile

    with zipfile.ZipFile("old.zip", "w") as packed:
        packed.writestr("AAAA.txt", "x")
    data = Path("old.zip").read_bytes().replace(b"AAAA", "中文".encode("gbk"))
    Path("old.zip").write_bytes(data)
    assert [row[0] for row in done(list_archive("old.zip"))] == ["中文.txt"]
