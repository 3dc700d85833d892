"""Answers for the kernel: may a program in the cage change, by its path, what the system notes about a file?

Landlock does not see chmod, chown, utime and setxattr. Where no namespace hides the other files, seccomp asks here. The
path is read once, out of the program's memory, and opened as a place; the place is judged and then changed through its
own descriptor. So whatever the program does to its memory, its links and its folders meanwhile, what was judged is what
is changed. The kernel is never told to go on with the call itself: it would read the path a second time.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import select
import struct
from collections.abc import Callable, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from llmsh.sandbox.kernel.privileges import call
from llmsh.sandbox.kernel.syscalls import architecture
from llmsh.sandbox.metadata import CALLS, EMPTY_PATH, NO_FOLLOW, Change, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

NOTICE = struct.Struct("=QIIiIQ6Q")
"""struct seccomp_notif: its id, the thread, flags, the number of the call, architecture, place in memory, arguments."""
ANSWER = struct.Struct("=QqiI")
"""struct seccomp_notif_resp: the id, what the call gives, its error, flags."""
RECEIVE, SEND, IS_VALID = 0xC0502100, 0xC0182101, 0x40082102
HERE = -100
LONGEST_PATH = 4096
RESOLVE_NO_MAGICLINKS = 0x02
Settle = Callable[["Question", int, Words], int]
"""Does what was asked, given the number and the arguments of the call, and says what the call gives."""
OWN = re.compile(rb"/proc/(self|thread-self)(?=/|$)|/dev/fd(?=/|$)")
"""Names that mean whoever says them: they are read as the program means them, not as this process would."""


def serve(listener: int, roots: Sequence[str], child: int) -> None:
    """Answer until the process `child` has ended or nobody is left to ask.

    `roots` are the real paths of folders in which, and of files of which, things may be changed.
    """
    numbers = {architecture()[name]: change for name, change in CALLS.items() if name in architecture().numbers}

    def settle(question: Question, number: int, words: Words) -> int:
        _settle(question, numbers[number], words, roots)
        return 0

    answer_all(listener, child, settle)


def answer_all(listener: int, child: int, settle: Settle) -> None:
    """Answer each question with what `settle` gives or raises, until the process `child` has ended."""
    ended = os.pidfd_open(child)
    try:
        poller = select.poll()
        poller.register(listener, select.POLLIN)
        poller.register(ended, select.POLLIN)
        while True:
            events = dict(poller.poll())
            if ended in events or events.get(listener, 0) & ~select.POLLIN:
                return
            with suppress(FileNotFoundError, InterruptedError):  # who asked has died, or was interrupted
                _one(listener, settle)
    finally:
        os.close(ended)


def _one(listener: int, settle: Settle) -> None:
    """Take one question and answer it."""
    notice = bytearray(NOTICE.size)
    fcntl.ioctl(listener, RECEIVE, notice)
    number, thread, _, system_call, _, _, *words = NOTICE.unpack(notice)
    result = failed = 0
    try:
        result = settle(Question(listener, number, thread), system_call, tuple(words))
    except OSError as error:
        failed = -(error.errno or errno.EPERM)
    except (KeyError, OverflowError):  # a call that is not asked about, an address that no memory has
        failed = -errno.EPERM
    fcntl.ioctl(listener, SEND, ANSWER.pack(number, result, failed, 0))


def _settle(question: Question, change: Change, words: Words, roots: Sequence[str]) -> None:
    """Do what was asked, where it may be done. Raises the OSError that the program shall see."""
    with question.memory() as memory:
        flags = change.flags(words)
        path = memory.text(words[change.path], LONGEST_PATH) if words[change.path] else None
        folder = HERE if change.folder is None else signed(words[change.folder])
        apply = change.prepare(memory, words)
        place = question.open(folder, path, flags)
    try:
        question.check()  # until here the number of the thread was its own: what was read and opened was meant
        if not _allowed(os.readlink(f"/proc/self/fd/{place}"), roots):
            raise PermissionError(errno.EPERM, "it lies outside of what the call may change")
        apply(f"/proc/self/fd/{place}")
    finally:
        os.close(place)


def _allowed(path: str, roots: Sequence[str]) -> bool:
    return any(path == root or path.startswith(root.rstrip("/") + "/") for root in roots)


def signed(word: int) -> int:
    """A descriptor as the kernel reads it: the low 32 bits, with a sign."""
    return struct.unpack("=i", struct.pack("=I", word & 0xFFFFFFFF))[0]  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Question:
    """Who asks."""

    listener: int
    number: int
    thread: int

    def check(self) -> None:
        """Raise FileNotFoundError where the question is no longer open."""
        fcntl.ioctl(self.listener, IS_VALID, struct.pack("=Q", self.number))

    @contextmanager
    def memory(self) -> Iterator[ProgramMemory]:
        """The memory of the program."""
        descriptor = os.open(f"/proc/{self.thread}/mem", os.O_RDONLY | os.O_CLOEXEC)
        try:
            yield ProgramMemory(descriptor)
        finally:
            os.close(descriptor)

    def open(self, folder: int, path: bytes | None, flags: int) -> int:
        """What a path means to the program, as a place. Links that lead through a descriptor are followed only where
        the program itself named one.
        """
        mine = b"/proc/%d" % self.thread
        if not path:
            if folder == HERE or not (path is None or flags & EMPTY_PATH):
                raise FileNotFoundError(errno.ENOENT, "an empty path")
            return os.open(f"/proc/{self.thread}/fd/{folder}", os.O_PATH | os.O_CLOEXEC)
        mode = os.O_PATH | os.O_CLOEXEC | (os.O_NOFOLLOW if flags & NO_FOLLOW else 0)
        if own := OWN.match(path):
            start = mine + (b"/fd" if own.group() == b"/dev/fd" else b"")
            return os.open(start + path[own.end() :], mode)
        start = mine + (b"/cwd" if folder == HERE else b"/fd/%d" % folder)
        at = HERE if path.startswith(b"/") else os.open(start, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            how = struct.pack("=QQQ", mode, 0, RESOLVE_NO_MAGICLINKS)
            return call(architecture()["openat2"], at, path, how, len(how))
        finally:
            if at != HERE:
                os.close(at)


@dataclass(frozen=True)
class ProgramMemory:
    """Another process's memory, read in pieces. Raises OSError: EFAULT where there is none."""

    descriptor: int

    def read(self, address: int, size: int) -> bytes:
        """Exactly so many bytes."""
        data = self._some(address, size)
        if len(data) < size:
            raise OSError(errno.EFAULT, os.strerror(errno.EFAULT))
        return data

    def text(self, address: int, most: int) -> bytes:
        """Bytes up to a zero."""
        text, end, _ = self._some(address, most).partition(b"\0")
        if not end:
            raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG))
        return text

    def _some(self, address: int, size: int) -> bytes:
        try:
            return os.pread(self.descriptor, size, address)
        except OSError:
            raise OSError(errno.EFAULT, os.strerror(errno.EFAULT)) from None
