"""What every test shares: a test that needs the model says so in the report, so that CI sees whether it ran."""

from __future__ import annotations

import signal

import pytest


def pytest_configure() -> None:
    """Ctrl-C is tested: a background job starts with SIGINT ignored, and so would every program it starts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("model"):
            item.user_properties.append(("needs", "model"))
