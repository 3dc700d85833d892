"""Opens files for a tool where the kernel has nothing that could hold it: for reading, and only where it may read.

Without Landlock and namespaces seccomp is all there is, and it cannot look at a path. So it refuses every call that
makes, moves or removes a name, and asks here for each file that is opened. As in the mediator the path is read once and
opened as a place; the place is judged, and the tool is given a descriptor of that very place.
"""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import struct
from collections.abc import Sequence

from llmsh.sandbox.kernel import seccomp
from llmsh.sandbox.kernel.bpf import ALLOW, NOTIFY, answer, assemble, each, errno_answer, refuse_foreign
from llmsh.sandbox.kernel.landlock import LIST, READ, Rule
from llmsh.sandbox.kernel.syscalls import architecture
from llmsh.sandbox.mediator import Question, answer_all, signed
from llmsh.sandbox.metadata import NO_FOLLOW

LIST_BIT, READ_BIT = LIST, READ & ~LIST
CHANGES = (
    "creat", "link", "linkat", "mkdir", "mkdirat", "mknod", "mknodat", "rename", "renameat", "renameat2", "rmdir",
    "symlink", "symlinkat", "truncate", "unlink", "unlinkat",
)  # fmt: skip
GIVE = 0x40182103
"""SECCOMP_IOCTL_NOTIF_ADDFD."""
KEPT = os.O_DIRECTORY | os.O_NOATIME
HERE = -100


def filter_of_readers() -> bytes:
    """The filter that asks. It stands beside that of tools, and the stricter answer of the two holds."""
    system = architecture()
    return assemble([
        refuse_foreign(system.audit, errno_answer(errno.ENOSYS)),
        each(system.known(*CHANGES), errno_answer(errno.EROFS)),
        each(system.known("open", "openat"), NOTIFY),
        answer(ALLOW),
    ])  # fmt: skip


def install() -> int:
    """Put the filter on; the descriptor on which the questions come. Raises OSError."""
    return seccomp.install_with_listener(filter_of_readers())


def serve(listener: int, rules: Sequence[Rule], child: int) -> None:
    """Open what may be read until the process `child` has ended."""
    folder_first = {architecture().numbers[name]: name == "openat" for name in ("open", "openat")
                    if name in architecture().numbers}  # fmt: skip

    def settle(question: Question, number: int, words: tuple[int, ...]) -> int:
        at = signed(words[0]) if folder_first[number] else HERE
        path, flags = (words[1], words[2]) if folder_first[number] else (words[0], words[1])
        return _give(question, at, path, flags & 0xFFFFFFFF, rules)

    answer_all(listener, child, settle)


def _give(question: Question, folder: int, address: int, flags: int, rules: Sequence[Rule]) -> int:
    """The number of the descriptor that the tool now has. Raises the OSError that it shall see."""
    if flags & (os.O_ACCMODE | os.O_CREAT | os.O_TRUNC | os.O_APPEND) or flags & os.O_TMPFILE == os.O_TMPFILE:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))
    with question.memory() as memory:
        place = question.open(folder, memory.text(address, 4096), NO_FOLLOW if flags & os.O_NOFOLLOW else 0)
    try:
        question.check()
        kind = os.fstat(place).st_mode
        if not _may_read(os.readlink(f"/proc/self/fd/{place}"), kind, rules):
            raise PermissionError(errno.EACCES, "it is not what the call may read")
        if stat.S_ISLNK(kind):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        wanted = flags & os.O_PATH or os.O_NONBLOCK  # nothing waits for the other end of a pipe here
        opened = os.open(f"/proc/self/fd/{place}", wanted | flags & KEPT | os.O_CLOEXEC)
    finally:
        os.close(place)
    try:
        if not flags & (os.O_NONBLOCK | os.O_PATH):
            os.set_blocking(opened, True)
        given = bytearray(struct.pack("=QIIII", question.number, 0, opened, 0, flags & os.O_CLOEXEC))
        number: int = fcntl.ioctl(question.listener, GIVE, given)
    finally:
        os.close(opened)
    return number


def _may_read(path: str, kind: int, rules: Sequence[Rule]) -> bool:
    """Whether a rule gives a folder its names, or anything else its content."""
    wanted = LIST_BIT if stat.S_ISDIR(kind) else READ_BIT
    return any(
        rule.access & wanted and (path == rule.path or path.startswith(rule.path.rstrip("/") + "/")) for rule in rules
    )
