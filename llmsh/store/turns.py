"""The record of every turn: written as it ends, read by /history, search and export."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from typing import Any, Protocol

from llmsh.errors import ConfigError
from llmsh.store.database import NAME, Warn, damaged, open_database, set_aside, transaction

Turn = dict[str, Any]
"""A turn as the JSON object of the contract; what comes back has `at` (seconds since the epoch) besides."""

KEPT_ROWS = 200
KEPT_LENGTH = 1 << 20
FAILURES = (OSError, sqlite3.Error, ConfigError)


class Turns(Protocol):
    """The turns so far, of this session and all before it."""

    def record(self, turn_json: Turn) -> None:
        """Keep a turn. Never fails: where it cannot, history is off from then on, and that was said once."""
        ...

    def recent(self, count: int) -> list[Turn]:
        """The last turns, the newest first."""
        ...

    def search(self, text: str, count: int = 100) -> list[Turn]:
        """The last turns whose line, plan or message holds every word of `text`, the newest first."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...


class NoTurns:
    """History that is off."""

    def record(self, turn_json: Turn) -> None:
        """Keeps nothing."""

    def recent(self, count: int) -> list[Turn]:  # noqa: ARG002  the interface's parameter
        """Nothing."""
        return []

    def search(self, text: str, count: int = 100) -> list[Turn]:  # noqa: ARG002  the interface's parameters
        """Nothing."""
        return []

    def close(self) -> None:
        """There is nothing to let go of."""


class SqliteTurns:
    """Turns in the database of `folder`. Raises OSError, sqlite3.Error or ConfigError where there can be none."""

    def __init__(self, folder: str, warn: Warn) -> None:
        self._folder, self._warn = folder, warn
        self._connection: sqlite3.Connection | None = open_database(folder, warn)

    def record(self, turn_json: Turn) -> None:
        """Keep a turn, with at most KEPT_ROWS rows of its result."""
        row = (
            time.time(), *(_text(turn_json, name) for name in ("line", "route", "status", "plan", "message")),
            _kept(turn_json),
        )  # fmt: skip
        try:
            self._insert(row)
        except sqlite3.Error as error:
            self._rescue(error, row)

    def recent(self, count: int) -> list[Turn]:
        """The last turns, the newest first."""
        return self._select("", (), count)

    def search(self, text: str, count: int = 100) -> list[Turn]:
        """The last turns whose line, plan or message holds every word of `text`, the newest first."""
        words = text.split()
        held = r"(line LIKE ? ESCAPE '\' OR plan LIKE ? ESCAPE '\' OR message LIKE ? ESCAPE '\')"
        where = " WHERE " + " AND ".join([held] * len(words)) if words else ""
        return self._select(where, tuple(_like(word) for word in words for _ in range(3)), count)

    def close(self) -> None:
        """Let go of the database."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _insert(self, row: tuple[object, ...]) -> None:
        if self._connection is None:
            return
        with transaction(self._connection):
            self._connection.execute(
                "INSERT INTO turns (at, line, route, status, plan, message, turn) VALUES (?, ?, ?, ?, ?, ?, ?)", row
            )

    def _select(self, where: str, values: tuple[str, ...], count: int) -> list[Turn]:
        if self._connection is None:
            return []
        query = f"SELECT at, turn FROM turns{where} ORDER BY id DESC LIMIT ?"  # noqa: S608  `where` is ours, values are bound
        try:
            found = self._connection.execute(query, (*values, max(0, count))).fetchall()
        except sqlite3.Error as error:
            self._rescue(error, None)
            return []
        return [{"at": at, **json.loads(turn)} for at, turn in found]

    def _rescue(self, error: sqlite3.Error, row: tuple[object, ...] | None) -> None:
        """Begin a new database where the old one broke under us; otherwise switch history off, and say so."""
        self.close()
        if damaged(error):
            try:
                self._reopen()
                if row is not None:
                    self._insert(row)
            except FAILURES as again:
                self.close()
                self._warn(_off(self._folder, again))
            return
        self._warn(_off(self._folder, error))

    def _reopen(self) -> None:
        """Opening finds most damage itself; what it does not look at is set aside here."""
        self._connection = open_database(self._folder, self._warn)
        if self._connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            self.close()
            aside = set_aside(os.path.join(self._folder, NAME))
            self._connection = open_database(self._folder, self._warn)
            self._warn(f"the history was damaged: it is kept as {os.path.basename(aside)}, a new one is begun")


def open_turns(folder: str, warn: Warn) -> Turns:
    """The turns kept in `folder`; where nothing can be kept, history is off and `warn` is told why, once."""
    try:
        return SqliteTurns(folder, warn)
    except FAILURES as error:
        warn(_off(folder, error))
        return NoTurns()


def data_folder(environment: dict[str, str]) -> str:
    """`$XDG_DATA_HOME/llmsh`; a relative value counts as unset, as the XDG specification asks."""
    base = environment.get("XDG_DATA_HOME", "")
    if not os.path.isabs(base):
        base = os.path.join(environment.get("HOME") or os.path.expanduser("~"), ".local/share")
    return os.path.join(base, "llmsh")


def _off(folder: str, error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"history is off: {folder} cannot be used ({reason})"


def _text(turn: Turn, name: str) -> str:
    """A field as text that SQLite takes: lone surrogates (bytes that are no UTF-8) are written as escapes."""
    return _plain(str(turn.get(name) or ""))


def _plain(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _like(word: str) -> str:
    return "%" + _plain(word).replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"


def _kept(turn: Turn) -> str:
    """The turn as JSON, its result cut to KEPT_ROWS rows, or to none where even these are long."""
    result = turn.get("result") or {}
    rows = result.get("rows") or []
    for count in (KEPT_ROWS, 0):
        if len(rows) > count:
            turn = {**turn, "result": {**result, "rows": rows[:count], "rows_in_all": len(rows)}}
        text = json.dumps(turn)  # ASCII, so that surrogates survive
        if len(text) <= KEPT_LENGTH:
            break
    return text
