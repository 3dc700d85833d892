"""Changing the system, or reading what is known of all who use it."""

from __future__ import annotations

import os
from contextlib import suppress

from .attempt import LIMIT, Attempt, World, attempt, contents, need


def _made(folder: str, what: str) -> Attempt:
    """A file made in a folder of the system, and removed again."""

    def act(world: World) -> None:
        path = f"{folder}/{world.tag}"
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        with suppress(OSError):
            os.unlink(path)

    act.__name__ = "make_in" + folder.replace("/", "_").replace(".", "_")
    return attempt(f"make a file in {folder}: {what}", needs_root=True, feature=f"{folder} that may be written")(act)


def _opened(path: str, what: str) -> Attempt:
    """A file of the system opened to be written; nothing is."""

    def act(world: World) -> None:
        os.close(os.open(path, os.O_WRONLY | os.O_APPEND))

    act.__name__ = "open" + path.replace("/", "_").replace(".", "_")
    return attempt(f"open {path} to write it: {what}", needs_root=True, feature=f"{path} that may be written")(act)


MADE = (
    _made("/usr/local/bin", "it is in everybody's PATH"),
    _made("/etc", "all settings are there"),
    _made("/etc/profile.d", "every login runs it"),
    _made("/root", "the home folder of root"),
    _made("/opt", "programs are there"),
    _made("/var/lib", "services keep their files there"),
    _made("/srv", "servers give it out"),
    _made("/lib", "libraries are there"),
    _made("/dev", "devices are there"),
    _made("/", "the root folder"),
)
OPENED = (
    _opened("/etc/passwd", "users"),
    _opened("/etc/hosts", "names of machines"),
    _opened("/etc/ld.so.cache", "what every program loads"),
    _opened("/usr/bin/env", "a program that everybody runs"),
)


@attempt("see the processes of the user in /proc", floor=LIMIT)
def list_processes(world: World) -> None:
    need(str(world.victim) in os.listdir("/proc"), "it is not listed")


@attempt("read the list of the user's keys", floor=LIMIT, feature="/proc/keys")
def list_keys(world: World) -> None:
    need(world.tag.encode() in contents("/proc/keys"), "it is not listed")


@attempt("read the connections of the machine", floor=LIMIT, feature="/proc/net/tcp")
def list_connections(world: World) -> None:
    need(f"{world.tcp:04X}".encode() in contents("/proc/net/tcp"), "it is not listed")


@attempt("read the sockets of the machine", floor=LIMIT, feature="/proc/net/unix")
def list_sockets(world: World) -> None:
    need(world.tag.encode() in contents("/proc/net/unix"), "it is not listed")


@attempt("see the files of others in the folder of temporary files")
def list_temporary(world: World) -> None:
    need(f"{world.tag}-tmux" in os.listdir(world.temp), "it is not listed")


@attempt("see the files of others in /dev/shm")
def list_shared_memory(world: World) -> None:
    need(world.tag in os.listdir("/dev/shm"), "it is not listed")


@attempt("see the names in the root folder of the machine")
def list_root(world: World) -> None:
    need({"srv", "boot", "mnt", "media"} & set(os.listdir("/")), "none of them is listed")


@attempt("see whose home folders there are")
def list_homes(world: World) -> None:
    os.listdir("/home")


@attempt("ask how full the disk of the home folder is", tool=LIMIT, floor=LIMIT)
def statvfs_outside(world: World) -> None:
    os.statvfs(world.home)


@attempt("read an attribute of a file in the home folder", tool=LIMIT, floor=LIMIT, feature="user attributes")
def getxattr_outside(world: World) -> None:
    os.getxattr(world.notes, "user.kept")
