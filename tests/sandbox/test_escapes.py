"""Every attempt to leave the cage, in each cage, as this user and as one of the other kind (root, and one who is not).

`python -m tests.sandbox.attempts` prints the same as a table.
"""

from __future__ import annotations

import ctypes
import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import landlockpy
import psutil
import pytest

from tests.sandbox.attempts import attempts
from tests.sandbox.attempts.attempt import Policy
from tests.sandbox.attempts.calls import CLONE_NEWNS, CLONE_NEWUSER
from tests.sandbox.attempts.scene import KEY

ROOT = Path(__file__).parents[2]
NOBODY = 65534
USERS = ("root", "nobody")
PYTHONS = (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3")
LANDLOCK_CREATE_RULESET, VERSION = 444, 1
EVERY = attempts()
Table = dict[tuple[str, str], dict[str, Any]]


@cache
def landlock() -> int:
    """The version of Landlock that this kernel has; 0 where it has none."""
    return max(0, ctypes.CDLL(None).syscall(LANDLOCK_CREATE_RULESET, None, 0, VERSION))


@cache
def namespaces(user: str) -> bool:
    """Whether this kernel lets a user make namespaces, and mount there."""
    pid = os.fork()
    if pid == 0:
        if not _is_current(user):
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
        libc = ctypes.CDLL(None)
        refused = libc.unshare(CLONE_NEWUSER | CLONE_NEWNS) or libc.mount(b"none", b"/tmp", b"tmpfs", 0, None)
        os._exit(bool(refused))
    return os.waitpid(pid, 0)[1] == 0


OFFERED: dict[Policy, Callable[[str], object]] = {
    Policy.TOOL: lambda _: landlock() >= 1,
    Policy.FLOOR: lambda _: landlock() >= 6,
    Policy.STRICT: namespaces,
}
NEEDS = {
    Policy.TOOL: "Landlock", Policy.FLOOR: "Landlock of Linux 6.12", Policy.STRICT: "user namespaces for this user",
}  # fmt: skip


def _as(user: str) -> dict[str, Any]:
    """How a process of this user is started."""
    return {} if _is_current(user) else {"user": NOBODY, "group": NOBODY, "extra_groups": []}


def _is_current(user: str) -> bool:
    return (user == "root") == (os.getuid() == 0)


@dataclass(frozen=True)
class Running:
    """The process that makes a user's attempts, and the files that it writes to."""

    process: subprocess.Popen[bytes]
    said: Path
    errors: Path


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Table]]:
    """What came of all attempts, by user: they are made once, by a process of that user; both run side by side."""
    folder = Path("/tmp", f"llmsh-python-{secrets.token_hex(4)}")  # tmp_path is closed to other users
    started = {user: _start(user, folder, tmp_path_factory.mktemp(user)) for user in USERS}
    yield _asked(started)
    for running in started.values():
        if isinstance(running, Running):  # nobody may have asked for it
            running.process.kill()
            running.process.wait()
    shutil.rmtree(folder, ignore_errors=True)


def _asked(started: dict[str, Running | str]) -> Callable[[str], Table]:
    """A user's table, waited for when it is first asked for; a test is skipped where there can be none."""

    @cache
    def table(user: str) -> Table | str:
        running = started[user]
        return running if isinstance(running, str) else _read(running)

    def table_or_skip(user: str) -> Table:
        found = table(user)
        if isinstance(found, str):
            pytest.skip(found)
        assert len(found) == len(EVERY) * len(Policy), found.get(("", ""))
        return found

    return table_or_skip


def _start(user: str, folder: Path, said: Path) -> Running | str:
    """Start the attempts of a user, or say why there are none."""
    if user == "root" and not _is_current(user):
        return "only root can become root: the attempts of root are not made"
    python = sys.executable if _is_current(user) else _python(folder)
    if not python:
        return "there is no Python here that nobody may run: the attempts of nobody are not made"
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), KEY: f"key-{secrets.token_hex(16)}"}
    running = said / "rows", said / "errors"
    with running[0].open("wb") as rows, running[1].open("wb") as errors:
        process = subprocess.Popen(
            [python, "-B", "-m", "tests.sandbox.attempts", "--json"], **_as(user), env=environment, cwd="/",
            stdin=subprocess.DEVNULL, stdout=rows, stderr=errors,
        )  # fmt: skip
    return Running(process, *running)


def _read(running: Running) -> Table:
    """The rows of a table once it is whole; where it stays empty, what was said instead."""
    running.process.wait()
    rows = [json.loads(line) for line in running.said.read_text(encoding="utf-8").splitlines()]
    return {(row["policy"], row["name"]): row for row in rows} or {("", ""): {"errors": running.errors.read_text()}}


def _python(folder: Path) -> str:
    """A Python for nobody: of the system where need be, and shown the packages of this one; empty where none works."""
    for number, path in enumerate(PYTHONS):
        python = _environment(folder / str(number), path)
        check = [python, "-c", "import llmsh.sandbox.cage, llmsh.sandbox.client, psutil, tests.sandbox.attempts"]
        with suppress(PermissionError):
            tried = subprocess.run(
                check, **_as("nobody"), env={"PYTHONPATH": str(ROOT)}, cwd="/", capture_output=True, check=False
            )
            if tried.returncode == 0:
                return python
    return ""


def _environment(folder: Path, path: str) -> str:
    """A virtual environment of the interpreter at `path`, with copies of the packages of this one that a cage needs.

    Copies, because this one may lie in a home folder that is closed to others.
    """
    packages = folder / f"lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages"
    for module in (landlockpy, psutil):
        home = Path(module.__file__).parent
        shutil.copytree(home, packages / home.name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "pyvenv.cfg").write_text(f"home = {os.path.dirname(path)}\n", encoding="utf-8")
    (folder / "bin").mkdir()
    (folder / "bin/python").symlink_to(path)
    return str(folder / "bin/python")


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize("policy", list(Policy))
def test_every_cage_that_this_kernel_offers_is_tried(tables, policy, user):
    result = tables(user)[policy, "harmless"]
    if not OFFERED[policy](user):
        pytest.skip(f"this kernel has no {NEEDS[policy]}: {policy} is not tried")
    assert (result["outcome"], result["said"]) == ("runs inside", "done")


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize("policy", list(Policy))
@pytest.mark.parametrize("name", EVERY, ids=[attempt.sentence for attempt in EVERY.values()])
def test_an_attempt_to(tables, policy, user, name):
    attempt, result = EVERY[name], tables(user)[policy, name]
    if not OFFERED[policy](user):
        pytest.skip(f"this kernel has no {NEEDS[policy]}: {policy} is not tried")
    assert result["outcome"] == result["expected"], result["said"]
    if result["succeeds"] or (attempt.needs_root and user != "root"):
        return
    assert attempt.feature, f"outside the cage it came to {result['control']}: this test proves nothing"
    pytest.skip(f"this machine has no {attempt.feature} (outside the cage: {result['control']})")


def test_the_attempts_are_as_many_as_were_thought_of():
    assert len(EVERY) >= 126 + 45
