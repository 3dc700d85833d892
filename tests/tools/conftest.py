"""Every tool test runs in the example tree."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.examples_tree import plant


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
