"""What of the machine's files a program in namespaces sees: which places, and whether they may be written.

Everything else is not there at all: no home folder but the working folder in it, no sockets, no other process.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from llmsh.sandbox.kernel import namespaces
from llmsh.sandbox.kernel.namespaces import MS_NODEV, MS_NOEXEC, MS_NOSUID, NO_DEVICES, NO_SUID, READ_ONLY
from llmsh.sandbox.kernel.paths import make_folders, open_beneath

DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
LINKS = (("/dev/fd", "/proc/self/fd"), ("/dev/stdin", "/proc/self/fd/0"), ("/dev/stdout", "/proc/self/fd/1"),
         ("/dev/stderr", "/proc/self/fd/2"))  # fmt: skip
OF_THE_MACHINE = ("/proc/keys", "/proc/key-users", "/proc/kcore", "/proc/sysrq-trigger", "/proc/timer_list")
"""What a fresh /proc still shows or does of the whole machine."""
SCRATCH = "size=512m,nr_inodes=64k,mode=1777"
STAGE = "/tmp"  # noqa: S108  a folder that every system has, to mount on; nothing is put in the one that is there
ASIDE = "/proc/driver"
"""Likewise, but one that no call is about: what lies below the folder that is mounted on is out of sight."""
COVER_FOLDER, COVER_FILE = "/.llmsh/folder", "/.llmsh/file"


class Kind(IntEnum):
    """How a place is seen; where two say something of the same place the higher one counts."""

    READ = 0
    PIN = 1
    """As it is, but as a mount of its own: then it can be neither renamed nor removed."""
    WRITE = 2
    KEEP = 3
    """Read-only in a folder that may be written."""
    HIDE = 4
    """Empty."""


@dataclass(frozen=True)
class Place:
    """One path of the machine in the view."""

    path: str
    kind: Kind


def arranged(places: Iterable[Place]) -> list[Place]:
    """Each path once, the outer before the inner, without those that are merely read inside what is read."""
    strongest: dict[str, Kind] = {}
    for place in places:
        strongest[place.path] = max(place.kind, strongest.get(place.path, place.kind))
    kept: list[Place] = []
    for path, kind in sorted(strongest.items(), key=lambda item: (item[0].count("/"), item[0])):
        around = [place for place in kept if path.startswith(place.path.rstrip("/") + "/")]
        if around and around[-1].kind is kind and kind in (Kind.READ, Kind.WRITE):
            continue
        if kind is Kind.READ and around and around[-1].kind is Kind.WRITE:
            continue
        if kind is Kind.HIDE and not around:
            continue
        kept.append(Place(path, kind))
    return kept


@dataclass(frozen=True)
class Stage:
    """A view that is being mounted: on which folder, and the places that are in it."""

    folder: str
    placed: tuple[Place, ...]

    def can_hold(self, order: Iterable[Place]) -> bool:
        """Whether the places of an order that are not in it can be added, as if all had been mounted one by one."""
        order = list(order)
        more = [place for place in order if place not in self.placed]
        taken = (self.folder, *(place.path for place in self.placed))
        return set(self.placed) <= set(order) and not any(
            _around(place.path, path) or _around(self.folder, place.path) for place in more for path in taken
        )

    def drop(self) -> None:
        """Unmount it again."""
        namespaces.unmount(self.folder)


def stage(places: Iterable[Place], links: Iterable[tuple[str, str]], folder: str) -> Stage:
    """Mount a view on a folder, where only what is below that folder gets out of sight. Raises OSError."""
    if not os.path.isdir(folder):
        folder = STAGE
    order = arranged(places)
    trees = _copies(order)
    devices = {path: namespaces.clone(path, NO_SUID) for path in DEVICES if os.path.exists(path)}
    namespaces.mount("llmsh", folder, "tmpfs", MS_NOSUID | MS_NODEV, "size=16m,nr_inodes=16k,mode=755")
    _skeleton(folder, (*links, *LINKS))
    for path, tree in devices.items():
        _attach(tree, folder, path, is_folder=False)
    _fill(folder, order, trees)
    namespaces.mount("proc", folder + "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC)
    for path in OF_THE_MACHINE:
        if os.path.exists(folder + path):
            namespaces.attach(_cover(folder + COVER_FILE), folder + path)
    return Stage(folder, tuple(order))


def enter(view: Stage, order: Iterable[Place], folder: str) -> None:
    """Add the places that are still to come, and make the view the root; `folder` becomes the working folder.

    Raises OSError.
    """
    more = [place for place in order if place not in view.placed]
    _fill(view.folder, more, _copies(more))
    root = os.open(view.folder, os.O_PATH | os.O_DIRECTORY)
    os.close(make_folders(root, folder))
    os.close(root)
    namespaces.enter_root(view.folder)
    namespaces.seal_root()
    os.chdir(folder)


def _copies(order: Iterable[Place]) -> dict[Place, tuple[int, bool]]:
    """Each place as a mount that is attached nowhere yet, and whether it is a folder; no mount where it is hidden."""
    return {place: (_copy(place), stat.S_ISDIR(os.stat(place.path).st_mode)) for place in order}


def _copy(place: Place) -> int:
    if place.kind is Kind.HIDE:
        return -1
    attributes = NO_SUID | NO_DEVICES
    if place.kind in (Kind.READ, Kind.KEEP):
        attributes |= READ_ONLY
    return namespaces.clone(place.path, attributes)


def _fill(folder: str, order: Iterable[Place], trees: dict[Place, tuple[int, bool]]) -> None:
    for place in order:
        tree, is_folder = trees[place]
        if place.kind is Kind.HIDE:
            tree = _cover(folder + (COVER_FOLDER if is_folder else COVER_FILE))
        _attach(tree, folder, place.path, is_folder=is_folder)


def _cover(path: str) -> int:
    return namespaces.clone(path, READ_ONLY | NO_SUID | NO_DEVICES)


def _skeleton(folder: str, links: Iterable[tuple[str, str]]) -> None:
    """The root: empty folders, links, and a memory-only /tmp and /dev/shm."""
    for name in ("/proc", "/tmp", "/dev/shm", COVER_FOLDER):  # noqa: S108  these are the private ones
        os.makedirs(folder + name)
    open(folder + COVER_FILE, "x", encoding="ascii").close()
    for name, target in links:
        os.symlink(target, folder + name)
    for name in ("/tmp", "/dev/shm"):  # noqa: S108  see above
        namespaces.mount("llmsh", folder + name, "tmpfs", MS_NOSUID | MS_NODEV, SCRATCH)


def _attach(tree: int, folder: str, path: str, *, is_folder: bool) -> None:
    """Mount a copy at a place of the view, made where it is missing. A link that was planted there is no place."""
    root = os.open(folder, os.O_PATH | os.O_DIRECTORY)
    if is_folder:
        target = make_folders(root, path)
    else:
        above = make_folders(root, os.path.dirname(path))
        name = os.path.basename(path)
        with contextlib.suppress(FileExistsError):
            os.close(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, dir_fd=above))
        target = open_beneath(above, name)
        os.close(above)
    namespaces.attach_at(tree, target)
    for opened in (tree, target, root):
        os.close(opened)


def _around(outer: str, path: str) -> bool:
    return path == outer or path.startswith(outer.rstrip("/") + "/")


def root_links() -> Iterator[tuple[str, str]]:
    """The links at the root that lead into /usr, as most systems have them."""
    for name in ("bin", "sbin", "lib", "lib32", "lib64", "libx32"):
        if os.path.islink(f"/{name}"):
            yield f"/{name}", os.readlink(f"/{name}")
