"""Getting rights that the call was not given: capabilities, namespaces, mounts, the machine's own settings."""

from __future__ import annotations

import ctypes
import os
import signal
import time

from .attempt import Attempt, World, attempt, in_child, need
from .calls import (
    AT_FDCWD,
    CLONE_NEWNET,
    CLONE_NEWNS,
    CLONE_NEWPID,
    CLONE_NEWUSER,
    CLONE_NEWUTS,
    MS_BIND,
    MS_PRIVATE,
    MS_REC,
    call,
)

PR_CAPBSET_READ, PR_GET_NO_NEW_PRIVS = 23, 39
OPEN_TREE_CLONE = 1


@attempt("find that programs may still gain rights")
def nnp_off(world: World) -> None:
    need(call("prctl", PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0, "they may not")


@attempt("find a capability left", needs_root=True)
def caps_left(world: World) -> None:
    header, data = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    ctypes.CDLL(None).capget(header, data)
    need(any(data), "there is none")


@attempt("make a user namespace", feature="user namespaces for this user")
def userns_create(world: World) -> None:
    call("unshare", CLONE_NEWUSER)


@attempt("make a user namespace with clone3", feature="user namespaces for this user")
def userns_clone3(world: World) -> None:
    arguments = (ctypes.c_uint64 * 11)(CLONE_NEWUSER, 0, 0, 0, int(signal.SIGCHLD))
    pid = call("clone3", arguments, ctypes.sizeof(arguments))
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


@attempt("mount a file system in a user namespace", feature="user namespaces for this user")
def mount_tmpfs_in_userns(world: World) -> None:
    call("unshare", CLONE_NEWUSER | CLONE_NEWNS)
    call("mount", "none", world.work, "tmpfs", 0, None)


@attempt("take a copy of the folder tree", needs_root=True)
def open_tree_clone(world: World) -> None:
    call("open_tree", AT_FDCWD, "/", OPEN_TREE_CLONE)


@attempt("make a file system", needs_root=True)
def fsopen_tmpfs(world: World) -> None:
    call("fsopen", "tmpfs", 0)


@attempt("make another folder the root", needs_root=True)
def chroot_call(world: World) -> None:
    os.chroot(world.work)


# Further ones


@attempt("mount a folder elsewhere", needs_root=True)
def mount_bind(world: World) -> None:
    _own_mounts()
    call("mount", world.home, world.work, None, MS_BIND, None)


@attempt("take a mount away", needs_root=True)
def umount_proc(world: World) -> None:
    _own_mounts()
    call("umount2", "/proc", 2)


@attempt("make a mount writable", needs_root=True, feature="mount_setattr")
def mount_setattr_rw(world: World) -> None:
    _own_mounts()
    attributes = (ctypes.c_uint64 * 4)(0, 1, 0, 0)
    call("mount_setattr", AT_FDCWD, "/", 0, attributes, 32)


@attempt("mount a folder elsewhere with open_tree and move_mount", needs_root=True)
def open_tree_plain(world: World) -> None:
    call("open_tree", AT_FDCWD, world.home, OPEN_TREE_CLONE | 0x8000)


@attempt("exchange the root", needs_root=True)
def pivot_root_call(world: World) -> None:
    _own_mounts()
    call("mount", world.work, world.work, None, MS_BIND, None)
    call("pivot_root", world.work, world.work)


@attempt("become root", needs_root=True)
def setuid_root(world: World) -> None:
    os.setresuid(0, 0, 0)
    os.stat(world.key)
    os.chown(world.notes, 12345, 12345)


@attempt("become another user", needs_root=True)
def setuid_other(world: World) -> None:
    os.setresuid(12345, 12345, 12345)


@attempt("join another group", needs_root=True)
def setgroups_call(world: World) -> None:
    os.setgroups([4, 6])


@attempt("name the machine", needs_root=True)
def sethostname_call(world: World) -> None:
    in_child(lambda: (call("unshare", CLONE_NEWUTS) if os.getuid() == 0 else None, call("sethostname", "evil", 4)))


@attempt("speak to the call that restarts the machine", needs_root=True)
def reboot_call(world: World) -> None:
    _reached("reboot", 0, 0, 0, None)


@attempt("speak to the call that loads a module", needs_root=True, feature="modules")
def init_module_call(world: World) -> None:
    _reached("init_module", b"", 0, b"")


@attempt("speak to the call that loads another kernel", needs_root=True, feature="kexec")
def kexec_call(world: World) -> None:
    _reached("kexec_load", 0, 100, None, 0)


@attempt("speak to the call that swaps to a file", needs_root=True, feature="swap")
def swapon_call(world: World) -> None:
    _reached("swapon", "/nowhere", 0)


@attempt("speak to the call that logs every process", needs_root=True, feature="process accounting")
def acct_call(world: World) -> None:
    _reached("acct", "/nowhere")


@attempt("speak to the call that sets quotas", needs_root=True, feature="quotas")
def quota_call(world: World) -> None:
    _reached("quotactl", 0x80000200, "/nowhere", 0, None)


@attempt("set the clock", needs_root=True)
def clock_call(world: World) -> None:
    time.clock_settime(time.CLOCK_REALTIME, time.time())


def _namespace(name: str, flag: int) -> Attempt:
    def act(world: World) -> None:
        call("unshare", flag)

    act.__name__ = f"unshare_{name}"
    return attempt(f"make a {name} namespace", needs_root=True)(act)


NAMESPACES = (
    _namespace("mount", CLONE_NEWNS),
    _namespace("network", CLONE_NEWNET),
    _namespace("process", CLONE_NEWPID),
    _namespace("name", CLONE_NEWUTS),
)


def _own_mounts() -> None:
    """Where it is allowed, what follows is done in a namespace of its own: the machine stays as it is."""
    call("unshare", CLONE_NEWNS)
    call("mount", "none", "/", None, MS_REC | MS_PRIVATE, None)


def _reached(name: str, *arguments: object) -> None:
    """A call with arguments that are wrong: any answer but a refusal says that it was let through."""
    try:
        call(name, *arguments)
    except OSError as error:
        if error.errno in (1, 13, 38):
            raise
