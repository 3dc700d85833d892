"""Makes attempts as a program does: the file that describes the world, then their names.

Several are made by children, one after the other; what one leaves in the work folder is gone before the next.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from contextlib import suppress

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from attempts import attempts, perform
from attempts.attempt import World


def main(world: World, names: list[str]) -> None:
    """Say of each attempt what came of it."""
    if len(names) == 1:
        print(perform(attempts()[names[0]], world), flush=True)
        return
    there = set(os.listdir(world.work))
    for name in names:
        pid = os.fork()
        if pid == 0:
            print(perform(attempts()[name], world), flush=True)
            os._exit(0)
        status = os.waitpid(pid, 0)[1]
        if status:
            print(f"broken: wait status {status}", flush=True)
        _tidy(world.work, there)


def _tidy(folder: str, there: set[str]) -> None:
    for name in set(os.listdir(folder)) - there:
        path = f"{folder}/{name}"
        with suppress(OSError):
            if os.path.isdir(path) and not os.path.islink(path):
                shutil.rmtree(path)
            else:
                os.unlink(path)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        described = json.load(file)
    main(World(**described), sys.argv[2:])
