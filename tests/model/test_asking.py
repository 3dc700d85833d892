"""The installed program with the real default model: README's first question, a session, JSON, Ctrl-C."""

from __future__ import annotations

import json
import os
from pathlib import Path

import psutil
import pytest

from llmsh.config import find_folders
from tests.e2e.driver import Driver, Ran
from tests.examples_tree import plant

pytestmark = pytest.mark.model

CACHE = os.path.dirname(find_folders(os.environ).cache)
DEFAULT = "qwen2.5-coder-0.5b-instruct"


@pytest.fixture
def driver(tmp_path: Path, model_file: str) -> Driver:
    assert os.path.exists(model_file)
    tree, home = tmp_path / "tree", tmp_path / "home"
    tree.mkdir()
    home.mkdir()
    plant(tree)
    return Driver(tree, home)


def ask(driver: Driver, *lines: str, flags: tuple[str, ...] = ()) -> Ran:
    """Lines in one session with the default model."""
    words = [word for line in lines for word in ("-c", line)]
    return driver.run("--model", DEFAULT, *flags, *words, env={"XDG_CACHE_HOME": CACHE})


def test_the_process_with_the_most_memory_is_found(driver: Driver) -> None:
    ran = ask(driver, "which process uses the most memory?", flags=("--json",))
    (turn,) = ran.turns
    (row,) = turn["result"]["rows"]
    sizes = {process.pid: process.memory_info().rss for process in psutil.process_iter()}
    assert (ran.status, turn["status"]) == (0, "done")
    assert row["memory"] >= 0.9 * max(sizes.values())
    assert "llmsh" in row["command"] or row["pid"] in sizes


def test_a_request_is_planned_run_and_followed_up(driver: Driver) -> None:
    ran = ask(driver, "find the python files here", "last | count()")
    assert (ran.status, sorted(ran.out.splitlines())) == (0, ["5", "a.py", "src/main.py", "src/util.py", *SUB])
    assert ran.err.splitlines()[0].startswith("-> find_files(")


SUB = ["sub/b.py", "sub/deep/c.py"]


def test_chinese_is_read_too(driver: Driver) -> None:
    ran = ask(driver, "哪个进程占用内存最多？", flags=("--json",))
    assert ran.turns[0]["plan"].startswith("processes(")
    assert len(ran.turns[0]["result"]["rows"]) >= 1


def test_a_turn_names_the_model_its_bytes_and_what_it_cost(driver: Driver) -> None:
    turn = json.loads(ask(driver, "how many lines does notes.txt have?", flags=("--json",)).out)
    assert turn["model"] == {
        "name": DEFAULT,
        "sha256": "1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        "adapter": "qwen2.5-coder-0.5b-instruct.gguf",
        "seed": 0,
    }
    assert 0 < turn["confidence"] <= 1
    assert all(turn["timings_ms"][part] > 0 for part in ("load", "prefill", "decode", "run", "total"))


def test_the_same_request_gives_the_same_plan(driver: Driver) -> None:
    runs = [ask(driver, "show the last 2 lines of notes.txt", flags=("--json", "--dry-run")) for _ in range(2)]
    first, second = (run.turns[0] for run in runs)
    assert (first["plan"], first["confidence"]) == (second["plan"], pytest.approx(second["confidence"], abs=0.02))


def test_a_change_is_refused_without_yes_and_nothing_is_done(driver: Driver) -> None:
    before = sorted(os.listdir(driver.tree))
    ran = ask(driver, "delete todo.txt")
    assert (ran.status, sorted(os.listdir(driver.tree))) == (4, before)


def test_the_users_own_file_is_a_model(driver: Driver, model_file: str) -> None:
    own = driver.home / "own.gguf"
    own.symlink_to(model_file)
    ran = driver.run("--model", str(own), "--dry-run", "-c", "find the python files here")
    assert (ran.status, ran.err.splitlines()[0]) == (0, '-> find_files(name="*.py")')


def test_a_misspelled_request_is_read_as_it_was_meant_and_a_name_as_it_was_typed(driver: Driver) -> None:
    ran = ask(driver, "lsat 2 lins of notes.txt", "make a folder called fils", flags=("--json", "--dry-run"))
    assert [turn["plan"] for turn in ran.turns] == ['read("notes.txt", last=2)', 'make_folder("fils")']
