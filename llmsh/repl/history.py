"""The lines typed so far, in a private file; in memory alone where it cannot be kept."""

from __future__ import annotations

import os
from contextlib import suppress

from prompt_toolkit.history import FileHistory, History, InMemoryHistory


class LineHistory(FileHistory):
    """A history file whose failures cost the line its place in it, never the prompt."""

    def store_string(self, string: str) -> None:
        """Append a line; what is no UTF-8 is written as escapes, and a full disk is passed over."""
        with suppress(OSError):
            super().store_string(string.encode("utf-8", "backslashreplace").decode("utf-8"))


def open_history(folder: str) -> History:
    """The history in `folder`; in memory where there can be no file."""
    path = os.path.join(folder, "lines")
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        with open(path, "ab"):
            os.chmod(path, 0o600)
    except OSError:
        return InMemoryHistory()
    return LineHistory(path)
