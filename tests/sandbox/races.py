"""A plugin whose tool uses real ones again and again while somebody swaps a path, and the program that swaps."""

from __future__ import annotations

import ctypes
import os
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

from llmsh.errors import ToolFailed
from llmsh.tool import Example, tool
from llmsh.tools.files.copy import copy
from llmsh.tools.files.move import move
from llmsh.tools.files.read import read
from llmsh.tools.files.write import write
from llmsh.types import Column, Rows, Table

RENAME_EXCHANGE = 2
AT_FDCWD = -100


def _move(target: str, number: int) -> Rows:
    with open(f"source-{number}", "w", encoding="utf-8") as file:
        file.write("evil\n")
    return move(paths=(f"source-{number}",), to=target)


ACTS: dict[str, Callable[[str, int], Rows]] = {
    "write": lambda target, _: write(target, "evil\n"),
    "copy": lambda target, _: copy(paths=("mine.txt",), to=target),
    "move": _move,
    "read": lambda target, _: read(paths=(target,)),
}


def compete(act: str, target: str, rounds: int) -> Counter[str]:
    """How often a tool did it, read a secret, or was refused. `target` may hold the number of the round."""
    counts: Counter[str] = Counter()
    for number in range(rounds):
        try:
            rows = list(ACTS[act](target.format(number), number).rows)
            counts["secret" if ("a secret",) in rows else "done"] += 1
        except (OSError, ToolFailed):
            counts["refused"] += 1
    return counts


@tool(examples=(Example("compete", 'race("write", "turn")'),) * 3)
def race(act: str, target: str, rounds: int) -> Table:
    """Use a tool while a path is swapped.

    Args:
        act: which tool.
        target: the path.
        rounds: how often.
    """
    return Table((Column("what"), Column("count")), list(compete(act, target, rounds).items()))


def register(registry: Any) -> None:
    registry.tool(race)


def swap(one: str, other: str) -> None:
    """Exchange two names, one of them a link, until this process is ended. A link that a tool replaced is put back."""
    target = os.readlink(other)
    libc = ctypes.CDLL(None)
    names = os.fsencode(one), os.fsencode(other)
    print("ready", flush=True)
    while True:
        libc.renameat2(AT_FDCWD, names[0], AT_FDCWD, names[1], RENAME_EXCHANGE)
        if not os.path.islink(one) and not os.path.islink(other):
            os.symlink(target, f"{other}-again")
            os.replace(f"{other}-again", other)


if __name__ == "__main__":
    swap(sys.argv[1], sys.argv[2])
