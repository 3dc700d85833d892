"""A worker whose plugin is a box of rogues."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from llmsh.sandbox.base import Invocation, Request
from llmsh.sandbox.client import Worker
from llmsh.types import Argument, Effects, Limits, Progress, Rows

ROGUES = str(Path(__file__).parent / "rogues.py")
MODULES = ("llmsh.tools.rows.first", "llmsh.tools.files.file_info")


def request(*calls: str | tuple[str, dict[str, Argument]], given: Rows | None = None, **more) -> Request:
    """A request for a pipe of calls, each a name or a name with arguments."""
    pairs = [(call, {}) if isinstance(call, str) else call for call in calls]
    settings = {"cwd": os.getcwd(), "environment": {"PATH": "/bin"}, "effects": Effects(), "details": False, **more}
    settings.setdefault("limits", Limits(seconds=20))
    return Request(tuple(Invocation(*pair) for pair in pairs), given, **settings)


def unseen(_: Progress) -> None:
    """Nobody watches."""


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
