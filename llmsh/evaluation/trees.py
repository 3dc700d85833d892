"""The folder a case runs in: built by its fixture, remembered as a snapshot, compared with what it was before."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from llmsh.evaluation.contents import content

IGNORED = ("__pycache__", ".lesshst")
"""What programs leave behind by themselves, with times in it."""


@dataclass(frozen=True)
class Entry:
    """One name in a tree: file, folder, link or other; permission bits; content, or target of a link."""

    kind: str
    mode: int
    content: str = ""


Snapshot = Mapping[str, Entry]
Changes = Mapping[str, Entry | None]
"""What each changed path is now; None where it is no more."""


@dataclass(frozen=True)
class Ground:
    """The folders of one case; `home` is the tree that is compared, the others lie beside it."""

    root: str

    @property
    def home(self) -> str:
        """The home folder: the tree."""
        return os.path.join(self.root, "home")

    def beside(self, name: str) -> str:
        """The folder for settings, data or the cache."""
        return os.path.join(self.root, name)

    def clear(self) -> None:
        """Every folder empty, as a new user has them."""
        if os.path.lexists(self.root):
            remove(self.root)
        for folder in self.folders:
            os.makedirs(folder)

    @property
    def folders(self) -> tuple[str, ...]:
        """All folders of the case."""
        return (self.home, self.beside("config"), self.beside("data"), self.beside("cache"))

    def kept(self) -> str:
        """A new folder for a copy of them."""
        os.mkdir(self.beside("kept"))
        return self.beside("kept")

    def restore(self) -> None:
        """Put the copy in the place of the folders."""
        for folder in self.folders:
            if os.path.lexists(folder):
                remove(folder)
            os.rename(os.path.join(self.beside("kept"), os.path.basename(folder)), folder)
        os.rmdir(self.beside("kept"))


def snapshot(folder: str) -> Snapshot:
    """Every path below a folder, and the folder itself as "."."""
    found = {".": _entry(folder)}
    for path in _below(folder):
        found[os.path.relpath(path, folder)] = _entry(path)
    return found


def changes(before: Snapshot, after: Snapshot) -> Changes:
    """What is new, different or gone."""
    paths = sorted(before.keys() | after.keys())
    return {path: after.get(path) for path in paths if before.get(path) != after.get(path)}


def described(changed: Changes, expected: Changes) -> Iterator[str]:
    """How changes differ from those expected, one path a line."""
    for path in sorted(changed.keys() | expected.keys()):
        if path not in changed:
            yield f"{path} should be {_state(expected[path])}"
        elif path not in expected:
            yield f"{path} became {_state(changed[path])}"
        elif changed[path] != expected[path]:
            yield f"{path} became {_state(changed[path])}, not {_state(expected[path])}"


def _state(entry: Entry | None) -> str:
    if entry is None:
        return "gone"
    return f"a {entry.kind} {entry.mode:o}" + (f" {entry.content[:12]}" if entry.content else "")


def _below(folder: str) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:  # a folder that was closed to us: its own mode says so
        return
    for entry in found:
        if entry.name in IGNORED or _is_trash(entry.path):
            continue
        yield entry.path
        if entry.is_dir(follow_symlinks=False):
            yield from _below(entry.path)


def _is_trash(path: str) -> bool:
    name = os.path.basename(path)
    return name == ".Trash" or name.startswith(".Trash-") or path.endswith("/.local/share/Trash")


def _entry(path: str) -> Entry:
    status = os.lstat(path)
    mode = stat.S_IMODE(status.st_mode)
    if stat.S_ISLNK(status.st_mode):
        return Entry("link", 0, os.readlink(path))  # the bits of a link mean nothing
    if stat.S_ISDIR(status.st_mode):
        return Entry("folder", mode)
    return Entry("file", mode, content(path)) if stat.S_ISREG(status.st_mode) else Entry("other", mode)


def remove(folder: str) -> None:
    """Remove a tree whose folders may be closed to their owner."""
    os.chmod(folder, 0o700)
    for path, folders, _ in os.walk(folder):
        for name in folders:
            inner = os.path.join(path, name)
            if not os.path.islink(inner):
                os.chmod(inner, 0o700)
    shutil.rmtree(folder)
