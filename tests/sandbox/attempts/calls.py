"""System calls by number, for those that Python has no function for."""

from __future__ import annotations

import ctypes
import os
import platform

from .attempt import Refused

ANYWHERE = {
    "pidfd_send_signal": 424, "io_uring_setup": 425, "open_tree": 428, "fsopen": 430, "pidfd_open": 434,
    "clone3": 435, "openat2": 437, "pidfd_getfd": 438, "process_madvise": 440, "mount_setattr": 442,
    "process_mrelease": 448, "fchmodat2": 452, "setxattrat": 463, "file_setattr": 469,
}  # fmt: skip
X86 = {
    "ioctl": 16, "shmget": 29, "shmat": 30, "shmctl": 31, "semget": 64, "msgget": 68, "ptrace": 101, "syslog": 103,
    "personality": 135, "sched_setscheduler": 144, "pivot_root": 155, "acct": 163, "mount": 165, "umount2": 166,
    "swapon": 167, "reboot": 169, "sethostname": 170, "iopl": 172, "init_module": 175, "quotactl": 179,
    "mq_open": 240, "mq_unlink": 241, "mq_timedsend": 242, "kexec_load": 246, "add_key": 248, "request_key": 249,
    "keyctl": 250, "ioprio_set": 251, "inotify_init1": 294, "inotify_add_watch": 254, "unshare": 272,
    "move_pages": 279, "perf_event_open": 298, "fanotify_init": 300, "prlimit64": 302, "name_to_handle_at": 303,
    "open_by_handle_at": 304, "setns": 308, "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312,
    "renameat2": 316, "bpf": 321, "execveat": 322, "userfaultfd": 323, "tgkill": 234, "rt_sigqueueinfo": 129,
    "prctl": 157, "setpriority": 141, "tkill": 200,
}  # fmt: skip
ARM = {
    "ioctl": 29, "shmget": 194, "shmat": 196, "shmctl": 195, "semget": 190, "msgget": 186, "ptrace": 117,
    "syslog": 116, "personality": 92, "sched_setscheduler": 119, "pivot_root": 41, "acct": 89, "mount": 40,
    "umount2": 39, "swapon": 224, "reboot": 142, "sethostname": 161, "init_module": 105, "quotactl": 60,
    "mq_open": 180, "mq_unlink": 181, "mq_timedsend": 182, "kexec_load": 104, "add_key": 217, "request_key": 218,
    "keyctl": 219, "ioprio_set": 30, "inotify_init1": 26, "inotify_add_watch": 27, "unshare": 97, "move_pages": 239,
    "perf_event_open": 241, "fanotify_init": 262, "prlimit64": 261, "name_to_handle_at": 264,
    "open_by_handle_at": 265, "setns": 268, "process_vm_readv": 270, "process_vm_writev": 271, "kcmp": 272,
    "renameat2": 276, "bpf": 280, "execveat": 281, "userfaultfd": 282, "tgkill": 131, "rt_sigqueueinfo": 138,
    "prctl": 167, "setpriority": 140, "tkill": 130,
}  # fmt: skip
NUMBERS = {"x86_64": X86 | ANYWHERE, "aarch64": ARM | ANYWHERE}

AT_FDCWD = -100
CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = (
    0x20000, 0x4000000, 0x10000000, 0x20000000, 0x40000000,
)  # fmt: skip
MS_BIND, MS_REC, MS_PRIVATE, MNT_DETACH = 4096, 16384, 1 << 18, 2


def call(name: str, *arguments: object) -> int:
    """Make a system call. Raises OSError as the kernel says."""
    number = NUMBERS.get(platform.machine(), {}).get(name)
    if number is None:
        raise Refused(f"no {name} on {platform.machine()}")
    return numbered(number, *arguments)


def numbered(number: int, *arguments: object) -> int:
    """Make the system call of this number."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    result = int(libc.syscall(ctypes.c_long(number), *map(_argument, arguments)))
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def _argument(value: object) -> object:
    """A whole register for a number: ctypes would pass half of one."""
    if value is None:
        return ctypes.c_void_p(None)
    if isinstance(value, int):
        return ctypes.c_long(value)
    return value.encode() if isinstance(value, str) else value
