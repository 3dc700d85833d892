"""The words of a request, as far as they may be paths, and which arguments are."""

from __future__ import annotations

import re

PATHS = frozenset({"path", "folder", "paths"})
"""Kinds of parameters that take paths."""
WORD = re.compile(r"[^\s\"'`“”‘’「」《》()（）,，;；:：。？！?!、]+")
ENDING = re.compile(r"(\.[A-Za-z0-9]{1,5})(?=[\u3400-\u9fff])")
"""Where Chinese goes on right behind a name."""


def words(request: str) -> tuple[str, ...]:
    """The words of a request, without the slash or the full stop at their ends."""
    return tuple(word.rstrip("/.") for word in WORD.findall(ENDING.sub(r"\1 ", request)))


def parts(path: str) -> list[str]:
    """The names in a path, without those that only say where it starts."""
    return [part for part in path.split("/") if part not in ("", ".", "..", "~")]
