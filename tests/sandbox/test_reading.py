"""Where nothing but seccomp holds, tools still read what their effects name, and nothing else gets through."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from llmsh.errors import ToolFailed
from llmsh.sandbox.base import Tier
from llmsh.sandbox.client import Worker
from llmsh.sandbox.probes import NAME, Scene, acts, prepare
from llmsh.types import Effects
from tests.sandbox.conftest import request, unseen

MODULES = tuple(
    f"llmsh.tools.{name}" for name in ("files.read", "files.list_files", "files.write", "files.search", "system.now")
)


@pytest.fixture(scope="module")
def reader() -> Iterator[Worker]:
    with closing(Worker(tier=Tier.NONE)) as worker:
        worker.start((), MODULES)
        yield worker


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    work, out = tmp_path / "work", tmp_path / "out"
    for folder in (work, out):
        (folder / "sub").mkdir(parents=True)
        (folder / "file").write_text(f"this is {folder.name}\n", encoding="utf-8")
    (work / "link").symlink_to(out / "file")
    (work / "folder").symlink_to(out)
    return work, out


def call(worker: Worker, work: Path, name: str, effects: Effects, **arguments):
    return worker.run(request((name, arguments), cwd=str(work), effects=effects), unseen)


def test_what_the_effects_name_is_read(reader, places):
    work, _ = places
    effects = Effects(reads=(str(work),))
    assert call(reader, work, "read", effects, paths=("file",)).rows == [("this is work",)]
    listed = call(reader, work, "list_files", effects).rows
    assert sorted(row[0] for row in listed) == ["file", "folder", "link", "sub"]
    assert len(call(reader, work, "search", effects, pattern="this", paths=(".",)).rows) == 1
    assert len(call(reader, work, "now", Effects()).rows) == 1


@pytest.mark.parametrize(
    "path", ["link", "folder/file", "../out/file", "{out}/file", "/proc/self/root{out}/file", "/proc/self/cwd/link"]
)
def test_nothing_else_is_read_by_whatever_path(reader, places, path, monkeypatch):
    work, out = places
    monkeypatch.chdir(work)
    assert Path(path.format(out=out)).read_text(encoding="utf-8") == "this is out\n"
    with pytest.raises(ToolFailed, match="may not be read"):
        call(reader, work, "read", Effects(reads=(str(work),)), paths=(path.format(out=out),))


def test_nothing_is_written(reader, places):
    work, _ = places
    with pytest.raises(ToolFailed, match="read-only file system"):
        call(reader, work, "write", Effects(writes=(str(work / "new"),)), path="new", text="x")
    assert not (work / "new").exists()


def test_of_all_acts_that_a_cage_must_refuse_none_succeeds(reader, tmp_path):
    scene = Scene(str(tmp_path / "inside"), str(tmp_path / "outside"), os.getpid())
    prepare(scene)
    arguments = {"inside": scene.inside, "outside": scene.outside, "victim": scene.victim, "programs": False}
    rows = call(reader, tmp_path, NAME, Effects(reads=(scene.inside,)), **arguments).rows
    assert [name for name, result in rows if result == "succeeded"] == ["read a file of the call"]
    assert len(rows) == len(acts(programs=False))
