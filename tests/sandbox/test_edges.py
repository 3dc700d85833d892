"""The edges of a cage: roots that are not there, calls one after the other, what is left of the cage itself."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from llmsh.errors import LlmshError
from llmsh.sandbox.base import Request, Tier
from llmsh.sandbox.client import Worker
from llmsh.types import Effects
from tests.sandbox.conftest import request, unseen


@pytest.fixture(params=[Tier.STRICT, Tier.FLOOR], scope="module")
def programs(request) -> Iterator[Worker]:
    with closing(Worker(tier=request.param)) as worker:
        worker.start([], ["llmsh.tools.shell.run"])
        yield worker


@pytest.fixture
def work(tmp_path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("a secret\n", encoding="utf-8")
    return folder


def asked(command: str, work: Path, **more) -> Request:
    effects = Effects(writes=(str(work),), runs=(command,), **more)
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "API_KEY": "a secret", "LD_PRELOAD": "/x.so"}
    return request(("run", {"command": command}), cwd=str(work), environment=environment, effects=effects)


def lines(worker: Worker, asked: Request) -> list[object]:
    return [row[0] for row in worker.run(asked, unseen).rows]


def test_a_folder_that_is_not_there_does_not_open_the_others(programs, work):
    command = "cat ../secret.txt 2>/dev/null || echo refused"
    assert lines(programs, asked(command, work, reads=("/no/such/folder",))) == ["refused"]


def test_a_program_sees_no_variable_that_could_be_a_key_or_run_code(programs, work):
    assert lines(programs, asked("env | grep -c -e API_KEY -e LD_PRELOAD -e 'a secret' || true", work)) == ["0"]


def test_the_cage_leaves_no_names_of_its_own_in_the_folder(programs, work):
    (work / ".git").mkdir()
    (work / "mine.txt").touch()
    lines(programs, asked("ls -A", work))
    found = sorted(str(path.relative_to(work)) for path in work.rglob("*"))
    assert found == [".git", "mine.txt"]


def test_what_a_call_leaves_among_its_temporary_files_is_not_there_in_the_next(programs, work):
    made = lines(programs, asked("mktemp /tmp/left-by-a-call.XXXX 2>/dev/null || mktemp", work))[0]
    assert lines(programs, asked(f"test -e {made} || echo gone", work)) == ["gone"]
    assert not os.path.exists(str(made))


def test_a_file_that_may_be_written_opens_none_beside_it(programs, work):
    mine, other = work / "mine.txt", work / "other.txt"
    mine.write_text("mine\n", encoding="utf-8")
    other.write_text("other\n", encoding="utf-8")
    command = f"echo more >> {mine}; echo evil >> {other}; cat {other} 2>/dev/null || echo refused"
    effects = Effects(writes=(str(mine),), runs=(command,))
    call = request(("run", {"command": command}), cwd="/", effects=effects, environment={"PATH": "/usr/bin:/bin"})
    assert "other" not in lines(programs, call)  # a /tmp of its own may hold a file of that name
    assert (mine.read_text(encoding="utf-8"), other.read_text(encoding="utf-8")) == ("mine\nmore\n", "other\n")


def test_a_working_folder_that_is_gone_fails_the_call(programs, work):
    work.rmdir()
    with pytest.raises(LlmshError):
        programs.run(asked("echo ran", work), unseen)
