"""The one SQLite database: opened private and in WAL mode, migrated by numbered steps, set aside when damaged."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from llmsh.errors import ConfigError

NAME = "llmsh.db"
BUSY_SECONDS = 5.0
DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

Warn = Callable[[str], None]
Migration = Callable[[sqlite3.Connection], None]


def open_database(folder: str, warn: Warn) -> sqlite3.Connection:
    """The database in `folder`, created or migrated as needed; a damaged one is set aside and a new one begun.

    Raises OSError or sqlite3.Error where there can be none (read-only home, full disk), ConfigError where a newer
    llmsh has written it.
    """
    os.makedirs(folder, mode=0o700, exist_ok=True)
    path = os.path.join(folder, NAME)
    with _only_one(folder):
        try:
            return _open(path)
        except sqlite3.DatabaseError as error:
            if not damaged(error):
                raise
            aside = set_aside(path)
        warn(f"the history {path} was damaged: it is kept as {os.path.basename(aside)}, a new one is begun")
        return _open(path)


def damaged(error: sqlite3.Error) -> bool:
    """Whether an error means that the file itself is broken, and not a lock, a full disk or a missing right."""
    return (getattr(error, "sqlite_errorcode", 0) & 0xFF) in DAMAGE


def set_aside(path: str) -> str:
    """Rename a damaged database to the first free `<name>.damaged-<n>`. Raises OSError."""
    number = 1
    while os.path.lexists(f"{path}.damaged-{number}"):
        number += 1
    aside = f"{path}.damaged-{number}"
    os.rename(path, aside)
    for side in ("-wal", "-shm"):  # they belong to the old file: beside a new one they would damage it too
        if os.path.lexists(path + side):
            os.rename(path + side, aside + side)
    return aside


@contextmanager
def _only_one(folder: str) -> Iterator[None]:
    """One process at a time opens and migrates: the second of two must not set aside what the first has just begun."""
    lock = os.open(os.path.join(folder, NAME + ".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _open(path: str) -> sqlite3.Connection:
    # Created here and not by SQLite, which would leave the rights to the umask; -wal and -shm take them over.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        _migrate(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _migrate(connection: sqlite3.Connection, path: str) -> None:
    """Run the steps that the file has not seen, each in its own transaction together with its number."""
    seen = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if seen > len(MIGRATIONS):
        raise ConfigError(
            f"{path} has version {seen}, this llmsh knows {len(MIGRATIONS)}", "a newer llmsh wrote it: update this one"
        )
    for number in range(seen, len(MIGRATIONS)):
        with transaction(connection):
            MIGRATIONS[number](connection)
            connection.execute(f"PRAGMA user_version = {number + 1}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of a block or nothing of it. IMMEDIATE, so that two writers wait for each other instead of failing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _create_turns(connection: sqlite3.Connection) -> None:
    with closing(connection.cursor()) as cursor:
        cursor.execute(
            "CREATE TABLE turns (id INTEGER PRIMARY KEY, at REAL NOT NULL, line TEXT NOT NULL, route TEXT NOT NULL,"
            " status TEXT NOT NULL, plan TEXT NOT NULL, message TEXT NOT NULL, turn TEXT NOT NULL)"
        )
        cursor.execute("CREATE INDEX turns_at ON turns (at)")


MIGRATIONS: tuple[Migration, ...] = (_create_turns,)
