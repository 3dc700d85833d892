"""Every test of fetching has a server of its own and a small model with its true sha256."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from llmsh.types import Progress
from tests.models.server import Served, serve


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """A server on loopback, reached directly whatever proxy the machine has."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serve() as served:
        yield served


@pytest.fixture
def seen() -> list[Progress]:
    """Where progress is collected: pass `seen.append`."""
    return []
