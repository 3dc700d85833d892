"""One tree and one home for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.driver import Driver, Screen
from tests.examples_tree import plant


@pytest.fixture
def llmsh(tmp_path: Path) -> Iterator[Driver]:
    """The program, in the tree of the examples."""
    home = tmp_path / "home"
    tree = home / "tree"
    tree.mkdir(parents=True)
    plant(tree)
    driver = Driver(tree, home)
    yield driver
    driver.close()


@pytest.fixture
def screen(llmsh: Driver) -> Screen:
    """The REPL at its first prompt."""
    shown = llmsh.repl()
    shown.prompt()
    return shown
