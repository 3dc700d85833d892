"""All that a program starts is held to the memory of its call together, also what it shares."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import closing

import pytest

from llmsh.errors import WorkerFailed
from llmsh.sandbox.base import Request, Tier
from llmsh.sandbox.client import Worker
from llmsh.types import Effects, Limits
from tests.sandbox.conftest import left_of_call, request, unseen

MEBI = 1 << 20
TOGETHER = """
import os, time
for _ in range(6):
    if os.fork() == 0:
        held = b"x" * (100 << 20)
        time.sleep(60)
time.sleep(60)
"""
SHARED = """
import mmap, time
held = mmap.mmap(-1, 600 << 20, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS)
for at in range(0, len(held), 4096):
    held[at] = 1
time.sleep(60)
"""
ONE_FOR_ALL = """
import os, time
held = b"x" * (100 << 20)
for _ in range(6):
    if os.fork() == 0:
        time.sleep(1)
        os._exit(0)
for _ in range(6):
    os.wait()
print("done")
"""


@pytest.fixture(params=[Tier.FLOOR, Tier.STRICT], scope="module")
def programs(request) -> Iterator[Worker]:
    with closing(Worker(tier=request.param)) as worker:
        worker.start([], ["llmsh.tools.shell.run"])
        yield worker


def asked(program: str, folder) -> Request:
    command = f"/usr/bin/env python3 -I -S -c {shlex.quote(program)}"
    limits = Limits(seconds=30, memory=400 * MEBI)
    return request(
        ("run", {"command": command}), cwd=str(folder), effects=Effects(runs=(command,)), limits=limits,
        environment={"PATH": "/usr/bin:/bin"},
    )  # fmt: skip


@pytest.mark.parametrize("program", [TOGETHER, SHARED], ids=["six processes", "memory that children would share"])
def test_processes_that_use_more_together_are_stopped(programs, tmp_path, program):
    with pytest.raises(WorkerFailed, match=r"^run used more than 400 MB of memory and was stopped$"):
        programs.run(asked(program, tmp_path), unseen)
    assert left_of_call(programs) == []


def test_what_several_processes_share_counts_once(programs, tmp_path):
    assert programs.run(asked(ONE_FOR_ALL, tmp_path), unseen).rows == [("done",)]
