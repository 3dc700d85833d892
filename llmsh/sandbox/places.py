"""A reach as the kernel takes it: rules for Landlock, places for a view; here it is looked at what is there."""

from __future__ import annotations

import functools
import os
import stat
import sys
import sysconfig
from collections.abc import Iterable, Iterator

from llmsh.sandbox.kernel import landlock
from llmsh.sandbox.kernel.landlock import Access, Rule
from llmsh.sandbox.reach import SYSTEM, Reach
from llmsh.sandbox.view import DEVICES, Kind, Place

OWN_PROCESS = ("fd", "status", "stat", "statm", "maps", "limits")
"""What a process may see of itself: not `net`, which shows the connections of all others."""


def rules_of(reach: Reach, base: Reach | None = None) -> Iterator[Rule]:
    """The rules of Landlock that make a reach true; with a `base`, which it extends, those that this one has not."""
    read = landlock.EXECUTE if reach.programs else landlock.READ
    hidden = reach.hidden
    made = {*base.system, *base.executes} if base else set()
    system = [path for path in reach.system if path not in made]
    programs = _folders_of_programs(path for path in reach.executes if path not in made)
    for path in (*reach.reads, *(os.path.realpath(path) for path in (*system, *programs))):
        yield from without(Rule(path, read), hidden)
    if base is None:
        yield from _of_every_call(reach, read)
    for path in reach.names:
        yield Rule(os.path.realpath(path), landlock.LIST)
    for path in reach.reads:
        if not os.path.lexists(path):  # an error may say which name was meant, from the names that are there
            yield Rule(existing_folder(path), landlock.LIST)
    if reach.scratch:
        yield Rule(reach.scratch, landlock.WRITE | landlock.EXECUTE)
    for path in (*reach.writes, *reach.deletes):
        yield from _changing(path, reach, hidden)
    if reach.trash:
        yield Rule(os.path.realpath(reach.trash), landlock.NAMES)


def _of_every_call(reach: Reach, read: Access) -> Iterator[Rule]:
    for path in python_folders():
        yield Rule(path, read)
    for path in DEVICES:
        yield Rule(path, landlock.DEVICE)
    # a rule for one process binds to that process alone: its children would not see themselves
    own = [f"/proc/{os.getpid()}/{name}" for name in OWN_PROCESS]
    for path in ["/proc"] if reach.programs else own:
        yield Rule(path, landlock.READ)


def _changing(path: str, reach: Reach, hidden: Iterable[str]) -> Iterator[Rule]:
    """A folder is written in; a file is replaced, and a name that is not there is made, in the folder that holds it."""
    whole = landlock.WRITE | (landlock.EXECUTE if reach.programs else landlock.READ)
    if os.path.lexists(path) and not os.path.islink(path):
        yield from without(Rule(path, whole), hidden)
    if path in reach.deletes or not (os.path.isdir(path) or (reach.programs and os.path.isfile(path))):
        yield Rule(existing_folder(path), whole if reach.programs else landlock.NAMES)


def existing_folder(path: str) -> str:
    """The innermost folder above a path that is there."""
    folder = os.path.dirname(os.path.abspath(path))
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    return folder


def without(rule: Rule, hidden: Iterable[str]) -> Iterator[Rule]:
    """A rule for a folder but for what is hidden in it: one for each of its entries beside. Names stay readable.

    What may not be read anyway needs no hiding.
    """
    start = rule.path.rstrip("/") + "/"
    inside = [path for path in hidden if (path == rule.path or path.startswith(start)) and os.access(path, os.R_OK)]
    if rule.path in inside:
        return
    if not inside:
        yield rule
        return
    yield Rule(rule.path, landlock.LIST)
    try:
        names = os.listdir(rule.path)
    except OSError:  # it may not be read anyway
        return
    for name in names:
        yield from without(Rule(start + name, rule.access), inside)


