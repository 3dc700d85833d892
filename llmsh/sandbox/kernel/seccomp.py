"""The filters: which system calls a process in the cage may make. All that is not refused is allowed.

Refusals are EPERM, because many programs ask and go on; what is not known here is ENOSYS, as on an older kernel.
"""

from __future__ import annotations

import ctypes
import errno
import functools
from collections.abc import Sequence

from llmsh.sandbox.kernel.bpf import (
    ALLOW,
    Block,
    Condition,
    answer,
    assemble,
    at_least,
    each,
    errno_answer,
    refuse_foreign,
    where,
)
from llmsh.sandbox.kernel.privileges import call, no_new_privileges
from llmsh.sandbox.kernel.syscalls import Architecture, architecture

EPERM, ENOSYS = errno_answer(errno.EPERM), errno_answer(errno.ENOSYS)
SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER = 1, 8
CLONE_NEW_ANY, CLONE_THREAD, RENAME_WHITEOUT = 0x7E020080, 0x10000, 0x4
ENDING = (9, 15)
"""SIGKILL and SIGTERM."""
TIOCSTI, TIOCLINUX = 0x5412, 0x541C
AF_UNIX, AF_INET, AF_INET6, AF_NETLINK = 1, 2, 10, 16
SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_SEQPACKET = 1, 2, 3, 5
SOCK_TYPE = 0xF
SET_ID = 0o6000
FILE_TYPE, DEVICES = 0o170000, (0o020000, 0o060000)
MAY_CREATE = 0o100 | 0o20000000
"""O_CREAT and O_TMPFILE: with one of them `open` reads a mode."""
PROTOCOLS = (0, 1, 6, 17, 58)
"""None, ICMP, TCP, UDP, ICMPv6: not MPTCP, which Landlock does not see."""
PRIO_PROCESS = 0
BY_PATH = ("chmod", "fchmodat", "fchmodat2", "chown", "lchown", "fchownat", "utime", "utimes", "futimesat",
           "setxattr", "lsetxattr", "setxattrat", "removexattr", "lremovexattr", "removexattrat")  # fmt: skip
"""Calls that change what the system notes about a file they name: Landlock does not see them."""
BY_FILE = ("fchmod", "fchown", "fsetxattr", "fremovexattr")
"""The same for an open file, which had to be opened through Landlock first."""
SIGNALS = ("kill", "tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_send_signal")
NEVER = (
    # other processes' memory and files
    "ptrace", "process_vm_readv", "process_vm_writev", "pidfd_getfd", "kcmp", "process_madvise", "process_mrelease",
    # a second way into the kernel that no filter sees
    "io_uring_setup", "io_uring_enter", "io_uring_register",
    # mounts, roots and namespaces
    "mount", "umount2", "pivot_root", "chroot", "open_tree", "open_tree_attr", "move_mount", "fsopen", "fsconfig",
    "fsmount", "fspick", "mount_setattr", "unshare", "setns",
    # parts of the kernel that were broken into again and again
    "bpf", "perf_event_open", "userfaultfd", "memfd_secret", "modify_ldt", "personality", "uselib", "remap_file_pages",
    # keys, the machine itself
    "add_key", "request_key", "keyctl", "kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module",
    "swapon", "swapoff", "reboot", "quotactl", "quotactl_fd", "acct", "syslog", "iopl", "ioperm", "clock_settime",
    "clock_adjtime", "settimeofday", "adjtimex", "sethostname", "setdomainname", "vhangup", "nfsservctl",
    "lookup_dcookie", "sysfs", "_sysctl",
    # files without a path
    "name_to_handle_at", "open_by_handle_at", "fanotify_init", "fanotify_mark", "file_setattr",
    # what is shared by number, not by path
    "shmget", "shmat", "shmctl", "shmdt", "semget", "semop", "semctl", "semtimedop", "msgget", "msgsnd", "msgrcv",
    "msgctl", "mq_open", "mq_unlink",
    # how other processes are served
    "migrate_pages", "move_pages", "ioprio_set", "sched_setscheduler", "sched_setparam", "sched_setattr",
    "execveat",
)  # fmt: skip


