"""The numbers of the system calls that filters name, for each architecture, and what tells architectures apart.

Numbers, because a name that a library does not know yet (setxattrat, file_setattr) silently could not be refused.
"""

from __future__ import annotations

import functools
import platform
from collections.abc import Mapping
from dataclasses import dataclass

X86_64 = {
    "_sysctl": 156, "accept": 43, "accept4": 288, "acct": 163, "add_key": 248, "adjtimex": 159, "bind": 49,
    "bpf": 321, "capget": 125, "capset": 126, "chmod": 90, "chown": 92, "chroot": 161, "clock_adjtime": 305,
    "clock_settime": 227, "clone": 56, "clone3": 435, "close": 3, "connect": 42, "creat": 85, "delete_module": 176,
    "execve": 59, "execveat": 322, "exit": 60, "exit_group": 231, "fanotify_init": 300, "fanotify_mark": 301,
    "fchmod": 91, "fchmodat": 268, "fchmodat2": 452, "fchown": 93, "fchownat": 260, "file_setattr": 469,
    "finit_module": 313, "fork": 57, "fremovexattr": 199, "fsconfig": 431, "fsetxattr": 190, "fsmount": 432,
    "fsopen": 430, "fspick": 433, "futimesat": 261, "init_module": 175, "inotify_init": 253, "inotify_init1": 294,
    "io_uring_enter": 426, "io_uring_register": 427, "io_uring_setup": 425, "ioctl": 16, "ioperm": 173, "iopl": 172,
    "ioprio_set": 251, "kcmp": 312, "kexec_file_load": 320, "kexec_load": 246, "keyctl": 250, "kill": 62,
    "lchown": 94, "listen": 50, "lookup_dcookie": 212, "lremovexattr": 198, "lsetxattr": 189, "memfd_create": 319,
    "memfd_secret": 447, "migrate_pages": 256, "mknod": 133, "mknodat": 259, "modify_ldt": 154, "mount": 165,
    "mount_setattr": 442, "move_mount": 429, "move_pages": 279, "mq_open": 240, "mq_unlink": 241, "msgctl": 71,
    "msgget": 68, "msgrcv": 70, "msgsnd": 69, "name_to_handle_at": 303, "nfsservctl": 180, "open": 2,
    "open_by_handle_at": 304, "open_tree": 428, "open_tree_attr": 467, "openat": 257, "openat2": 437,
    "perf_event_open": 298, "personality": 135, "pidfd_getfd": 438, "pidfd_send_signal": 424, "pivot_root": 155,
    "prctl": 157, "prlimit64": 302, "process_madvise": 440, "process_mrelease": 448, "process_vm_readv": 310,
    "process_vm_writev": 311, "ptrace": 101, "quotactl": 179, "quotactl_fd": 443, "read": 0, "reboot": 169,
    "removexattr": 197, "removexattrat": 466, "renameat2": 316, "request_key": 249, "rt_sigqueueinfo": 129,
    "rt_sigreturn": 15, "rt_tgsigqueueinfo": 297, "sched_setaffinity": 203, "sched_setattr": 314,
    "sched_setparam": 142, "sched_setscheduler": 144, "seccomp": 317, "semctl": 66, "semget": 64, "semop": 65,
    "semtimedop": 220, "sendmmsg": 307, "sendmsg": 46, "sendto": 44, "setdomainname": 171, "sethostname": 170,
    "setns": 308, "setpriority": 141, "settimeofday": 164, "setxattr": 188, "setxattrat": 463, "shmat": 30,
    "shmctl": 31, "shmdt": 67, "shmget": 29, "socket": 41, "socketpair": 53, "swapoff": 168, "swapon": 167,
    "sysfs": 139, "syslog": 103, "tgkill": 234, "tkill": 200, "umount2": 166, "unshare": 272, "uselib": 134,
    "link": 86, "linkat": 265, "mkdir": 83, "mkdirat": 258, "rename": 82, "renameat": 264, "rmdir": 84, "symlink": 88,
    "symlinkat": 266, "truncate": 76, "unlink": 87, "unlinkat": 263,
    "userfaultfd": 323, "ustat": 136, "utime": 132, "utimensat": 280, "utimes": 235, "vfork": 58, "vhangup": 153,
    "write": 1,
}  # fmt: skip
AARCH64 = {
    "accept": 202, "accept4": 242, "acct": 89, "add_key": 217, "adjtimex": 171, "bind": 200, "bpf": 280, "capget": 90,
    "capset": 91, "chroot": 51, "clock_adjtime": 266, "clock_settime": 112, "clone": 220, "clone3": 435, "close": 57,
    "connect": 203, "delete_module": 106, "execve": 221, "execveat": 281, "exit": 93, "exit_group": 94,
    "fanotify_init": 262, "fanotify_mark": 263, "fchmod": 52, "fchmodat": 53, "fchmodat2": 452, "fchown": 55,
    "fchownat": 54, "file_setattr": 469, "finit_module": 273, "fremovexattr": 16, "fsconfig": 431, "fsetxattr": 7,
    "fsmount": 432, "fsopen": 430, "fspick": 433, "init_module": 105, "inotify_init1": 26, "io_uring_enter": 426,
    "io_uring_register": 427, "io_uring_setup": 425, "ioctl": 29, "ioprio_set": 30, "kcmp": 272,
    "kexec_file_load": 294, "kexec_load": 104, "keyctl": 219, "kill": 129, "listen": 201, "lookup_dcookie": 18,
    "lremovexattr": 15, "lsetxattr": 6, "memfd_create": 279, "memfd_secret": 447, "migrate_pages": 238, "mknodat": 33,
    "mount": 40, "mount_setattr": 442, "move_mount": 429, "move_pages": 239, "mq_open": 180, "mq_unlink": 181,
    "msgctl": 187, "msgget": 186, "msgrcv": 188, "msgsnd": 189, "name_to_handle_at": 264, "nfsservctl": 42,
    "open_by_handle_at": 265, "open_tree": 428, "open_tree_attr": 467, "openat": 56, "openat2": 437,
    "perf_event_open": 241, "personality": 92, "pidfd_getfd": 438, "pidfd_send_signal": 424, "pivot_root": 41,
    "prctl": 167, "prlimit64": 261, "process_madvise": 440, "process_mrelease": 448, "process_vm_readv": 270,
    "process_vm_writev": 271, "ptrace": 117, "quotactl": 60, "quotactl_fd": 443, "read": 63, "reboot": 142,
    "removexattr": 14, "removexattrat": 466, "renameat2": 276, "request_key": 218, "rt_sigqueueinfo": 138,
    "rt_sigreturn": 139, "rt_tgsigqueueinfo": 240, "sched_setaffinity": 122, "sched_setattr": 274,
    "sched_setparam": 118, "sched_setscheduler": 119, "seccomp": 277, "semctl": 191, "semget": 190, "semop": 193,
    "semtimedop": 192, "sendmmsg": 269, "sendmsg": 211, "sendto": 206, "setdomainname": 162, "sethostname": 161,
    "setns": 268, "setpriority": 140, "settimeofday": 170, "setxattr": 5, "setxattrat": 463, "shmat": 196,
    "shmctl": 195, "shmdt": 197, "shmget": 194, "socket": 198, "socketpair": 199, "swapoff": 225, "swapon": 224,
    "syslog": 116, "tgkill": 131, "tkill": 130, "umount2": 39, "unshare": 97, "userfaultfd": 282, "utimensat": 88,
    "vhangup": 58, "write": 64, "linkat": 37, "mkdirat": 34, "renameat": 38, "symlinkat": 36, "truncate": 45,
    "unlinkat": 35,
}  # fmt: skip


@dataclass(frozen=True)
class Architecture:
    """One architecture: what the kernel calls it in a filter, its numbers, and the highest that was ever looked at."""

    audit: int
    numbers: Mapping[str, int]
    highest: int
    second_abi: int | None = None

    def __getitem__(self, name: str) -> int:
        return self.numbers[name]

    def known(self, *names: str) -> tuple[int, ...]:
        """The numbers of those names that this architecture has: a new one has no `chmod`, only `fchmodat`."""
        return tuple(self.numbers[name] for name in names if name in self.numbers)


@functools.cache
def architecture(machine: str | None = None) -> Architecture:
    """The architecture of this machine. Raises OSError for one without a table: a wrong filter is worse than none."""
    machine = machine or platform.machine()
    if machine == "x86_64":
        return Architecture(0xC000003E, X86_64, 469, second_abi=0x40000000)  # from there on x32
    if machine == "aarch64":
        return Architecture(0xC00000B7, AARCH64, 469)
    raise OSError(f"there is no table of system calls for {machine}")
