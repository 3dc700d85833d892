"""What a cage must refuse, tried: the same acts outside, where each must succeed, and inside, where each must fail.

Each cage is judged by a throw-away worker that goes the way of every call: only what was enforced on that way counts,
never what a kernel says of itself.
"""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from llmsh.registry import Tool
from llmsh.tool import no_effects
from llmsh.types import Column, Limits, Table

NAME = "cage probe"
"""No plan can call a tool whose name is two words."""
SUCCEEDED = "succeeded"
REFUSED = (errno.EACCES, errno.EPERM)
HIDDEN = (errno.ENOENT, errno.ESRCH, errno.EROFS, errno.EXDEV)
CAP_SETS = ("CapInh", "CapPrm", "CapEff", "CapAmb")


@dataclass(frozen=True)
class Scene:
    """What acts are about: a folder the call may change, one it may not even see, and a process that is not its own."""

    inside: str
    outside: str
    victim: int


@dataclass(frozen=True)
class Act:
    """One thing to try. It raises OSError where it is refused. `wanted`: it must succeed in the cage as well.

    `programs` says in which cages it is tried: True those for programs, False the one for tools, None all.
    """

    name: str
    do: Callable[[Scene], None]
    wanted: bool = False
    programs: bool | None = None


def acts(*, programs: bool) -> tuple[Act, ...]:
    """Those for the cages of programs, or for that of tools."""
    return tuple(act for act in ACTS if act.programs in (None, programs))


def attempt(act: Act, scene: Scene) -> str:
    """What became of an act: "succeeded", or the name of the error."""
    try:
        act.do(scene)
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, "an error without a number")
    return SUCCEEDED


def holds(act: Act, control: str, result: str) -> bool:
    """Whether a cage did what it must: what succeeds outside is refused inside, by an error that says so."""
    refusals = [errno.errorcode[number] for number in (*REFUSED, *HIDDEN)]
    return control == SUCCEEDED and (result == SUCCEEDED if act.wanted else result in refusals)


def prepare(scene: Scene) -> None:
    """Make what the acts are about. It is made anew before each round: a control changes it."""
    for folder in (scene.inside, scene.outside):
        os.makedirs(folder, exist_ok=True)
        for name in ("new", "moved", "link"):
            with suppress(FileNotFoundError):
                os.unlink(os.path.join(folder, name))
        with open(os.path.join(folder, "file"), "w", encoding="utf-8") as file:
            file.write("text")


def _probe(*, inside: str, outside: str, victim: int, programs: bool) -> Table:
    """The tool: all acts inside the cage that this worker is in."""
    scene = Scene(inside, outside, victim)
    return Table(
        (Column("act"), Column("result")), [(act.name, attempt(act, scene)) for act in acts(programs=programs)]
    )


def probe_tool() -> Tool:
    """The probe as a worker runs it. It is in no registry."""
    return Tool(
        NAME, "sandbox", "llmsh", "Try what a cage must refuse", (), takes=None, needs_given=False, gives=Table,
        also=(), examples=(), limits=Limits(seconds=20), in_session=False, effects=no_effects, function=_probe,
    )  # fmt: skip


def _read(path: str) -> None:
    with open(path, "rb") as file:
        file.read(1)


def _list(path: str) -> None:
    os.listdir(path)


def _create(path: str) -> None:
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _append(path: str) -> None:
    os.close(os.open(path, os.O_WRONLY | os.O_APPEND))


def _rename(scene: Scene) -> None:
    os.rename(os.path.join(scene.inside, "file"), os.path.join(scene.outside, "moved"))


def _through_a_link(scene: Scene) -> None:
    link = os.path.join(scene.inside, "link")
    os.symlink(os.path.join(scene.outside, "file"), link)
    try:
        _read(link)
    finally:
        os.unlink(link)


def _signal(scene: Scene) -> None:
    os.kill(scene.victim, 0)


def _connects(family: int) -> Callable[[Scene], None]:
    def act(_scene: Scene) -> None:
        socket.socket(family, socket.SOCK_STREAM).close()

    return act


def _execute(_scene: Scene) -> None:
    pid = os.posix_spawn("/bin/sh", ["sh", "-c", ":"], {})
    os.waitpid(pid, 0)


def _gain(_scene: Scene) -> None:
    """Have, or be able to get, a privilege: refused where no_new_privs is set and no capability is left."""
    with open("/proc/self/status", encoding="ascii", errors="replace") as file:
        status = dict(line.rstrip("\n").split(":\t", 1) for line in file if ":\t" in line)
    if status.get("NoNewPrivs") == "1" and not any(int(status.get(name, "0"), 16) for name in CAP_SETS):
        raise PermissionError(errno.EPERM, "no privileges are left to be had")


def _below(folder: str, name: str, do: Callable[[str], None]) -> Callable[[Scene], None]:
    def act(scene: Scene) -> None:
        do(os.path.join(getattr(scene, folder), name))

    return act


ACTS = (
    Act("read a file of the call", _below("inside", "file", _read), wanted=True),
    Act("make a file where the call may", _below("inside", "new", _create), wanted=True),
    Act("read any other file", _below("outside", "file", _read)),
    Act("read it through a link", _through_a_link),
    Act("list any other folder", _below("outside", ".", _list)),
    Act("write to any other file", _below("outside", "file", _append)),
    Act("make a file anywhere else", _below("outside", "new", _create)),
    Act("change its permissions", _below("outside", "file", lambda path: os.chmod(path, 0o640))),
    Act("change its times", _below("outside", "file", lambda path: os.utime(path, (1, 1)))),
    Act("move a file out", _rename),
    Act("signal another process", _signal),
    Act("open an internet socket", _connects(socket.AF_INET)),
    Act("open a socket to other programs", _connects(socket.AF_UNIX)),
    Act("run a program", _execute, wanted=True, programs=True),
    Act("run a program at all", _execute, programs=False),
    Act("keep or gain privileges", _gain),
)
