"""The branches of a tree of files, drawn as tree(1) draws them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from llmsh.types import Row

BELOW = {"": "", "├── ": "│   ", "└── ": "    "}


def tree_entries(rows: Iterable[Row]) -> Iterator[tuple[str, str, Row]]:
    """For each row the branches to draw before it, its label, and itself. The first column is the path.

    A tree is drawn once all of it is known, because the branch of the last child is another.
    """
    known: dict[str, Row] = {str(row[0]): row for row in rows}
    children: dict[str, list[str]] = {path: [] for path in known}
    roots: list[str] = []
    for path in known:
        parent = _parent(path, known)
        (roots if parent is None else children[parent]).append(path)
    waiting = [("", "", root, root) for root in reversed(roots)]
    while waiting:  # a stack of our own: a tree may be deeper than Python's
        before, branch, path, label = waiting.pop()
        yield before + branch, label, known[path]
        below = before + BELOW[branch]
        for index, child in enumerate(reversed(children[path])):
            waiting.append((below, "├── " if index else "└── ", child, os.path.basename(child.rstrip("/"))))


def _parent(path: str, known: dict[str, Row]) -> str | None:
    """The row that holds a path: `src` or `src/` for `src/a.py`, `.` for `a.py`; None for the top of the tree."""
    folder = os.path.dirname(path) or "."
    return next((name for name in (folder, folder + "/") if name in known and name != path), None)
