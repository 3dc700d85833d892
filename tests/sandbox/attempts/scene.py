"""The world that attempts are made in: arranged before each one, with a process, servers and keys to be after."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Self

from .attempt import World
from .calls import call
from .deputies import KEPT

HERE = Path(__file__).parent
PYTHON = next((path for path in ("/usr/bin/python3", "/usr/local/bin/python3") if os.path.exists(path)), sys.executable)
"""What programs of the call run on: a Python that is not in anybody's home folder, or this one."""
KEY = "LLMSH_ATTEMPT_KEY"
"""The variable with the key that no call may find; /proc shows it only of those who were started with it."""
KEYCTL_JOIN = 1
PROGRAM = "#!/bin/sh\nexit 0\n"


class Scene:
    """Everything an attempt is after. `world` says where it is; `reset` makes the files as they were."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self.tag = f"llmsh-{secrets.token_hex(4)}"
        place = "/var/tmp" if os.access("/var/tmp", os.W_OK) else None  # a cage may have a /tmp of its own
        self.base = os.path.realpath(tempfile.mkdtemp(prefix="llmsh-attempts-", dir=place))
        self._stack.callback(shutil.rmtree, self.base, ignore_errors=True)

    def __enter__(self) -> Self:
        secret = os.environ[KEY]
        home = f"{self.base}/home"
        os.environ.update(HOME=home, SSH_AUTH_SOCK=f"{home}/run/ssh-agent")
        for name in [name for name in os.environ if name.startswith("XDG_")]:
            del os.environ[name]
        for folder in ("home/.ssh", "work", "code"):
            os.makedirs(f"{self.base}/{folder}")
        Path(home, ".ssh/id_rsa").write_text("a private key\n", encoding="utf-8")
        shutil.copytree(HERE, f"{self.base}/code/attempts", ignore=shutil.ignore_patterns("__pycache__"))
        # Compiled beforehand: a call may not write there, and each would do it again.
        subprocess.run([PYTHON, "-I", "-m", "compileall", "-q", f"{self.base}/code"], check=True)
        self.world = World(
            base=self.base, temp=tempfile.gettempdir(), tag=self.tag, shell=os.getpid(),
            secret_hash=hashlib.sha256(secret.encode()).hexdigest(), **self._keep(secret), **self._victim(),
        )  # fmt: skip
        Path(self.world.code, "world.json").write_text(json.dumps(asdict(self.world)), encoding="utf-8")
        self._keyring()
        self.reset()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def is_touched(self) -> bool:
        """Whether anything was left in the work folder, or taken from it."""
        return set(os.listdir(self.world.work)) != self._planted

    def reset(self) -> None:
        """Make every file as it was before any attempt."""
        world = self.world
        os.chmod(world.base, 0o700)
        for name in ("aside", "work"):
            _clear(f"{world.base}/{name}")
        for name in set(os.listdir(world.home)) - {"run"}:
            _clear(f"{world.home}/{name}")
        for path in (world.shared_memory, f"{world.shared_memory}-new", f"{world.temp}/{world.tag}-new"):
            _clear(path)
        Path(world.signals).write_text("", encoding="utf-8")
        _plant_home(world)
        _plant_work(world)
        self._planted = set(os.listdir(world.work))
        Path(world.readable).write_text("to be read\n", encoding="utf-8")
        Path(world.shared_memory).write_text("of another process\n", encoding="utf-8")

    def _keep(self, secret: str) -> dict[str, int | str]:
        """What the shell has open, for whoever it is left to: a key, its own folder, two terminals."""
        kept = Path(self.base, "home/kept")
        kept.write_text(secret, encoding="utf-8")
        numbers = [os.open(kept, os.O_RDONLY), os.open(f"{self.base}/home", os.O_RDONLY)]
        numbers += [*os.openpty(), *os.openpty()]
        for number in numbers:
            os.set_inheritable(number, True)
            self._stack.callback(os.close, number)
        self.terminal = os.ttyname(numbers[3])
        return {"leaked_file": numbers[0], "leaked_folder": numbers[1], "pts": os.ttyname(numbers[5])}

    def _victim(self) -> dict[str, int]:
        key = secrets.randbelow(1 << 30) + 1
        command = [sys.executable, str(HERE / "victim.py"), self.base, tempfile.gettempdir(), self.tag, str(key)]
        pipe = subprocess.PIPE
        victim = subprocess.Popen(command, stdin=pipe, stdout=pipe, env={"VICTIM": "1"}, start_new_session=True)
        self._stack.callback(_clear, f"{tempfile.gettempdir()}/{self.tag}-tmux")
        self._stack.callback(_clear, f"/dev/shm/{self.tag}")
        self._stack.enter_context(victim)  # its standard input is closed there, which ends it
        assert victim.stdout is not None
        return {"ipc_key": key, **json.loads(victim.stdout.readline())}

    def _keyring(self) -> None:
        """A session keyring with a secret, where the kernel has keyrings."""
        with contextlib.suppress(OSError):
            call("keyctl", KEYCTL_JOIN, None)
            call("add_key", "user", self.tag, "secret", 6, -3)


def _clear(path: str) -> None:
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.unlink(path)


def _write(path: str, text: str = "") -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def _plant_home(world: World) -> None:
    _write(world.key, "a private key\n")
    _write(world.notes, "notes\n")
    with contextlib.suppress(OSError):  # not every disk has attributes: the attempt's control says so
        os.setxattr(world.notes, "user.kept", b"1")
    _write(f"{world.home}/.bashrc", "# mine\n")
    _write(f"{world.home}/.config/llmsh/config.toml")
    _write(f"{world.home}/program.sh", PROGRAM)
    os.chmod(f"{world.home}/program.sh", 0o755)
    for path, text in KEPT.items():
        _write(f"{world.home}/{path}", text)
    os.symlink("notes.txt", f"{world.home}/link")
    os.mkfifo(f"{world.home}/fifo-there")
    _write(f"{world.code}/program.sh", PROGRAM)
    os.chmod(f"{world.code}/program.sh", 0o755)


def _plant_work(world: World) -> None:
    _write(f"{world.work}/mine.txt", "mine\n")
    os.link(f"{world.home}/.bashrc", f"{world.work}/shared.txt")
    os.symlink(world.notes, f"{world.work}/to-notes")
    for folder in (".git/hooks", ".git/objects", ".git/refs", ".git/modules/sub/hooks"):
        os.makedirs(f"{world.work}/{folder}")
    _write(f"{world.git}/HEAD", "ref: refs/heads/main\n")
    _write(f"{world.git}/config", "[core]\n\trepositoryformatversion = 0\n")
    _write(f"{world.work}/nested/.git/config", "[core]\n")
    _write(f"{world.work}/tree/.git", "gitdir: ../.git/worktrees/tree\n")
