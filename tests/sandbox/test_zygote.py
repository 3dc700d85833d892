from __future__ import annotations

import os
import signal
from contextlib import closing

import psutil
import pytest

from llmsh.errors import ToolFailed, WorkerFailed
from llmsh.sandbox.client import Worker
from llmsh.sandbox.surroundings import surroundings
from llmsh.types import Progress
from tests.sandbox.conftest import FORKS, MODULES, ROGUES, left_of_call, of_calls, request, unseen


@pytest.fixture
def own():
    with closing(Worker()) as worker:
        worker.start([ROGUES], MODULES)
        yield worker


def test_a_zygote_killed_between_calls_is_replaced(own):
    own.run(request("maybe"), unseen)
    first = own._zygote.pid
    os.kill(first, signal.SIGKILL)
    assert own.run(request("maybe"), unseen).rows == [("None ()",)]
    assert own._zygote.pid != first


def test_a_zygote_killed_before_its_first_call_is_replaced(own):
    os.kill(own._zygote.pid, signal.SIGKILL)
    assert own.run(request("maybe"), unseen).rows == [("None ()",)]


def test_a_zygote_killed_during_a_call_costs_that_call(own):
    started: list[psutil.Process] = []

    def kill(progress: Progress) -> None:
        if progress.done == 1 and not started:
            started.extend(of_calls(own))
            os.kill(own._zygote.pid, signal.SIGKILL)

    with pytest.raises(WorkerFailed, match="the process that runs tools has died"):
        own.run(request("hang", effects=FORKS), kill)
    assert len(started) == 3
    assert psutil.wait_procs(started, timeout=10)[1] == []
    assert own.run(request("maybe"), unseen).rows == [("None ()",)]


def test_a_tool_cannot_kill_the_zygote(own):
    with pytest.raises(ToolFailed, match="kill_zygote: Operation not permitted"):
        own.run(request("kill_zygote"), unseen)
    assert own.run(request("maybe"), unseen).rows == [("None ()",)]


def test_closing_ends_the_zygote(own):
    own.run(request("maybe"), unseen)
    process = psutil.Process(own._zygote.pid)
    own.close()
    assert not process.is_running()


def test_no_zombies_are_left(own):
    for _ in range(5):
        own.run(request("maybe"), unseen)
    assert left_of_call(own) == []


def test_a_worker_that_was_never_started_starts_itself():
    with closing(Worker()) as worker:
        worker._modules = MODULES
        with pytest.raises(WorkerFailed, match="first crashed: AttributeError"):
            worker.run(request(("first", {"count": 1})), unseen)


def test_a_broken_plugin_is_left_out(tmp_path):
    broken = tmp_path / "broken.py"
    broken.write_text("import nothing_of_that_name\n", encoding="utf-8")
    with closing(Worker()) as worker:
        worker.start([str(broken), ROGUES], MODULES)
        assert worker.run(request("maybe"), unseen).rows == [("None ()",)]


def test_a_tool_that_cannot_be_imported_is_told_as_such():
    with closing(Worker()) as worker:
        worker.start([], ["llmsh.tools.rows.no_such_tool"])
        with pytest.raises(WorkerFailed) as caught:
            worker.run(request("maybe"), unseen)
    assert caught.value.message == (
        "the process that runs tools did not start: "
        "ModuleNotFoundError: No module named 'llmsh.tools.rows.no_such_tool'"
    )


def test_a_plugin_that_ends_the_process_while_it_loads_is_told_as_such(tmp_path):
    (tmp_path / "ends.py").write_text("import os\nos._exit(9)\n", encoding="utf-8")
    with closing(Worker()) as worker:
        worker.start([str(tmp_path / "ends.py")], MODULES)
        with pytest.raises(WorkerFailed, match="did not start: it ended with status 9"):
            worker.run(request("maybe"), unseen)


def test_the_environment_keeps_what_is_no_secret():
    environment = {
        "PATH": "/bin",
        "LC_ALL": "C",
        "API_KEY": "secret",
        "PYTHONPATH": "/x",
        "LD_PRELOAD": "x.so",
        "TERM": "xterm",
    }
    assert surroundings(environment) == {"PATH": "/bin", "LC_ALL": "C", "TERM": "dumb"}
