"""What tests of tools that change files need of the machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

NOBODY = 65534


@pytest.fixture
def locked(tree: Path) -> Iterator[Path]:
    """A folder of the tree that may not be written, with one file; root becomes nobody for the test.

    Beside it is a folder `open` that may be, with a file `x`.
    """
    (tree / "open").mkdir()
    (tree / "open/x").write_text("x", encoding="utf-8")
    (tree / "open").chmod(0o777)
    folder = tree / "locked"
    folder.mkdir()
    (folder / "kept.txt").write_text("kept\n", encoding="utf-8")
    folder.chmod(0o555)
    if os.geteuid() == 0:
        os.seteuid(NOBODY)
        yield folder
        os.seteuid(0)
    else:
        yield folder
    folder.chmod(0o755)


@pytest.fixture
def trash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home with its trash, in which files come to lie under their names."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    return _trash_below(home / "data", monkeypatch)


@pytest.fixture
def closed_trash(tree: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A trash in the folder that `locked` locks; ask for it before that."""
    return _trash_below(tree / "locked/data", monkeypatch)


def _trash_below(data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(data))
    monkeypatch.delitem(sys.modules, "send2trash.plat_other", raising=False)  # it reads the environment once
    monkeypatch.delitem(sys.modules, "send2trash", raising=False)
    import_module("send2trash.plat_other")  # now: nobody may not be able to read root's packages
    return data / "Trash/files"
