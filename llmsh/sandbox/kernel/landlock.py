"""Landlock: which files a process may still open, make and remove; all that no rule gives is refused.

Rules are bound to the files themselves, not to their names, when they are made: what is moved to a name later gets
nothing. Landlock has no word for a single name in a folder: whoever may replace one may replace its neighbours.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeAlias

from landlockpy import AccessFS, AccessNet, Ruleset, Scope, abi_version, fs_for_abi, net_for_abi, scope_for_abi

from llmsh.sandbox.kernel.paths import open_plain

LIST = AccessFS.READ_DIR
READ = AccessFS.READ_DIR | AccessFS.READ_FILE
EXECUTE = READ | AccessFS.EXECUTE
CHANGE = AccessFS.WRITE_FILE | AccessFS.TRUNCATE
NAMES = (
    CHANGE | AccessFS.MAKE_REG | AccessFS.MAKE_DIR | AccessFS.MAKE_SYM | AccessFS.MAKE_FIFO | AccessFS.REMOVE_FILE
    | AccessFS.REMOVE_DIR | AccessFS.REFER
)  # fmt: skip
"""What it takes to make, replace and remove names in a folder."""
WRITE = READ | NAMES
Access: TypeAlias = AccessFS
Unfinished: TypeAlias = Ruleset
"""Rules that do not hold yet."""
DEVICE = AccessFS.READ_FILE | AccessFS.WRITE_FILE | AccessFS.IOCTL_DEV
OF_FILES = (
    AccessFS.READ_FILE | AccessFS.WRITE_FILE | AccessFS.EXECUTE | AccessFS.TRUNCATE | AccessFS.IOCTL_DEV
)  # fmt: skip
GONE = (errno.ENOENT, errno.ENOTDIR, errno.EACCES, errno.ELOOP)
"""Why a place may get no rule: it is not there, may not be reached, or a link was put in its way."""


@dataclass(frozen=True)
class Rule:
    """What may be done with a file, or with a folder and all that is in it."""

    path: str
    access: AccessFS


def version() -> int:
    """The version of Landlock that this kernel has; 0 where it has none.

    The first call looks for the C library by running a program, which nothing in a cage could do: the zygote asks.
    """
    return abi_version()


def restrict(rules: Iterable[Rule], *, signals: bool = False, network: bool = False) -> None:
    """Shut this process, and all it will start, in. `signals`: it may signal others; `network`: it may connect.

    Raises OSError, also where the kernel has no Landlock.
    """
    with ruleset(rules, signals=signals, network=network) as made:
        made.restrict()


def ruleset(rules: Iterable[Rule], *, signals: bool = False, network: bool = False) -> Ruleset:
    """Rules that do not hold yet, to which others may be added. Raises OSError."""
    abi = abi_version()
    if abi < 1:
        raise OSError(errno.EOPNOTSUPP, "this kernel has no Landlock")
    scopes = scope_for_abi(abi) & ~(Scope.SIGNAL if signals else Scope.NONE)
    net = AccessNet.NONE if network else net_for_abi(abi)
    made = Ruleset(handled_fs=fs_for_abi(abi), handled_net=net, scoped=scopes, best_effort=False)
    add(made, rules)
    return made


def add(made: Ruleset, rules: Iterable[Rule]) -> None:
    """Add rules to some that do not hold yet. Raises OSError."""
    for path, access in merged(rules).items():
        _allow(made, path, access)


def merged(rules: Iterable[Rule]) -> dict[str, AccessFS]:
    """One rule for each path: its rights from all of them."""
    found: dict[str, AccessFS] = {}
    for rule in rules:
        found[rule.path] = found.get(rule.path, AccessFS.NONE) | rule.access
    return found


def _allow(ruleset: Ruleset, path: str, access: AccessFS) -> None:
    """A rule for what is there now. Where it is not, or is a link, nothing is given, and the other rules stand."""
    try:
        place = open_plain(path)
    except OSError as error:
        if error.errno in GONE:
            return
        raise
    try:
        allowed = access if stat.S_ISDIR(os.fstat(place).st_mode) else access & OF_FILES
        ruleset.allow_path(f"/proc/self/fd/{place}", allowed)
    finally:
        with suppress(OSError):
            os.close(place)
