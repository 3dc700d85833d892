"""Nothing that a command starts outlives its call: not in a session of its own, not deaf, not at the wall limit."""

from __future__ import annotations

import os
import secrets
import shlex
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing

import psutil
import pytest

from llmsh.errors import ToolFailed, WorkerFailed
from llmsh.sandbox.base import Tier
from llmsh.sandbox.client import Worker
from llmsh.types import Effects, Limits
from tests.sandbox.conftest import left_of_call, request, unseen

DAEMON = """
import os, sys
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.closerange(0, 100)
        os.execvp("sleep", ["sleep", sys.argv[1]])
    os._exit(0)
"""
LEAVING = {
    "a background job": "sleep {0} > /dev/null 2>&1 &",
    "a job in a subshell": "(sleep {0} > /dev/null 2>&1 &)",
    "nohup": "nohup sleep {0} > /dev/null 2>&1 &",
    "a session of its own": "setsid -f sleep {0} > /dev/null 2>&1",
    "a daemon that forks twice": f"/usr/bin/env python3 -I -S -c {shlex.quote(DAEMON)} {{0}}",
    "a process that is deaf to signals": "setsid -f sh -c 'trap \"\" TERM HUP INT QUIT; sleep {0}; :' > /dev/null 2>&1",
    "a process that is stopped": "setsid -f sh -c 'sleep {0} & sleep 0.2; kill -STOP $!; wait' > /dev/null 2>&1",
    "twenty sessions": "for i in $(seq 20); do setsid -f sleep {0} > /dev/null 2>&1; done",
    "a process that holds the output open": "setsid -f sleep {0}",
}

UNTIL_THERE = "until cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' '\\n' | grep -qx [6]{1}; do sleep 0.02; done"


def leaving(what: str, moment: str) -> str:
    """A command that leaves something, and goes on once that is there; [6] so that grep does not find itself."""
    return f"{LEAVING[what]}\n{UNTIL_THERE}\n".replace("{0}", moment).replace("{1}", moment[1:])


def leaving_all(moment: str) -> str:
    return "".join(leaving(what, moment) for what in LEAVING)


@pytest.fixture(params=[Tier.FLOOR, Tier.STRICT], scope="module")
def programs(request) -> Iterator[Worker]:
    with closing(Worker(tier=request.param)) as worker:
        worker.start([], ["llmsh.tools.shell.run"])
        yield worker


@pytest.fixture
def moment() -> str:
    """How long the processes of a test sleep: a number that names them."""
    return f"{600 + secrets.randbelow(90)}.{secrets.randbelow(10**9):09}"


def left(moment: str) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if moment in process.cmdline()[1:2] and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


def asked(command: str, folder: object, seconds: float = 30):
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin"}
    return request(
        ("run", {"command": command}), cwd=str(folder), environment=environment,
        effects=Effects(runs=(command,), writes=(str(folder),)), limits=Limits(seconds=seconds),
    )  # fmt: skip


@pytest.mark.parametrize("what", LEAVING)
def test_outside_the_cage_it_stays(what, moment):
    subprocess.run(["bash", "-c", leaving(what, moment)], stdout=subprocess.DEVNULL, start_new_session=True, check=True)
    started = time.monotonic()
    while not (found := left(moment)) and time.monotonic() - started < 10:  # bash ends before what it left has begun
        time.sleep(0.01)
    for process in found:
        process.kill()
    assert found


@pytest.mark.parametrize("what", LEAVING)
def test_a_command_that_ends_well_leaves_nothing(programs, tmp_path, moment, what):
    rows = programs.run(asked(f"{leaving(what, moment)}echo done", tmp_path), unseen).rows
    assert (rows, left(moment)) == ([("done",)], [])


def test_a_command_at_its_wall_limit_leaves_nothing(programs, tmp_path, moment):
    command = leaving_all(moment) + "echo begun\nsleep 60"
    with pytest.raises(WorkerFailed, match=r"run took longer than 3 s and was stopped"):
        programs.run(asked(command, tmp_path, 3), unseen)
    assert left(moment) == []


def test_a_command_that_fails_leaves_nothing(programs, tmp_path, moment):
    command = leaving_all(moment) + "exit 7"
    with pytest.raises(ToolFailed, match="the command ended with status 7"):
        programs.run(asked(command, tmp_path), unseen)
    assert left(moment) == []


def test_ctrl_c_leaves_nothing(programs, tmp_path, moment):
    command = leaving_all(moment) + "echo begun\nsleep 60"

    def press(progress) -> None:
        if progress.done:
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        programs.run(asked(command, tmp_path), press)
    assert left(moment) == []


def test_a_command_that_stops_itself_ends_at_its_wall_limit(programs, tmp_path, moment):
    with pytest.raises(WorkerFailed, match=r"run took longer than 2 s and was stopped"):
        programs.run(asked(f"sleep {moment} > /dev/null 2>&1 &\nkill -STOP 0\nsleep 60", tmp_path, 2), unseen)
    assert left(moment) == []


def test_a_command_that_ends_its_own_group_leaves_nothing(programs, tmp_path, moment):
    with pytest.raises((ToolFailed, WorkerFailed)):
        programs.run(asked(f"setsid -f sleep {moment} > /dev/null 2>&1\nkill -KILL 0\nsleep 60", tmp_path), unseen)
    assert left(moment) == []


def test_processes_that_breed_end_at_the_wall_limit(programs, tmp_path, moment):
    bomb = f"""b() {{ [ "$1" -gt 0 ] && {{ b $(($1 - 1)) & b $(($1 - 1)) & }}; sleep {moment}; }}; b 6 & wait"""
    with pytest.raises((ToolFailed, WorkerFailed)):
        programs.run(asked(bomb, tmp_path, 3), unseen)
    assert left(moment) == []


def test_zombies_are_gone_with_the_call(programs, tmp_path):
    flood = "for i in $(seq 50); do (sleep 0 &) ; done; echo done"
    assert programs.run(asked(flood, tmp_path), unseen).rows == [("done",)]
    assert left_of_call(programs) == []