@functools.cache
def python_folders() -> tuple[str, ...]:
    """Where the modules are that a tool imports while it runs, llmsh's own among them. The zygote asks first."""
    paths = sysconfig.get_paths()
    folders = [paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    folders.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    folders += [path for path in sys.path if path.endswith("-packages")]
    return tuple(dict.fromkeys(os.path.realpath(path) for path in folders))


def places_of(reach: Reach, base: Reach | None = None) -> Iterator[Place]:
    """What a program in namespaces sees; with a `base`, which it extends, what this one does not show or hide.

    What is not there is not seen; a name that is to be made needs its folder.
    """
    made = {*base.system, *base.executes, *base.hidden} if base else set()
    system = [path for path in reach.system if path not in made]
    programs = _folders_of_programs(path for path in reach.executes if path not in made)
    own = () if base else python_folders()
    for path in (*reach.reads, *(os.path.realpath(path) for path in (*system, *programs, *own))):
        if os.path.exists(path):
            yield Place(path, Kind.READ)
    for path in written_places(reach):
        yield Place(path, Kind.WRITE)
    for path in reach.kept:
        yield from _kept(path, reach)
    for path in reach.hidden:
        if path not in made and os.access(path, os.R_OK):
            yield Place(os.path.realpath(path), Kind.HIDE)


def _kept(path: str, reach: Reach) -> Iterator[Place]:
    """A path, and every folder between it and the root that may be written: else the folder could be moved away, and
    another one be made in its place.
    """
    for root in written_places(reach):
        if path.startswith(root.rstrip("/") + "/") and os.path.exists(path) and not os.path.islink(path):
            yield Place(path, Kind.KEEP)
            parts = os.path.relpath(path, root).split("/")[:-1]
            yield from (Place(os.path.join(root, *parts[:count]), Kind.PIN) for count in range(1, len(parts) + 1))


def written_places(reach: Reach) -> Iterator[str]:
    """What may be written: folders and files that are there, the folder of what is to be made or removed.

    A program writes a file that is there in place; to replace it by another it must say that it writes the folder.
    A link opens nothing: what it led to when the call was approved is named itself, and by now it may lead elsewhere.
    """
    for path in (*reach.writes, *reach.deletes):
        mode = _mode(path)
        if path in reach.deletes or mode == 0:
            yield existing_folder(path)
        elif not stat.S_ISLNK(mode):
            yield path


def _mode(path: str) -> int:
    """What a path is, looked at once and without following a link; 0 where nothing is."""
    try:
        return os.lstat(path).st_mode
    except OSError:
        return 0


def strict_rules(reach: Reach) -> Iterator[Rule]:
    """Landlock once more, inside: what the mounts leave open by a mistake stays closed."""
    yield Rule("/", landlock.EXECUTE)
    for path in ("/tmp", "/dev/shm", *written_places(reach)):  # noqa: S108  the private ones
        yield Rule(path, landlock.WRITE | landlock.EXECUTE)
    for path in DEVICES:
        yield Rule(path, landlock.DEVICE)


def _folders_of_programs(folders: Iterable[str]) -> Iterator[str]:
    """Where programs are. A Python environment points to the Python it was made from."""
    for path in folders:
        yield path
        if path in SYSTEM:
            continue
        for root in (path, os.path.dirname(path)):
            base = _base_of(root)
            if base:
                yield from (root, base)


def _base_of(root: str) -> str:
    try:
        with open(os.path.join(root, "pyvenv.cfg"), encoding="utf-8", errors="replace") as file:
            found = dict(line.split("=", 1) for line in file if "=" in line)
    except OSError:
        return ""
    home = {name.strip(): value.strip() for name, value in found.items()}.get("home", "")
    python = os.path.realpath(os.path.join(home, "python3"))
    return os.path.dirname(os.path.dirname(python)) if os.path.isabs(home) and os.access(python, os.X_OK) else ""
