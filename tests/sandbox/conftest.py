"""A worker whose plugin is a box of rogues."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

import psutil
import pytest

from llmsh.errors import WorkerFailed
from llmsh.sandbox import cage
from llmsh.sandbox.base import Invocation, Request
from llmsh.sandbox.client import Worker
from llmsh.types import Argument, Effects, Limits, Progress, Rows

ROGUES = str(Path(__file__).parent / "rogues.py")
FORKS = Effects(runs=("a rogue",))
"""What a call must say that starts processes: without it the kernel lets it start none."""
MODULES = ("llmsh.tools.rows.first", "llmsh.tools.files.file_info")


def request(*calls: str | tuple[str, dict[str, Argument]], given: Rows | None = None, **more) -> Request:
    """A request for a pipe of calls, each a name or a name with arguments."""
    pairs = [(call, {}) if isinstance(call, str) else call for call in calls]
    settings = {"cwd": os.getcwd(), "environment": {"PATH": "/bin"}, "effects": Effects(), "details": False, **more}
    settings.setdefault("limits", Limits(seconds=20))
    return Request(tuple(Invocation(*pair) for pair in pairs), given, **settings)


def unseen(_: Progress) -> None:
    """Nobody watches."""


def of_calls(worker: Worker) -> list[psutil.Process]:
    """The processes of the call that runs, not those that wait for the next one."""
    found = []
    for child in psutil.Process(worker._zygote.pid).children():
        with suppress(psutil.NoSuchProcess):
            tree = [child, *child.children(recursive=True)]
            if any(process.name() != "llmsh-spare" or process.status() == psutil.STATUS_ZOMBIE for process in tree):
                found += tree
    return found


def left_of_call(worker: Worker) -> list[psutil.Process]:
    """What is left of a call; a process that was forked this moment to wait for the next one has no name yet."""
    deadline = time.monotonic() + 10
    while (found := of_calls(worker)) and time.monotonic() < deadline:
        pass
    return found


@pytest.fixture(scope="package")
def shared() -> Iterator[Worker]:
    with closing(Worker()) as worker:
        worker.start([ROGUES], MODULES)
        yield worker


@pytest.fixture
def worker(shared: Worker) -> Iterator[Worker]:
    """The shared worker; after every test it must still do its work."""
    yield shared
    assert shared.run(request("maybe"), unseen).rows == [("None ()",)]


def each_step_fails(names: Sequence[str], take: Callable[[Sequence[cage.Step]], object]) -> None:
    """Each of the steps of a cage refused in turn: `take` must name it, and take none of those after it."""
    taken: list[str] = []

    def fail(_site: cage.Site) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    for broken, refused in enumerate(names):
        taken.clear()
        steps = [(name, fail if name == refused else lambda _site, name=name: taken.append(name)) for name in names]
        with pytest.raises(WorkerFailed) as caught:
            take(steps)
        assert caught.value.message == f"the cage could not be closed: {refused}: No space left on device"
        assert taken == list(names[:broken])
