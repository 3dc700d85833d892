"""Settings, folders, locale: damaged, missing, read-only."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from tests.e2e.driver import Driver, Ran


def test_the_settings_file_that_is_named_is_read(llmsh: Driver) -> None:
    (llmsh.tree / "my.toml").write_text('mode = "auto"\n')

    assert llmsh.run("--config", "my.toml", "-c", "/mode").out == "auto\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"mode = \n", "is not valid TOML"),
        (b"\xff\xfe\x00", "is not valid TOML"),
        (b'mood = "ask"\n', "line 1: there is no setting mood"),
        (b'\nmode = "asking"\n', "line 2: mode must be one of read-only, ask, auto, found 'asking'"),
        (b"context = 1\n", "line 1: context must be from 512 to 1048576, found 1"),
    ],
)
def test_a_damaged_settings_file_is_named_with_what_is_wrong(llmsh: Driver, text: bytes, message: str) -> None:
    path = llmsh.config / "config.toml"
    path.write_bytes(text)

    ran = llmsh.lines("list_files()")

    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"error: {path}")
    assert message in ran.err
    assert [line.split(":")[0] for line in ran.err.splitlines()] == ["error", "hint"]


def test_a_damaged_database_is_set_aside_and_the_line_runs(llmsh: Driver) -> None:
    (llmsh.data / "llmsh.db").write_bytes(b"this is no database" * 100)

    ran = llmsh.lines('find_files("docs") | count()')

    assert (ran.status, ran.out) == (0, "3\n")
    assert "was damaged: it is kept as llmsh.db.damaged-1, a new one is begun" in ran.err
    assert (llmsh.data / "llmsh.db.damaged-1").read_bytes() == b"this is no database" * 100
    assert llmsh.lines("/history").out.splitlines()[1].startswith('find_files("docs")')


def test_a_database_of_a_newer_llmsh_is_left_alone(llmsh: Driver) -> None:
    connection = sqlite3.connect(llmsh.data / "llmsh.db")
    connection.execute("PRAGMA user_version = 99")
    connection.close()

    ran = llmsh.lines('find_files("docs") | count()')

    assert (ran.status, ran.out) == (0, "3\n")
    assert "history is off" in ran.err


def test_a_home_that_cannot_be_written_only_costs_the_history(llmsh: Driver) -> None:
    for name in (".config", ".local", ".cache"):
        (llmsh.home / name).write_text("a file where a folder should be\n")

    ran = llmsh.lines('find_files("docs") | count()')

    assert (ran.status, ran.out) == (0, "3\n")
    assert ran.err.splitlines()[0].startswith("note: history is off: ")
    assert len(ran.err.splitlines()) == 2


def test_without_a_home_it_works(llmsh: Driver) -> None:
    ran = llmsh.lines('find_files("docs") | count()', env={"HOME": None, "XDG_DATA_HOME": str(llmsh.data)})

    assert (ran.status, ran.out) == (0, "3\n")


def test_a_home_that_is_not_there_works(llmsh: Driver) -> None:
    ran = llmsh.lines('find_files("docs") | count()', env={"HOME": "/proc/none"})

    assert (ran.status, ran.out) == (0, "3\n")


def test_the_folders_of_the_xdg_variables_are_used(llmsh: Driver) -> None:
    config, data = llmsh.home / "c", llmsh.home / "d"
    (config / "llmsh").mkdir(parents=True)
    (config / "llmsh/config.toml").write_text('mode = "auto"\n')

    ran = llmsh.lines("/mode", env={"XDG_CONFIG_HOME": str(config), "XDG_DATA_HOME": str(data)})

    assert ran.out == "auto\n"
    assert (data / "llmsh/llmsh.db").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("locale", ["C", "POSIX", "de_DE.ISO-8859-1", "no_SUCH.locale"])
def test_names_survive_every_locale(llmsh: Driver, locale: str) -> None:
    names = ["h\u00e9llo.txt", "\u6587\u4ef6.txt", "caf\udce9.txt"]
    for name in names:
        Path(os.fsdecode(os.fsencode(llmsh.tree / "emptydir") + b"/" + os.fsencode(name))).write_text("x\n")
    lines = ('find_files("emptydir") | sort("path")', 'find_files("emptydir") | read() | count()')

    ran = llmsh.lines(*lines, env={"LANG": None, "LC_ALL": locale})

    assert ran.status == 0
    assert sorted(ran.out.splitlines()) == sorted([*(f"emptydir/{name}" for name in names), "3"])


def test_an_environment_of_nothing_at_all_works(llmsh: Driver) -> None:
    nothing = dict.fromkeys(llmsh.environment())

    ran = llmsh.lines('find_files("docs") | count()', "echo hello", env=nothing)

    assert (ran.status, ran.out) == (0, "3\nhello\n")


def test_a_setting_in_the_environment_holds(llmsh: Driver) -> None:
    assert llmsh.lines("/mode", env={"LLMSH_MODE": "auto"}) == Ran(0, "auto\n", "")
    assert llmsh.lines("/mode", env={"LLMSH_MODE": "loud"}).status == 2


def test_a_new_plugin_works_from_the_next_start_on_and_is_never_overwritten(llmsh: Driver) -> None:
    made = llmsh.run("plugins", "new", "greet")
    path = str(llmsh.config / "plugins/greet.py")
    assert (made.status, made.out.splitlines()[0]) == (0, path)
    assert llmsh.run("plugins", "check").status == 0
    assert llmsh.lines('greet("Ann", loud=True)').out == "GREET: ANN\n"
    again = llmsh.run("plugins", "new", "greet")
    assert (again.status, again.err) == (
        2,
        f"error: {path} cannot be written: File exists\nhint: choose another name\n",
    )


def test_a_plugin_cannot_be_named_out_of_its_folder(llmsh: Driver) -> None:
    ran = llmsh.run("plugins", "new", "../../evil")
    assert (ran.status, ran.err.splitlines()[0]) == (2, "error: ../../evil is no name for a plugin")
