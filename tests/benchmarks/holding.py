"""The memory that a result of 1,000,000 files takes: the largest of llmsh's processes, in one run of the program."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

FILES, PER_FOLDER = 1_000_000, 10_000
MOST_MIB = 1024


def measure() -> str:
    with tempfile.TemporaryDirectory() as root:
        for number in range(FILES // PER_FOLDER):
            folder = Path(root, f"folder-{number:03}")
            folder.mkdir()
            for name in range(PER_FOLDER):
                os.close(os.open(f"{folder}/file-{name:05}.txt", os.O_CREAT | os.O_WRONLY))
        words = ["--json", "-c", "find_files()"]
        with open(os.devnull, "wb") as nowhere:
            subprocess.run([sys.executable, "-m", "llmsh", *words], cwd=root, stdout=nowhere, check=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return f"a result of {FILES:,} files with sizes and times: {peak} MiB, at most {MOST_MIB}"
