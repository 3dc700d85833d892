"""set_owner: whose files are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from llmsh.errors import ToolFailed
from llmsh.tools.files.set_owner import set_owner
from llmsh.types import Effects
from tests.tools.files.acting import done, effects


def test_an_owner_by_number_or_name_is_set_on_all_below_a_folder(tree: Path) -> None:
    me = str(os.getuid())
    assert effects(set_owner, paths=("sub",), owner=me) == Effects(writes=("sub",))
    rows = done(set_owner(paths=("sub",), owner=me, group=str(os.getgid()), recursive=True))
    assert [row[0] for row in rows] == ["sub/deep/c.py", "sub/b.py", "sub/deep", "sub"]
    assert os.stat("sub/b.py").st_uid == os.getuid()


@pytest.mark.parametrize(
    ("how", "message"),
    [({"owner": "no-such"}, "no user no-such"), ({"group": "no-such"}, "no group no-such"), ({}, "needs an owner")],
)
def test_who_does_not_exist_is_named(tree: Path, how: dict[str, str], message: str) -> None:
    with pytest.raises(ToolFailed, match=message):
        set_owner(paths=("a.py",), **how)


def test_only_the_administrator_gives_files_away(locked: Path) -> None:
    with pytest.raises(ToolFailed, match="cannot set the owner of locked/kept.txt: operation not permitted"):
        done(set_owner(paths=("locked/kept.txt",), owner="12345"))
