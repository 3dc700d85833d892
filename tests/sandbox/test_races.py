"""A path swapped between check and use: tools in the cage put nothing outside, where without it they would."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from llmsh.errors import LlmshError
from llmsh.sandbox.base import Tier
from llmsh.sandbox.client import Worker
from llmsh.types import Argument, Effects, Limits
from tests.sandbox import races
from tests.sandbox.conftest import request, unseen

ROUNDS = 2000
SWAPPED_CALLS = 60
FOLDER, NAME = "turn/{}.txt", "turn"
THROUGH = [("write", FOLDER), ("copy", FOLDER), ("move", FOLDER), ("write", NAME), ("read", NAME)]
REPLACED = [("copy", NAME), ("move", NAME)]
"""These replace a link at their target themselves, cage or no cage."""


@pytest.fixture(scope="module")
def racer() -> Iterator[Worker]:
    with closing(Worker()) as worker:
        worker.start([races.__file__], ())
        yield worker


@pytest.fixture
def arranged(request, tmp_path) -> tuple[str, str, Path, Path]:
    """A work folder in which `turn` is by turns what it seems and a link to the outside."""
    act, target = request.param
    work, outside = tmp_path / "work", tmp_path / "outside"
    work.mkdir()
    outside.mkdir()
    (outside / "kept.txt").write_text("a secret\n", encoding="utf-8")
    (work / "mine.txt").write_text("evil\n", encoding="utf-8")
    if target is FOLDER:
        (work / "turn").mkdir()
        (work / "other").symlink_to(outside)
    else:
        (work / "turn").write_text("mine\n", encoding="utf-8")
        (work / "other").symlink_to(outside / "kept.txt")
    return act, target, work, outside


@contextmanager
def swapping(one: Path, other: Path) -> Iterator[None]:
    command = [sys.executable, races.__file__, str(one), str(other)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as swapper:
        assert swapper.stdout.readline() == b"ready\n"
        try:
            yield
        finally:
            swapper.kill()


def held(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def said(case: tuple[str, str]) -> str:
    return f"{case[0]}, by a {'folder' if case[1] is FOLDER else 'name'} that turns into a link"


@pytest.mark.parametrize("arranged", THROUGH + REPLACED, indirect=True, ids=said)
def test_a_path_that_is_swapped_leads_nowhere(racer, arranged):
    act, target, work, outside = arranged
    asked = request(
        ("race", {"act": act, "target": target, "rounds": ROUNDS}),
        cwd=str(work), effects=Effects(reads=(str(work),), writes=(str(work),)), limits=Limits(seconds=60),
    )  # fmt: skip
    with swapping(work / "turn", work / "other"):
        counts = dict(racer.run(asked, unseen).rows)
    assert held(outside) == {"kept.txt": "a secret\n"}
    assert "secret" not in counts
    assert counts["done"] + counts.get("refused", 0) == ROUNDS


@pytest.mark.parametrize("arranged", THROUGH, indirect=True, ids=said)
def test_without_the_cage_it_would(arranged, monkeypatch):
    act, target, work, outside = arranged
    monkeypatch.chdir(work)
    with swapping(work / "turn", work / "other"):
        counts = races.compete(act, target, ROUNDS // 4)
    assert counts["secret"] if act == "read" else held(outside) != {"kept.txt": "a secret\n"}


@pytest.fixture(params=["tool", Tier.FLOOR, Tier.STRICT])
def calls(request) -> tuple[Tier, tuple[str, dict[str, Argument]], tuple[str, ...]]:
    """A call that writes into its working folder and shows what it reads there, in each cage."""
    if request.param == "tool":
        return Tier.FLOOR, ("race", {"act": "write", "target": "evil.txt", "rounds": 1}), ()
    command = "echo evil > evil.txt; cat kept.txt"
    return request.param, ("run", {"command": command}), (command,)


def test_a_work_folder_that_is_swapped_itself_leads_nowhere(calls, tmp_path):
    tier, call, runs = calls
    work, other, outside = tmp_path / "turn", tmp_path / "other", tmp_path / "outside"
    work.mkdir()
    outside.mkdir()
    other.symlink_to(outside)
    (outside / "kept.txt").write_text("a secret\n", encoding="utf-8")
    effects = Effects(writes=(str(work),), runs=runs)
    asked = request(call, cwd=str(work), environment={"PATH": "/usr/bin:/bin"}, effects=effects)
    said: list[object] = []
    with closing(Worker(tier=tier)) as worker, swapping(work, other):
        worker.start([races.__file__], ["llmsh.tools.shell.run"])
        for _ in range(SWAPPED_CALLS):
            with suppress(LlmshError):
                said += worker.run(asked, unseen).rows
    assert held(outside) == {"kept.txt": "a secret\n"}
    assert ("a secret",) not in said
