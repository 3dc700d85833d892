"""What an attempt to leave the cage is, the world it is made in, and what may come of it. Nothing but Python itself."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Refused(Exception):
    """The attempt did not get what it was after, although no system call said so."""


class Outcome(StrEnum):
    """What came of it. INSIDE: the act was done, and nothing outside the cage can tell."""

    REFUSED = "refused"
    INSIDE = "runs inside"
    OUT = "out"


class Policy(StrEnum):
    """The three cages: for tools in Python, and for programs without and with namespaces."""

    TOOL = "tool"
    FLOOR = "floor"
    STRICT = "strict"


REFUSED, INSIDE, LIMIT = Outcome.REFUSED, Outcome.INSIDE, Outcome.OUT


@dataclass(frozen=True)
class World:
    """Where everything is that an attempt is after: all of it is made for the occasion."""

    base: str
    temp: str
    tag: str
    secret_hash: str
    shell: int
    victim: int
    address: int
    victim_file: int
    tcp: int
    udp: int
    ipc_key: int
    pts: str
    leaked_file: int
    leaked_folder: int

    @property
    def home(self) -> str:
        """The user's home folder: neither read nor written by the call."""
        return f"{self.base}/home"

    @property
    def work(self) -> str:
        """The one folder that the call may write."""
        return f"{self.base}/work"

    @property
    def code(self) -> str:
        """A folder of the user's that the call may read."""
        return f"{self.base}/code"

    @property
    def key(self) -> str:
        """A private key."""
        return f"{self.home}/.ssh/id_rsa"

    @property
    def notes(self) -> str:
        """A file of the user's."""
        return f"{self.home}/notes.txt"

    @property
    def readable(self) -> str:
        """A file of the user's that may be read and not written."""
        return f"{self.code}/readable.txt"

    @property
    def git(self) -> str:
        """The repository in the work folder."""
        return f"{self.work}/.git"

    @property
    def run(self) -> str:
        """The folder of the sockets of the user's session."""
        return f"{self.home}/run"

    @property
    def tmux(self) -> str:
        """A socket in the shared folder of temporary files."""
        return f"{self.temp}/{self.tag}-tmux/default"

    @property
    def shared_memory(self) -> str:
        """A file of another process in /dev/shm."""
        return f"/dev/shm/{self.tag}"

    @property
    def signals(self) -> str:
        """Where the victim writes the numbers of the signals it gets."""
        return f"{self.run}/signals"


Act = Callable[[World], object]
Trace = Callable[[World], bool]


@dataclass(frozen=True)
class Attempt:
    """An act that returns where it succeeds and raises OSError or Refused where it does not.

    `expected` by policy, `expected_of_root` where uid 0 differs. `trace` tells from outside whether anything of it
    arrived; without one, an act that returns is out. `feature` names what the kernel may lack, `needs_root` says that
    the user may not do it anyway. `writes` is the folder that the call may write. `alone`: a call of its own is
    made of it, with no other attempt. `deputy`: it is the shell that would reach outside, after the call; outside the
    cage nobody does.
    """

    name: str
    sentence: str
    act: Act
    expected: dict[Policy, Outcome]
    expected_of_root: dict[Policy, Outcome]
    trace: Trace | None
    feature: str
    needs_root: bool
    writes: str
    alone: bool
    deputy: bool

    def expects(self, policy: Policy, root: bool) -> Outcome:
        """What must come of it."""
        return self.expected_of_root.get(policy, self.expected[policy]) if root else self.expected[policy]


def nowhere(_: World) -> bool:
    """The trace of what stays inside, whoever does it."""
    return False


def attempt(
    sentence: str,
    *,
    tool: Outcome = REFUSED,
    floor: Outcome = REFUSED,
    strict: Outcome = REFUSED,
    root: dict[Policy, Outcome] | None = None,
    trace: Trace | None = None,
    feature: str = "",
    needs_root: bool = False,
    writes: str = "work",
    alone: bool = False,
    deputy: bool = False,
) -> Callable[[Act], Attempt]:
    """Make an attempt of a function: refused everywhere, where nothing else is said."""
    expected = {Policy.TOOL: tool, Policy.FLOOR: floor, Policy.STRICT: strict}

    def made(act: Act) -> Attempt:
        by_itself = alone or trace is not None
        return Attempt(
            act.__name__, sentence, act, expected, root or {}, trace, feature, needs_root, writes, by_itself, deputy
        )

    return made


def need(found: object, why: str) -> None:
    """Go on only where the attempt got this far."""
    if not found:
        raise Refused(why)


def told(error: OSError | Refused) -> str:
    """How an attempt was refused."""
    if isinstance(error, OSError):
        return errno.errorcode.get(error.errno or 0, str(error))
    return str(error)


def in_child(act: Callable[[], object]) -> None:
    """Do something in a child that ends with it; its failure is the caller's."""
    pid = os.fork()
    if pid == 0:
        status = 255
        try:
            act()
            status = 0
        except OSError as error:
            status = error.errno or 255
        finally:
            os._exit(status)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if status > 0 and status != 255:
        raise OSError(status, os.strerror(status))
    need(status == 0, f"the child ended with {status}")


def contents(path: str) -> bytes:
    """All bytes of a file; only those of a file that is not empty count."""
    with open(path, "rb") as file:
        data = file.read()
    need(data, "the file is empty")
    return data


def put(path: str, text: str = "evil\n", mode: str = "w") -> None:
    """Write a file."""
    with open(path, mode, encoding="utf-8") as file:
        file.write(text)


def holds(path: str, text: str = "evil") -> bool:
    """Whether a file is there and holds this."""
    try:
        with open(path, encoding="utf-8") as file:
            return text in file.read()
    except OSError:
        return False
