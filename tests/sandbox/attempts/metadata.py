"""Changing or reading what is known about files outside: permissions, owners, times, attributes, names."""

from __future__ import annotations

import ctypes
import os

from .attempt import LIMIT, World, attempt, need
from .calls import AT_FDCWD, call

XATTRS = "user attributes of files on this disk"


@attempt("chmod 777 a file in the home folder")
def meta_chmod_outside(world: World) -> None:
    os.chmod(world.notes, 0o777)


@attempt("chown a file in the home folder")
def meta_chown_outside(world: World) -> None:
    os.chown(world.notes, os.getuid(), os.getgid())


@attempt("set the times of a file in the home folder")
def meta_utime_outside(world: World) -> None:
    os.utime(world.notes, (1, 1))


@attempt("set an attribute of a file in the home folder", feature=XATTRS)
def meta_setxattr_outside(world: World) -> None:
    os.setxattr(world.notes, "user.evil", b"1")


@attempt("stat ~/.ssh/id_rsa", tool=LIMIT, floor=LIMIT)
def meta_stat_outside(world: World) -> None:
    os.stat(world.key)


@attempt("ask whether a path in the home folder exists", tool=LIMIT, floor=LIMIT)
def meta_access_outside(world: World) -> None:
    need(os.access(world.key, os.F_OK), "it is said not to exist")


@attempt("read where a link in the home folder leads", tool=LIMIT, floor=LIMIT)
def meta_readlink_outside(world: World) -> None:
    os.readlink(f"{world.home}/link")


@attempt("watch the home folder for changes")
def meta_inotify_outside(world: World) -> None:
    number = call("inotify_init1", os.O_NONBLOCK)
    call("inotify_add_watch", number, world.home, 0x100)


@attempt("make a file of the work folder setuid")
def meta_chmod_setuid_work(world: World) -> None:
    path = f"{world.work}/mine.txt"
    os.chmod(path, 0o4755)
    need(os.stat(path).st_mode & 0o4000, "the bit is not set")


# Further ones


@attempt("chmod through a link planted in the work folder")
def meta_chmod_through_link(world: World) -> None:
    os.symlink(world.notes, f"{world.work}/link")
    os.chmod(f"{world.work}/link", 0o777)


@attempt("chmod by a path relative to the work folder")
def meta_chmod_relative(world: World) -> None:
    os.chdir(world.work)
    os.chmod("../home/notes.txt", 0o777)


@attempt("chmod through /proc/self/fd of an O_PATH descriptor")
def meta_chmod_opath(world: World) -> None:
    number = os.open(world.notes, os.O_PATH)
    os.chmod(f"/proc/self/fd/{number}", 0o777)


@attempt("chmod with the newest call for it, fchmodat2", feature="fchmodat2")
def meta_fchmodat2(world: World) -> None:
    call("fchmodat2", AT_FDCWD, world.notes, 0o777, 0)


@attempt("set an attribute with the newest call for it, setxattrat", feature="setxattrat")
def meta_setxattrat(world: World) -> None:
    value = ctypes.create_string_buffer(b"1")
    arguments = (ctypes.c_uint64 * 2)(ctypes.addressof(value), 1)
    call("setxattrat", AT_FDCWD, world.notes, 0, "user.evil", arguments, 16)


@attempt("set flags with the newest call for it, file_setattr", feature="file_setattr")
def meta_file_setattr(world: World) -> None:
    attributes = (ctypes.c_uint64 * 4)(0x80)  # no dump
    call("file_setattr", AT_FDCWD, world.notes, attributes, 32, 0)


@attempt("change the owner of a link in the home folder")
def meta_lchown_outside(world: World) -> None:
    os.lchown(f"{world.home}/link", os.getuid(), os.getgid())


@attempt("remove an attribute of a file in the home folder", feature=XATTRS)
def meta_removexattr_outside(world: World) -> None:
    os.removexattr(world.notes, "user.kept")


@attempt("chmod a file that may only be read, through an open descriptor", tool=LIMIT, floor=LIMIT)
def meta_fchmod_readable(world: World) -> None:
    with open(world.readable, "rb") as file:
        os.fchmod(file.fileno(), 0o777)


@attempt("set the times of a file that may only be read, through an open descriptor", tool=LIMIT, floor=LIMIT)
def meta_futimens_readable(world: World) -> None:
    with open(world.readable, "rb") as file:
        os.utime(file.fileno(), (1, 1))


@attempt(
    "set an attribute of a file that may only be read, through an open descriptor",
    tool=LIMIT, floor=LIMIT, feature=XATTRS,
)  # fmt: skip
def meta_fsetxattr_readable(world: World) -> None:
    with open(world.readable, "rb") as file:
        os.setxattr(file.fileno(), "user.evil", b"1")


@attempt("chmod a file that may only be read, by its path")
def meta_chmod_readable(world: World) -> None:
    os.chmod(world.readable, 0o777)


@attempt("chmod the folder above the work folder")
def meta_chmod_above(world: World) -> None:
    os.chmod(world.base, 0o777)


@attempt("set group and set user bits with fchmod in the work folder")
def meta_fchmod_setuid_work(world: World) -> None:
    with open(f"{world.work}/mine.txt", "rb") as file:
        os.fchmod(file.fileno(), 0o6755)
        need(os.fstat(file.fileno()).st_mode & 0o6000, "the bits are not set")


@attempt("create a file that is setuid from the start")
def meta_create_setuid(world: World) -> None:
    number = os.open(f"{world.work}/new", os.O_CREAT | os.O_WRONLY, 0o4755)
    need(os.fstat(number).st_mode & 0o4000, "the bit is not set")
