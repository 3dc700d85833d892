"""What every test shares: the example tree, a worker, and a note of which tests need the model: CI sees if they ran."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from llmsh.sandbox.client import Worker
from tests.examples_tree import plant


def pytest_configure() -> None:
    """Ctrl-C is tested: a background job starts with SIGINT ignored, and so would every program it starts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("model"):
            item.user_properties.append(("needs", "model"))


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[Path]:
    """The example tree, as the working folder."""
    root = tmp_path / "tree"
    root.mkdir()
    plant(root)
    before = os.getcwd()
    os.chdir(root)
    yield root
    os.chdir(before)


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    """A worker with all built-in tools."""
    started = Worker()
    started.start()
    yield started
    started.close()
