"""Every file and folder below some paths, for tools that change what the system notes about them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from llmsh.tools.changing import cannot, note
from llmsh.types import Row


def apply(path: str, change: Callable[[str], None], action: str, notes: list[str], *, recursive: bool) -> Iterator[Row]:
    """Change a path and, with `recursive`, all in it, children first; links in it are left alone.

    Children come first because a folder may lose the permission to be entered.
    """
    if recursive and os.path.isdir(path) and not os.path.islink(path):
        for found in _below(path, notes):
            try:
                change(found)
                yield (found, action, None)
            except OSError as error:
                note(notes, cannot("change", found, error).message)
    change(path)
    yield (path, action, None)


def _below(path: str, notes: list[str]) -> Iterator[str]:
    """Files and folders in a folder, those deepest first; never through or to a link."""

    def unread(error: OSError) -> None:
        note(notes, cannot("read", str(error.filename), error).message)

    for folder, folders, files in os.walk(path, topdown=False, onerror=unread):
        for name in (*sorted(files), *sorted(folders)):
            found = os.path.join(folder, name)
            if not os.path.islink(found):
                yield found
