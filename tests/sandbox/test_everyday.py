"""Commands of every day do their work in the cage, with and without namespaces."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from llmsh.errors import LlmshError
from llmsh.sandbox.base import Request, Tier
from llmsh.sandbox.client import Worker
from llmsh.types import Effects, Limits
from tests.sandbox.conftest import request, unseen
from tests.sandbox.everyday import COMMANDS, Everyday

SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"
HELLO = '#include <stdio.h>\nint main(void) { puts("hello from C"); return 0; }\n'


@pytest.fixture(params=[Tier.STRICT, Tier.FLOOR], scope="module")
def programs(request) -> Iterator[tuple[Worker, Tier]]:
    with closing(Worker(tier=request.param)) as worker:
        worker.start([], ["llmsh.tools.shell.run"])
        yield worker, request.param


@pytest.fixture(scope="module")
def many(tmp_path_factory) -> Path:
    """A folder of 10,000 files, made once."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(100):
        (folder / str(number)).mkdir()
        for name in range(100):
            os.close(os.open(f"{folder}/{number}/{name}", os.O_CREAT | os.O_WRONLY))
    return folder


@pytest.fixture
def work(tmp_path, many) -> Path:
    """A work folder with a repository, sources, packages, and words."""
    (tmp_path / "words.txt").write_text("apple\nbanana\ncherry\n", encoding="utf-8")
    (tmp_path / "hello.c").write_text(HELLO, encoding="utf-8")
    (tmp_path / "Makefile").write_text("hello: hello.c\n\t$(CC) -o hello hello.c\n", encoding="utf-8")
    (tmp_path / "script.sh").write_text("#!/bin/sh\necho a script\n", encoding="utf-8")
    (tmp_path / "script.sh").chmod(0o755)
    for folder in ("tree", "app", "package"):
        (tmp_path / folder).mkdir()
    (tmp_path / "tree/a.txt").write_text("a\n", encoding="utf-8")
    (tmp_path / "app/package.json").write_text('{"name": "app", "version": "1.0.0"}', encoding="utf-8")
    (tmp_path / "package/package.json").write_text('{"name": "package", "version": "1.0.0"}', encoding="utf-8")
    (tmp_path / "package/index.js").write_text('module.exports = "from a package";', encoding="utf-8")
    (tmp_path / "many").symlink_to(many)
    if shutil.which("git"):
        subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    return tmp_path


def asked(everyday: Everyday, work: Path, many: Path) -> Request:
    environment = {"PATH": SYSTEM_PATH, "HOME": str(work.parent / "nobody"), "LANG": "C.UTF-8"}
    effects = Effects(reads=(str(many),), writes=(str(work),), runs=(everyday.command,))
    return request(
        ("run", {"command": everyday.command}), cwd=str(work), environment=environment, effects=effects,
        limits=Limits(seconds=120),
    )  # fmt: skip


@pytest.mark.parametrize("everyday", COMMANDS, ids=lambda everyday: everyday.what)
def test_works_every_day(programs, work, many, everyday):
    worker, tier = programs
    missing = [name for name in everyday.needs if shutil.which(name, path=SYSTEM_PATH) is None]
    if missing:
        pytest.skip(f"{missing[0]} is not installed")
    if tier is Tier.FLOOR and everyday.fails_on_floor:
        with pytest.raises(LlmshError):
            worker.run(asked(everyday, work, many), unseen)
        return
    rows = worker.run(asked(everyday, work, many), unseen).rows
    assert rows[-1:] == [(everyday.prints,)]


def test_at_least_forty_commands_are_tried():
    assert len(COMMANDS) >= 40
