"""The database: private, migrated, set aside when damaged, shared by two processes."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from llmsh.errors import ConfigError
from llmsh.store.database import MIGRATIONS, NAME, open_database

ROOT = Path(__file__).parents[2]


def tables(connection: sqlite3.Connection) -> list[str]:
    return [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]


def test_a_new_database_is_private_and_has_its_tables(tmp_path):
    warnings: list[str] = []
    with closing(open_database(str(tmp_path / "data/llmsh"), warnings.append)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO turns VALUES (1, 0, '', '', '', '', '', '{}')")
        connection.execute("COMMIT")
        files = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "data/llmsh").iterdir()}
        assert tables(connection) == ["turns"]
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert files == {NAME: 0o600, NAME + ".lock": 0o600, NAME + "-wal": 0o600, NAME + "-shm": 0o600}
    assert stat.S_IMODE((tmp_path / "data/llmsh").stat().st_mode) == 0o700
    assert warnings == []


def test_opening_again_keeps_what_is_there(tmp_path):
    for number in (1, 2):
        with closing(open_database(str(tmp_path), pytest.fail)) as connection:
            connection.execute("INSERT INTO turns VALUES (?, 0, '', '', '', '', '', '{}')", (number,))
            assert connection.execute("SELECT count(*) FROM turns").fetchone() == (number,)
            assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)


@pytest.mark.parametrize("content", [b"no database at all " * 100, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_database_is_set_aside_and_a_new_one_begun(tmp_path, content):
    (tmp_path / NAME).write_bytes(content)
    warnings: list[str] = []
    with closing(open_database(str(tmp_path), warnings.append)) as connection:
        assert tables(connection) == ["turns"]
    assert (tmp_path / f"{NAME}.damaged-1").read_bytes() == content
    assert warnings == [
        f"the history {tmp_path}/{NAME} was damaged: it is kept as {NAME}.damaged-1, a new one is begun"
    ]


def test_a_second_damaged_database_does_not_replace_the_first(tmp_path):
    for number in (1, 2):
        (tmp_path / NAME).write_bytes(b"damage %d" % number * 200)
        open_database(str(tmp_path), lambda _text: None).close()
    assert (tmp_path / f"{NAME}.damaged-1").read_bytes() == b"damage 1" * 200
    assert (tmp_path / f"{NAME}.damaged-2").read_bytes() == b"damage 2" * 200


def test_a_database_of_a_newer_llmsh_is_left_alone(tmp_path):
    with closing(open_database(str(tmp_path), pytest.fail)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(ConfigError, match="version 99, this llmsh knows"):
        open_database(str(tmp_path), pytest.fail)


def test_four_processes_may_begin_and_write_at_once(tmp_path):
    script = (
        "import sys\nfrom llmsh.store.turns import open_turns\n"
        "turns = open_turns(sys.argv[1], lambda text: sys.exit(text))\n"
        "for n in range(25): turns.record({'line': f'{sys.argv[2]} {n}', 'route': 'ask', 'status': 'done'})\n"
    )
    commands = [[sys.executable, "-c", script, str(tmp_path / "new"), name] for name in "abcd"]
    running = [subprocess.Popen(command, cwd=ROOT) for command in commands]
    assert [process.wait() for process in running] == [0, 0, 0, 0]
    with closing(open_database(str(tmp_path / "new"), pytest.fail)) as connection:
        assert connection.execute("SELECT count(DISTINCT line) FROM turns").fetchone() == (100,)
