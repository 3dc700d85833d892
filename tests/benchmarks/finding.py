"""find_files over 100,000 files, through the worker and back into the shell's process, beside find itself."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from llmsh.registry import Registry, derive
from llmsh.sandbox.base import Invocation, Request
from llmsh.sandbox.client import Worker
from llmsh.tools.files.find_files import find_files
from llmsh.types import Effects, Progress
from tests.benchmarks.pairs import Outcome, in_turns, outcome

FOLDERS, EACH = 1000, 99


def plant(root: Path) -> None:
    """1,000 folders on three levels with 99 files each: 100,000 names."""
    for number in range(FOLDERS):
        folder = root.joinpath(f"group{number // 100}", f"set{number // 10 % 10}", f"case{number % 10}")
        folder.mkdir(parents=True)
        for each in range(EACH):
            (folder / f"measurement-{each:03}.txt").touch()


def measure() -> Outcome:
    tool = Registry([derive(find_files)]).get("find_files")
    assert tool is not None
    arguments = {parameter.name: parameter.default for parameter in tool.parameters}
    worker = Worker()
    with tempfile.TemporaryDirectory() as folder:
        plant(Path(folder))
        limits = tool.limits
        call = Invocation("find_files", arguments)
        request = Request((call,), None, folder, dict(os.environ), Effects(reads=(folder,)), limits, details=False)
        worker.start()
        try:
            bare = len(subprocess.run(["find", "."], cwd=folder, check=True, capture_output=True).stdout.splitlines())
            assert len(list(worker.run(request, _unseen).rows)) == bare - 1  # find names its start as well
            pairs = in_turns(
                lambda: worker.run(request, _unseen),
                lambda: subprocess.run(["find", "."], cwd=folder, check=True, capture_output=True),
                15,
            )
        finally:
            worker.close()
    return outcome("find_files() over 100,000 files : find .", pairs, 2.0)


def _unseen(progress: Progress) -> None:
    """Nobody watches."""
