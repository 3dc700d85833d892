"""What lasts from one line to the next: folder, environment, mode, the previous result and the turns so far."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from enum import StrEnum

from llmsh.types import Row, Rows, Scalar, Table, Turn


class Mode(StrEnum):
    """How much may happen without a question."""

    READ_ONLY = "read-only"
    ASK = "ask"
    AUTO = "auto"


@dataclass
class Session:
    """The one mutable value of a shell. `environment` is what commands and `run` see; `stdin` is the piped input."""

    environment: dict[str, str]
    mode: Mode = Mode.ASK
    last: Rows | None = None
    stdin: Rows | None = None
    turns: list[Turn] = field(default_factory=list)

    @property
    def cwd(self) -> str:
        """The working folder; where it was deleted, the name it had."""
        try:
            return os.getcwd()
        except FileNotFoundError:
            return self.environment.get("PWD", "/")

    def go(self, folder: str) -> None:
        """Make `folder` the working folder. Raises OSError."""
        old = self.cwd
        os.chdir(folder)
        if isinstance(self.last, Table):  # "delete those" must not mean the files of the same names in another folder
            self.last = _anchored(self.last, old)
        moved = {"OLDPWD": old, "PWD": self.cwd}
        self.environment.update(moved)
        os.environ.update(moved)  # where tools that run in the session look


def _anchored(rows: Table, folder: str) -> Table:
    """The same rows with full paths."""
    paths = {index for index, column in enumerate(rows.columns) if column.name in ("path", "was")}
    return replace(rows, rows=[_full(row, paths, folder) for row in rows.rows]) if paths else rows


def _full(row: Row, paths: set[int], folder: str) -> Row:
    def full(index: int, value: Scalar) -> Scalar:
        return os.path.join(folder, value) if index in paths and isinstance(value, str) else value

    return tuple(full(index, value) for index, value in enumerate(row))
