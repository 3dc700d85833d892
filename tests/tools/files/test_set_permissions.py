"""set_permissions: who may read, write and run."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from llmsh.errors import ToolFailed
from llmsh.tools.files.set_permissions import new_mode, set_permissions
from llmsh.types import Effects
from tests.tools.files.acting import done, effects, piped

FILE, FOLDER = stat.S_IFREG, stat.S_IFDIR


@pytest.mark.parametrize(
    ("mode", "old", "new"),
    [
        ("644", FILE | 0o755, 0o644),
        ("4755", FILE | 0o644, 0o4755),
        ("755", FOLDER | 0o2770, 0o2755),
        ("+x", FILE | 0o644, 0o755),
        ("+w", FILE | 0o444, 0o644),
        ("a+w", FILE | 0o444, 0o666),
        ("u+x,go-r", FILE | 0o644, 0o700),
        ("u=rw,go=", FILE | 0o777, 0o600),
        ("=r", FILE | 0o777, 0o444),
        ("a+X", FILE | 0o644, 0o644),
        ("a+X", FILE | 0o744, 0o755),
        ("a+X", FOLDER | 0o644, 0o755),
        ("u+s", FILE | 0o755, 0o4755),
        ("+t", FOLDER | 0o755, 0o1755),
        ("u-x+r", FILE | 0o300, 0o600),
    ],
)
def test_modes_are_read_as_chmod_reads_them(mode: str, old: int, new: int) -> None:
    assert oct(new_mode(mode, old, umask=0o022)) == oct(new)


def test_no_mode_is_named() -> None:
    with pytest.raises(ToolFailed, match="rw is no permission"):
        new_mode("rw", 0, umask=0)


def test_a_file_gets_its_permissions(tree: Path) -> None:
    assert effects(set_permissions, paths=("a.py",), mode="600") == Effects(writes=("a.py",))
    assert done(set_permissions(paths=("a.py",), mode="600")) == [("a.py", "changed", None)]
    assert os.stat("a.py").st_mode & 0o777 == 0o600


def test_all_below_a_folder_is_changed_but_what_its_links_lead_to(tree: Path) -> None:
    os.symlink("../a.py", "sub/out")
    before = os.stat("a.py").st_mode
    rows = done(set_permissions(piped("sub"), mode="a-rwx", recursive=True))
    os.chmod("sub", 0o755)
    assert [row[0] for row in rows] == ["sub/deep/c.py", "sub/b.py", "sub/deep", "sub"]
    assert os.stat("a.py").st_mode == before


def test_a_link_is_followed_and_its_file_declared(tree: Path) -> None:
    assert effects(set_permissions, paths=("link.txt",), mode="600") == Effects(writes=(os.path.realpath("notes.txt"),))
    done(set_permissions(paths=("link.txt",), mode="600"))
    assert os.stat("notes.txt").st_mode & 0o777 == 0o600


def test_a_broken_link_and_a_missing_file_are_named(tree: Path) -> None:
    os.symlink("nowhere", "broken")
    with pytest.raises(ToolFailed, match="cannot set the permissions of broken: no such file"):
        done(set_permissions(paths=("broken",), mode="600"))
    with pytest.raises(ToolFailed, match="there is no nope"):
        set_permissions(paths=("nope",), mode="600")


def test_another_users_file_stays_as_it_is(locked: Path) -> None:
    with pytest.raises(ToolFailed, match="cannot set the permissions of /: operation not permitted"):
        done(set_permissions(paths=("/",), mode="755"))
