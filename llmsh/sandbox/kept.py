"""One protected place, reached only from a folder that was opened before the call, and never through a link.

What a call leaves behind is hostile: it may have put a link to the home folder where `.git` was, so that whoever puts
`.git/config` back writes ~/config.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from llmsh.sandbox.kernel.paths import open_folder_beneath

MOST_FILES, LARGEST, DEEPEST = 500, 1 << 20, 8
ASIDE = ".set-aside-by-llmsh"
SETTLED = 3_000_000_000
"""Nanoseconds after which a change is told from the next one: the slowest clock of a file system ticks every 2 s."""


@dataclass(frozen=True)
class Copy:
    """What a file was before: its bytes and its mode, or where a link led.

    While its `state` is the same nobody has touched it since; None, where it had changed so shortly before it was
    copied that the clock of the file system could not tell a later change.
    """

    content: bytes
    mode: int
    link: str = ""
    state: tuple[int, ...] | None = field(default=None, compare=False)


Copies = dict[str, Copy]


@dataclass(frozen=True)
class Kept:
    """A place: the folder that may be written, its descriptor, and the name below it."""

    root: str
    folder: int
    name: str

    @property
    def path(self) -> str:
        """Its absolute path."""
        return os.path.join(self.root, self.name)

    def parent(self, name: str | None = None) -> int:
        """The folder that holds a name. Raises OSError where it is not there, or a link."""
        return open_folder_beneath(self.folder, os.path.dirname(self.name if name is None else name) or ".")

    def is_there(self) -> bool:
        """Whether something has this name."""
        return self._status(self.name) is not None

    def is_behind_link(self) -> bool:
        """Whether a folder on the way is a link."""
        return self._link_on_the_way() is not None

    def copies(self, known: Copies | None = None) -> Copies:
        """Every file of it as it is, by its name below the root; what is as it was in `known` is not read again."""
        known = known or {}
        found: Copies = {}
        for name in self._files(self.name, 0):
            if len(found) >= MOST_FILES:
                break
            with suppress(OSError):
                found[name] = self._copy(name, known.get(name))
        return found

    def clear_way(self) -> Iterator[str]:
        """Rename a link that has come to stand on the way, and say so."""
        link = self._link_on_the_way()
        if link is not None:
            yield self.set_aside(link)

    def put_back(self, copies: Copies) -> Iterator[str]:
        """Make it what it was, and say what was not. Where its folder is gone, as a whole repository, it needs not."""
        now = self.copies(copies)
        with suppress(OSError):
            os.close(self.parent())
            for name, copy in copies.items():
                if now.get(name) != copy:
                    self._restore(name, copy)
                    yield f"{os.path.join(self.root, name)} decides what runs later: it was changed, and was put back"
            for name in now.keys() - copies.keys():
                yield self.set_aside(name)

    def set_aside(self, name: str) -> str:
        """Give something another name in the same folder; the note of it."""
        with self._holding(name) as (parent, last):
            for number in range(1, 100):
                other = last + ASIDE + (f"-{number}" if number > 1 else "")
                try:
                    os.stat(other, dir_fd=parent, follow_symlinks=False)
                except FileNotFoundError:
                    os.rename(last, other, src_dir_fd=parent, dst_dir_fd=parent)
                    break
            return f"{os.path.join(self.root, name)} would decide what runs later: it was renamed to {other}"

    @contextmanager
    def _holding(self, name: str) -> Iterator[tuple[int, str]]:
        if "/" not in name:  # it lies in the folder itself
            yield self.folder, name
            return
        parent = self.parent(name)
        try:
            yield parent, os.path.basename(name)
        finally:
            os.close(parent)

    def _status(self, name: str) -> os.stat_result | None:
        try:
            with self._holding(name) as (parent, last):
                return os.stat(last, dir_fd=parent, follow_symlinks=False)
        except OSError:
            return None

    def _link_on_the_way(self) -> str | None:
        parts = self.name.split("/")
        for count in range(1, len(parts)):
            status = self._status("/".join(parts[:count]))
            if status is None:
                return None
            if stat.S_ISLNK(status.st_mode):
                return "/".join(parts[:count])
        return None

    def _files(self, name: str, depth: int) -> Iterator[str]:
        status = self._status(name)
        if status is None or depth > DEEPEST:
            return
        if not stat.S_ISDIR(status.st_mode):
            yield name
            return
        with suppress(OSError), self._holding(name) as (parent, last):
            handle = os.open(last, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=parent)
            try:
                entries = sorted(os.listdir(handle))
            finally:
                os.close(handle)
            for entry in entries:
                yield from self._files(f"{name}/{entry}", depth + 1)

    def _copy(self, name: str, known: Copy | None) -> Copy:
        with self._holding(name) as (parent, last):
            status = os.stat(last, dir_fd=parent, follow_symlinks=False)
            state = (status.st_dev, status.st_ino, status.st_ctime_ns, status.st_size, status.st_mode)
            if known is not None and known.state == state:
                return known
            settled = state if time.time_ns() - status.st_ctime_ns > SETTLED else None
            if stat.S_ISLNK(status.st_mode):
                return Copy(b"", 0, os.readlink(last, dir_fd=parent), settled)
            if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
                raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), name)
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
            with open(os.open(last, flags, dir_fd=parent), "rb") as file:
                return Copy(file.read(LARGEST), stat.S_IMODE(status.st_mode), state=settled)

    def _restore(self, name: str, copy: Copy) -> None:
        self._make_parents(name)
        if self._status(name) is not None:
            self.set_aside(name)
        with self._holding(name) as (parent, last):
            if copy.link:
                os.symlink(copy.link, last, dir_fd=parent)
                return
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
            with open(os.open(last, flags, 0o600, dir_fd=parent), "wb") as file:
                file.write(copy.content)
                os.fchmod(file.fileno(), copy.mode)

    def _make_parents(self, name: str) -> None:
        """The folders between the place and a file of it; what stands there and is no folder is set aside."""
        parts = name.split("/")
        for count in range(self.name.count("/") + 1, len(parts)):
            step = "/".join(parts[:count])
            status = self._status(step)
            if status is not None and not stat.S_ISDIR(status.st_mode):
                self.set_aside(step)
                status = None
            if status is None:
                with self._holding(step) as (parent, last):
                    os.mkdir(last, 0o755, dir_fd=parent)
