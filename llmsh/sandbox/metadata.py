"""The system calls that change, by its path, what is noted about a file: where their arguments are and what they do."""

from __future__ import annotations

import errno
import os
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from llmsh.sandbox.kernel.privileges import call
from llmsh.sandbox.kernel.syscalls import architecture

NO_FOLLOW, EMPTY_PATH = 0x100, 0x1000
HERE = -100
LONGEST_NAME, LONGEST_VALUE = 256, 1 << 16
Words = tuple[int, ...]
"""The six arguments of a call, as the kernel got them."""
Apply = Callable[[str], None]


class Memory(Protocol):
    """The memory of the program that makes the call. Raises OSError."""

    def read(self, address: int, size: int) -> bytes:
        """Exactly so many bytes."""
        ...

    def text(self, address: int, most: int) -> bytes:
        """Bytes up to a zero."""
        ...


Prepare = Callable[[Memory, Words], Apply]


@dataclass(frozen=True)
class Change:
    """One call. `path`, `folder` and `flag` say which argument is which; `link`: it never follows the last link.

    `prepare` reads the other arguments once and gives what is to be done with the place that was judged.
    """

    prepare: Prepare
    path: int = 0
    folder: int | None = None
    flag: int | None = None
    link: bool = False

    def flags(self, words: Words) -> int:
        """The flags of the call. Raises OSError where one is not known."""
        found = (0 if self.flag is None else words[self.flag] & 0xFFFFFFFF) | (NO_FOLLOW if self.link else 0)
        if found & ~(NO_FOLLOW | EMPTY_PATH):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        return found


def _mode(at: int) -> Prepare:
    def prepare(_memory: Memory, words: Words) -> Apply:
        mode = words[at] & 0o1777  # never setuid or setgid, whoever asks
        return lambda place: os.chmod(place, mode)

    return prepare


def _owner(at: int) -> Prepare:
    def prepare(_memory: Memory, words: Words) -> Apply:
        user, group = (_id(word) for word in words[at : at + 2])
        return lambda place: os.chown(place, user, group)

    return prepare


def _id(word: int) -> int:
    """A user or group; all bits set means: as it is."""
    low = word & 0xFFFFFFFF
    return -1 if low == 0xFFFFFFFF else low


def _times(at: int, layout: str, scale: int) -> Prepare:
    """Two times in the form `layout`, of which `scale` nanoseconds are one unit of the smaller part; none means now."""

    def prepare(memory: Memory, words: Words) -> Apply:
        times = _timespecs(memory.read(words[at], struct.calcsize(layout)), layout, scale) if words[at] else None

        def apply(place: str) -> None:
            call(architecture()["utimensat"], HERE, os.fsencode(place), times, 0)

        return apply

    return prepare


def _timespecs(data: bytes, layout: str, scale: int) -> bytes:
    numbers = struct.unpack(layout, data)
    if scale == 1:  # what is there already is what is asked for, and UTIME_NOW and UTIME_OMIT mean more than a time
        return data
    if len(numbers) == 2:
        return struct.pack("=4q", numbers[0], 0, numbers[1], 0)
    if not all(0 <= part < 1_000_000 for part in numbers[1::2]):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    return struct.pack("=4q", numbers[0], numbers[1] * scale, numbers[2], numbers[3] * scale)


def _set_attribute(memory: Memory, words: Words) -> Apply:
    name, value = memory.text(words[1], LONGEST_NAME), _value(memory, words[2], words[3])
    flags = words[4] & 0xFFFFFFFF
    return lambda place: os.setxattr(place, name, value, flags)


def _set_attribute_at(memory: Memory, words: Words) -> Apply:
    """Value, size and flags stand in a structure of their own."""
    if words[5] != 16:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    address, size, flags = struct.unpack("=QII", memory.read(words[4], 16))
    name, value = memory.text(words[3], LONGEST_NAME), _value(memory, address, size)
    return lambda place: os.setxattr(place, name, value, flags)


def _value(memory: Memory, address: int, size: int) -> bytes:
    if size > LONGEST_VALUE:
        raise OSError(errno.E2BIG, os.strerror(errno.E2BIG))
    return memory.read(address, size) if size else b""


def _remove_attribute(at: int) -> Prepare:
    def prepare(memory: Memory, words: Words) -> Apply:
        name = memory.text(words[at], LONGEST_NAME)
        return lambda place: os.removexattr(place, name)

    return prepare


CALLS: Mapping[str, Change] = {
    "chmod": Change(_mode(1)),
    "fchmodat": Change(_mode(2), path=1, folder=0),
    "fchmodat2": Change(_mode(2), path=1, folder=0, flag=3),
    "chown": Change(_owner(1)),
    "lchown": Change(_owner(1), link=True),
    "fchownat": Change(_owner(2), path=1, folder=0, flag=4),
    "utime": Change(_times(1, "=2q", 0)),
    "utimes": Change(_times(1, "=4q", 1000)),
    "futimesat": Change(_times(2, "=4q", 1000), path=1, folder=0),
    "utimensat": Change(_times(2, "=4q", 1), path=1, folder=0, flag=3),
    "setxattr": Change(_set_attribute),
    "lsetxattr": Change(_set_attribute, link=True),
    "setxattrat": Change(_set_attribute_at, path=1, folder=0, flag=2),
    "removexattr": Change(_remove_attribute(1)),
    "lremovexattr": Change(_remove_attribute(1), link=True),
    "removexattrat": Change(_remove_attribute(3), path=1, folder=0, flag=2),
}
