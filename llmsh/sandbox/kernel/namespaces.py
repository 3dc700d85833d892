"""Namespaces and mounts: a process's own view of files, processes, network and identifiers."""

from __future__ import annotations

import ctypes
import os
import stat
import struct

from llmsh.sandbox.kernel.paths import open_plain
from llmsh.sandbox.kernel.privileges import call, libc
from llmsh.sandbox.kernel.syscalls import architecture

NEW_NS, NEW_CGROUP, NEW_UTS, NEW_IPC = 0x00020000, 0x02000000, 0x04000000, 0x08000000
NEW_USER, NEW_PID, NEW_NET = 0x10000000, 0x20000000, 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REC = 0x1, 0x2, 0x4, 0x8, 0x4000
MS_PRIVATE, MS_SLAVE = 0x40000, 0x80000
MNT_DETACH = 2
READ_ONLY, NO_SUID, NO_DEVICES, NO_EXEC = 0x1, 0x2, 0x4, 0x8
"""Attributes of a mount, as mount_setattr takes them."""
OPEN_TREE_CLONE, AT_EMPTY_PATH, AT_RECURSIVE, MOVE_FROM_EMPTY = 0x1, 0x1000, 0x8000, 0x4
MOVE_TO_EMPTY = 0x40
AT_FDCWD = -100


def separate(*, network: bool) -> None:
    """Namespaces of this process's own, in which it keeps its user and group. The next fork is process 1 of its own.

    With `network` it stays in the machine's. Raises OSError.
    """
    user, group = os.geteuid(), os.getegid()
    apart = NEW_USER | NEW_NS | NEW_PID | NEW_IPC | NEW_UTS | NEW_CGROUP | (0 if network else NEW_NET)
    call(architecture()["unshare"], apart)
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write(text)


def follow_host() -> None:
    """What is mounted here from now on is mounted nowhere else; what the system unmounts is unmounted here as well.

    Else a disk could not be taken out while this process waits.
    """
    mount("none", "/", None, MS_REC | MS_SLAVE)


def detach_from_host() -> None:
    """From now on nothing changes here that is not changed here."""
    mount("none", "/", None, MS_REC | MS_PRIVATE)


def mount(source: str, target: str, kind: str | None, flags: int, options: str = "") -> None:
    """Mount a file system, or change a mount. Raises OSError."""
    given = [os.fsencode(text) if text is not None else None for text in (source, target, kind)]
    if libc().mount(*given, ctypes.c_ulong(flags), os.fsencode(options)) == -1:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error), target)


def clone(path: str, attributes: int) -> int:
    """A second mount of what is at a path and below it, attached nowhere; links are refused. Raises OSError."""
    place = open_plain(path)
    try:
        is_folder = stat.S_ISDIR(os.fstat(place).st_mode)
        deep = AT_RECURSIVE if is_folder else 0
        tree = call(architecture()["open_tree"], place, b"", OPEN_TREE_CLONE | AT_EMPTY_PATH | deep | os.O_CLOEXEC)
    finally:
        os.close(place)
    set_attributes(tree, attributes, deep=is_folder)
    return tree


def set_attributes(tree: int, attributes: int, *, deep: bool) -> None:
    """Give a mount, and with `deep` all below it, attributes. Raises OSError."""
    wanted = struct.pack("=QQQQ", attributes, 0, 0, 0)
    flags = AT_EMPTY_PATH | (AT_RECURSIVE if deep else 0)
    call(architecture()["mount_setattr"], tree, b"", flags, wanted, len(wanted))


def attach(tree: int, target: str) -> None:
    """Mount a copy at a path that is there. Raises OSError."""
    call(architecture()["move_mount"], tree, b"", AT_FDCWD, os.fsencode(target), MOVE_FROM_EMPTY)


def attach_at(tree: int, target: int) -> None:
    """Mount a copy at an open place. Raises OSError."""
    call(architecture()["move_mount"], tree, b"", target, b"", MOVE_FROM_EMPTY | MOVE_TO_EMPTY)


def enter_root(folder: str) -> None:
    """Make a mount the root and let go of the old one. Raises OSError."""
    os.chdir(folder)
    call(architecture()["pivot_root"], b".", b".")
    unmount(".")
    os.chdir("/")


def unmount(path: str) -> None:
    """Take a mount, and all that is mounted in it, away. Raises OSError."""
    if libc().umount2(os.fsencode(path), MNT_DETACH) == -1:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error), path)


def seal_root() -> None:
    """Make the root itself read-only, but not what is mounted on it. Raises OSError."""
    root = os.open("/", os.O_PATH | os.O_CLOEXEC)
    try:
        set_attributes(root, READ_ONLY | NO_SUID | NO_DEVICES, deep=False)
    finally:
        os.close(root)
