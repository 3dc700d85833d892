"""From what a call was given (names, wildcards, rows from the pipe) to the paths it means.

Tools and their `effects` use the same function, so what is previewed is what is touched.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable

from llmsh.errors import ToolFailed
from llmsh.types import Effects, Files, Rows

MANY = 64


def expand(paths: Iterable[str]) -> list[str]:
    """Paths as written, `~` and wildcards expanded as a shell does; a pattern that matches nothing stays as it is.

    A name that exists is itself, also with a wildcard in it.
    """
    found: list[str] = []
    for path in paths:
        name = os.path.expanduser(path)
        matches = [] if os.path.lexists(name) else sorted(glob.glob(name, recursive=True))
        found.extend(matches or [name])
    return list(dict.fromkeys(found))


def targets(paths: Iterable[str], given: Rows | None) -> list[str]:
    """The paths a call means: those it names and those that come through the pipe, each once, in order."""
    piped = [] if given is None else [str(row[0]) for row in given.rows if row[0]]
    return list(dict.fromkeys([*expand(paths), *piped]))


def some_targets(paths: Iterable[str], given: Rows | None) -> list[str]:
    """The same, and an error where there are none."""
    found = targets(paths, given)
    if not found:
        raise ToolFailed("there are no files to work on", "name a file, or pipe files in: find_files(...) | ...")
    return found


def reads(*names: str, default: str | None = None) -> EffectsOf:
    """An `effects` function: reads what the named parameters and the pipe name, `default` where they name nothing."""
    return EffectsOf("reads", names, default)


def deletes(*names: str) -> EffectsOf:
    """An `effects` function: deletes what the named parameters and the pipe name."""
    return EffectsOf("deletes", names, None)


def writes(*names: str) -> EffectsOf:
    """An `effects` function: changes what the named parameters and the pipe name."""
    return EffectsOf("writes", names, None)


class EffectsOf:
    """Effects that are one field filled with the paths that some parameters and the pipe name."""

    def __init__(self, field: str, names: tuple[str, ...], default: str | None) -> None:
        self.field, self.names, self.default = field, names, default

    def __call__(self, given: Rows | None = None, **arguments: object) -> Effects:
        """The effects of one call, from its arguments."""
        named: list[str] = []
        for name in self.names:
            value = arguments.get(name) or ()
            named.extend((value,) if isinstance(value, str) else [str(item) for item in value])  # type: ignore[attr-defined]
        found = targets(named, given if isinstance(given, Files) else None)
        if not found and self.default is not None:
            found = [self.default]
        if self.field == "reads" and len(found) > MANY:  # a cage of folders, not of ten thousand names
            found = sorted({os.path.dirname(os.path.abspath(path)) for path in found})
        return Effects(**{self.field: tuple(found)})  # type: ignore[arg-type]