@functools.lru_cache(16)
def tool_filter(*, writes: bool = False, pidfds: tuple[int, ...] = (), own: int = 0, unfinished: bool = False) -> bytes:
    """The filter of tools written in Python: no program, no socket, no change of a file it could not open to write.

    With `writes` an open file's mode, owner, times and attributes may be changed. `pidfds` are the
    processes that may be ended; `own` is this process where it may signal no other. An `unfinished` one leaves the
    rest to `last_filter`.
    """
    system = architecture()
    refused = ("execve", "memfd_create", "inotify_init", "inotify_init1", "mknod", "mknodat", *BY_PATH)
    return assemble([
        *_gate(system), *_always(system), *_no_processes(system), *_signals(system, pidfds, own),
        *_priority(system),
        each(system.known(*refused), EPERM), *_sockets(system, network=False),
        *_modes(system, unfinished=unfinished), *_times(system, EPERM),
        each(() if writes else system.known(*BY_FILE, "utimensat"), EPERM), answer(ALLOW),
    ])  # fmt: skip


@functools.lru_cache(2)
def last_filter(*, writes: bool) -> bytes:
    """What goes on top of an unfinished filter: no more files opened as the cage does it.

    Without `writes` the mode, owner, times and attributes of an open file stay as they are.
    """
    system = architecture()
    refused = () if writes else system.known(*BY_FILE, "utimensat")
    blocks = (each(refused, EPERM), each(system.known("openat2"), ENOSYS))
    return assemble([refuse_foreign(system.audit, ENOSYS), *blocks, answer(ALLOW)])


@functools.lru_cache(16)
def program_filter(*, network: bool = False, metadata: int = ALLOW, unfinished: bool = False) -> bytes:
    """The filter of programs; an `unfinished` one leaves the rest to `last_filter`.

    `metadata` answers calls that change by its path what the system notes about a file: ALLOW where only what may be
    changed is in sight, NOTIFY where somebody else decides, and then no file outside may be watched either.
    """
    system = architecture()
    watched = ("inotify_init", "inotify_init1") if metadata != ALLOW else ()
    return assemble([
        *_gate(system), *_always(system), *_priority(system), each(system.known(*watched), EPERM),
        *_sockets(system, network=network), *_modes(system, unfinished=unfinished), *_times(system, metadata),
        each(() if metadata == ALLOW else system.known(*BY_PATH), metadata), answer(ALLOW),
    ])  # fmt: skip


def signal_filter(fd: int, signal: int) -> bytes:
    """The filter of a process that sends one signal to one process, and writes down how that went."""
    system = architecture()
    allowed = where(
        system["pidfd_send_signal"],
        (Condition(0, (fd,)), Condition(1, (signal,)), *_null(2), Condition(3, (0,))),
        ALLOW,
    )
    rest = each(system.known("write", "close", "exit", "exit_group", "rt_sigreturn"), ALLOW)
    return assemble([*_gate(system), allowed, rest, answer(EPERM)])


def install(program: bytes) -> None:
    """Put a filter on this thread, for ever and for all its children. Raises OSError."""
    _install(program, 0)


