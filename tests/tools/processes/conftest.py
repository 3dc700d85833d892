"""Real child processes with a name that no other process has."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

READY = "print('ready', flush=True); sys.stdin.read()\n"
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a script that runs until it is stopped; `before` is what it does first."""
    running: list[subprocess.Popen[str]] = []

    def start(name: str = "llmsh-probe.py", before: str = "") -> subprocess.Popen[str]:
        script = tmp_path / name
        script.write_text(f"import sys\n{before}\n{READY}", encoding="utf-8")
        child = subprocess.Popen(
            [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=tmp_path
        )
        running.append(child)
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        return child

    yield start
    for child in running:
        child.kill()
        child.communicate()
