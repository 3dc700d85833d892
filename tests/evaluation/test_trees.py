from __future__ import annotations

import gzip
import io
import os
import subprocess
import tarfile
import zipfile
from pathlib import Path

from llmsh.evaluation.contents import content
from llmsh.evaluation.trees import Ground, changes, described, snapshot


def planted(tmp_path: Path) -> Ground:
    ground = Ground(str(tmp_path / "0"))
    ground.clear()
    home = Path(ground.home)
    (home / "sub").mkdir()
    (home / "a.txt").write_text("one\n", encoding="utf-8")
    (home / "sub/link").symlink_to("../a.txt")
    return ground


def test_a_change_of_content_bits_kind_or_target_is_seen(tmp_path: Path) -> None:
    home = Path(planted(tmp_path).home)
    before = snapshot(str(home))
    (home / "a.txt").chmod(0o600)
    (home / "sub/link").unlink()
    (home / "sub/link").symlink_to("elsewhere")
    (home / "new").mkdir(mode=0o755)
    (home / "new").chmod(0o755)
    changed = changes(before, snapshot(str(home)))
    assert sorted(changed) == ["a.txt", "new", "sub/link"]
    assert list(described(changed, {"new": changed["new"], "b": None})) == [
        f"a.txt became a file 600 {content(str(home / 'a.txt'))[:12]}",
        "b should be gone",
        "sub/link became a link 0 elsewhere",
    ]


def test_the_trash_and_compiled_files_are_no_change(tmp_path: Path) -> None:
    home = Path(planted(tmp_path).home)
    before = snapshot(str(home))
    for name in (".local/share/Trash/files", ".Trash-0", "sub/__pycache__"):
        (home / name).mkdir(parents=True)
    assert sorted(changes(before, snapshot(str(home)))) == [".local", ".local/share"]


def test_a_kept_tree_is_put_back_as_it_was(tmp_path: Path) -> None:
    ground = planted(tmp_path)
    before = snapshot(ground.home)
    subprocess.run(["cp", "-a", *ground.folders, ground.kept()], check=True)
    Path(ground.home, "a.txt").unlink()
    Path(ground.home, "sub").chmod(0)
    ground.restore()
    assert snapshot(ground.home) == before


def packed(path: Path, moment: int, text: str = "one\n", prefix: str = "") -> str:
    """A tar archive with one file in it."""
    with tarfile.open(path, "w:gz") as archive:
        member = tarfile.TarInfo(f"{prefix}docs/a.txt")
        member.size, member.mtime = len(text), moment
        archive.addfile(member, io.BytesIO(text.encode()))
    return content(str(path))


def test_archives_are_equal_where_they_hold_the_same(tmp_path: Path) -> None:
    first = packed(tmp_path / "a.tgz", 1)
    assert packed(tmp_path / "b.tgz", 2_000_000, prefix="./") == first
    assert packed(tmp_path / "c.tgz", 1, "two\n") != first


def test_zip_and_gzip_files_are_equal_where_they_hold_the_same(tmp_path: Path) -> None:
    for name, year in (("a.zip", 2001), ("b.zip", 2020)):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr(zipfile.ZipInfo("a.txt", (year, 1, 1, 0, 0, 0)), "one\n")
    for name, moment in (("a.gz", 1), ("b.gz", 2)):
        (tmp_path / name).write_bytes(gzip.compress(b"one\n", mtime=moment))
    found = {name: content(str(tmp_path / name)) for name in ("a.zip", "b.zip", "a.gz", "b.gz")}
    assert (found["a.zip"] == found["b.zip"], found["a.gz"] == found["b.gz"]) == (True, True)
    assert found["a.zip"] != found["a.gz"]


def test_a_broken_archive_is_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(b"\x1f\x8bnothing")
    (tmp_path / "b.gz").write_bytes(b"\x1f\x8bnobody")
    assert content(str(tmp_path / "a.gz")) != content(str(tmp_path / "b.gz"))


def test_a_git_index_is_its_entries_and_not_their_times(tmp_path: Path) -> None:
    seen = []
    for name, text in (("one", "a\n"), ("two", "a\n"), ("three", "b\n")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "a.txt").write_text(text, encoding="utf-8")
        os.utime(folder / "a.txt", (len(seen) * 1000, len(seen) * 1000))
        subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
        subprocess.run(["git", "add", "."], cwd=folder, check=True)
        seen.append(content(str(folder / ".git/index")))
    assert (seen[0] == seen[1], seen[0] == seen[2]) == (True, False)