def install_with_listener(program: bytes) -> int:
    """The same for a filter that asks; the descriptor on which the questions come. Raises OSError."""
    return _install(program, SECCOMP_FILTER_FLAG_NEW_LISTENER)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def _install(program: bytes, flags: int) -> int:
    no_new_privileges()
    given = _Program(len(program) // 8, program)
    return call(architecture()["seccomp"], SECCOMP_SET_MODE_FILTER, flags, ctypes.byref(given))


def _gate(system: Architecture) -> list[Block]:
    """First of all: other architectures, x32, and what came to the kernel after this was written."""
    gate = [refuse_foreign(system.audit, ENOSYS)]
    if system.second_abi is not None:
        gate.append(at_least(system.second_abi, ENOSYS))
    return [*gate, at_least(system.highest + 1, ENOSYS)]


def _always(system: Architecture) -> list[Block]:
    """What nobody in a cage may do. The C library falls back to clone, whose flags can be read, without clone3."""
    return [
        each(system.known(*NEVER), EPERM),
        each(system.known("clone3"), ENOSYS),
        _any_bit(system["clone"], 0, CLONE_NEW_ANY),
        where(system["ioctl"], (Condition(1, (TIOCSTI, TIOCLINUX)),), EPERM),
        _any_bit(system["renameat2"], 4, RENAME_WHITEOUT),
        where(system["prlimit64"], (Condition(0, (0,), unless=True),), EPERM),  # 0 is the caller itself
        where(system["sched_setaffinity"], (Condition(0, (0,), unless=True),), EPERM),
    ]


def _signals(system: Architecture, pidfds: Sequence[int], own: int) -> list[Block]:
    """Where Landlock keeps signals inside, nothing; else only what was approved, and a process may end itself."""
    if not own:
        return []
    approved = _approved(system, pidfds) if pidfds else ()
    itself = [where(system[name], (Condition(0, (own,)),), ALLOW) for name in ("kill", "tgkill")]
    return [approved, *itself, each(system.known(*SIGNALS), EPERM)]


def _approved(system: Architecture, pidfds: Sequence[int]) -> Block:
    number = system["pidfd_send_signal"]
    return where(number, (Condition(0, tuple(pidfds)), Condition(1, ENDING), *_null(2), Condition(3, (0,))), ALLOW)


def _no_processes(system: Architecture) -> list[Block]:
    """Threads, but no other process: nothing can outlive a tool, and no bomb of forks be lit."""
    return [
        where(system["clone"], (Condition(0, (0,), mask=CLONE_THREAD),), EPERM),
        each(system.known("fork", "vfork"), EPERM),
    ]


def _priority(system: Architecture) -> list[Block]:
    allowed = where(system["setpriority"], (Condition(0, (PRIO_PROCESS,)), Condition(1, (0,))), ALLOW)
    return [allowed, each(system.known("setpriority"), EPERM)]


def _sockets(system: Architecture, *, network: bool) -> list[Block]:
    """No socket at all, or those of the internet. A pair is two pipes; one of datagrams could be aimed elsewhere."""
    pair = where(
        system["socketpair"],
        (Condition(0, (AF_UNIX,)), Condition(1, (SOCK_STREAM, SOCK_SEQPACKET), mask=SOCK_TYPE)),
        ALLOW,
    )
    denied = each(system.known("socketpair", "socket"), EPERM)
    if not network:
        with_address = [where(system["sendto"], (test,), EPERM) for test in _not_null(4)]
        return [
            pair,
            denied,
            *with_address,
            each(system.known("connect", "bind", "listen", "accept", "accept4"), EPERM),
        ]
    kind = Condition(1, (SOCK_STREAM, SOCK_DGRAM), mask=SOCK_TYPE)
    internet = where(system["socket"], (Condition(0, (AF_INET, AF_INET6)), kind, Condition(2, PROTOCOLS)), ALLOW)
    # the C library asks the kernel which addresses this machine has before it looks one up
    routes = where(system["socket"], (Condition(0, (AF_NETLINK,)), Condition(2, (0,))), ALLOW)
    return [pair, internet, routes, denied]


def _modes(system: Architecture, *, unfinished: bool) -> list[Block]:
    """No setuid, no setgid, no device, by whatever call a mode is given."""
    special = {"chmod": 1, "fchmod": 1, "fchmodat": 2, "fchmodat2": 2, "mknod": 1, "mknodat": 2, "creat": 1}
    named = {name: place for name, place in special.items() if name in system.numbers}
    set_id = [where(system[name], (_any(place, SET_ID),), EPERM) for name, place in named.items()]
    opened = [
        where(system[name], (_any(place - 1, MAY_CREATE), _any(place, SET_ID)), EPERM)
        for name, place in (("open", 2), ("openat", 3))
        if name in system.numbers
    ]
    devices = [
        where(system[name], (Condition(named[name], DEVICES, mask=FILE_TYPE),), EPERM)
        for name in ("mknod", "mknodat")
        if name in named
    ]
    in_memory = () if unfinished else system.known("openat2")
    return [*set_id, *opened, *devices, each(in_memory, ENOSYS)]


def _times(system: Architecture, value: int) -> list[Block]:
    """An answer for utimensat with a path; without one it is about an open file."""
    return [] if value == ALLOW else [where(system["utimensat"], (test,), value) for test in _not_null(1)]


def _any_bit(number: int, argument: int, bits: int) -> Block:
    return where(number, (_any(argument, bits),), EPERM)


def _any(argument: int, bits: int) -> Condition:
    return Condition(argument, (0,), mask=bits, unless=True)


def _null(argument: int) -> tuple[Condition, Condition]:
    return Condition(argument, (0,)), Condition(argument, (0,), upper=True)


def _not_null(argument: int) -> tuple[Condition, Condition]:
    return Condition(argument, (0,), unless=True), Condition(argument, (0,), unless=True, upper=True)
