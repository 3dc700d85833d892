"""Names that decide what runs later, kept as they are inside folders that a call may write.

Whoever may write `.git/hooks` runs a program the next time the user commits; an editor, direnv, pre-commit and a shell
read names of their own. A call that names such a path has been approved for it. In namespaces what is there is mounted
read-only over itself, and most of what is not there is covered by an empty folder while the call runs (CVE-2026-25725
was a file that was not there yet). Where that cannot be, all is put back after the call, and the user is told.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace

from llmsh.sandbox.base import Request, Tier
from llmsh.sandbox.kept import Copies, Kept
from llmsh.sandbox.kernel.paths import open_plain
from llmsh.types import Effects

OF_GIT = ("hooks", "config", "config.worktree", "commondir")
OF_PROJECT = (".vscode", ".idea", ".devcontainer", ".husky", ".github/workflows", ".envrc", ".mcp.json",
              ".pre-commit-config.yaml", ".gitmodules")  # fmt: skip
OF_HOME = (
    ".bashrc", ".bash_profile", ".bash_login", ".bash_logout", ".bash_aliases", ".profile", ".zshrc", ".zshenv",
    ".zprofile", ".zlogin", ".inputrc", ".xprofile", ".xinitrc", ".xsession", ".gitconfig", ".vimrc", ".emacs",
    ".npmrc", ".pypirc", ".ssh", ".gnupg", ".config/autostart", ".config/systemd", ".config/environment.d",
    ".config/fish", ".config/git", ".config/nvim", ".config/llmsh", ".local/share/llmsh", ".local/bin",
)  # fmt: skip
NEVER_COVERED = ("commondir", "config.worktree", ".gitmodules")
"""What git reads wherever it is there, even if it is an empty folder."""
MOST_FOLDERS, FEW_FOLDERS = 2000, 300
"""Folders in which repositories are looked for, before a program is run and before a tool is: that is a moment's work,
and a tool that keeps to its purpose writes what it names."""


@contextmanager
def guarded(request: Request) -> Iterator[tuple[Request, list[str]]]:
    """The request with what is kept from it, and the notes that there are in the end."""
    effects = request.effects
    notes: list[str] = []
    with ExitStack() as stack:
        kept = list(_opened(effects, request.environment.get("HOME", ""), stack))
        there = [place for place in kept if place.is_there()]
        absent = [place for place in kept if place not in there]
        strict = bool(effects.runs) and request.tier is Tier.STRICT
        before = [] if strict else [(place, place.copies()) for place in there]
        stack.callback(_set_right, before, absent, notes)
        covers = stack.enter_context(_covers(absent)) if strict else []
        yield replace(request, kept=tuple(place.path for place in (*there, *covers)) if strict else ()), notes


def _opened(effects: Effects, home: str, stack: ExitStack) -> Iterator[Kept]:
    """The protected places in folders that are there, held open. A link on the way to one is the user's own choice."""
    for root, paths in protected(effects, home).items():
        try:
            folder = open_plain(root)
        except OSError:  # it is not there, or a link has come in its way: the cage gives no right to it either
            continue
        stack.callback(os.close, folder)
        for path in paths:
            place = Kept(root, folder, os.path.relpath(path, root))
            if not place.is_behind_link():
                yield place


def protected(effects: Effects, home: str) -> dict[str, list[str]]:
    """The protected paths, there or not, in each folder that a call may write and does not name them for.

    Repositories deeper in it are looked for, as far as there is time to look.
    """
    named = (*effects.writes, *effects.overwrites, *effects.deletes)
    found: dict[str, list[str]] = {}
    for root in dict.fromkeys(_root(path) for path in named):
        folders = (root, *_repositories(root, MOST_FOLDERS if effects.runs else FEW_FOLDERS))
        paths = [path for folder in folders for path in _of_project(folder)] + list(_of_home(home, root))
        found[root] = [
            path for path in dict.fromkeys(paths) if not any(_within(name, path) or _is_in_git(name) for name in named)
        ]
    return found


def _root(path: str) -> str:
    return path if os.path.isdir(path) and not os.path.islink(path) else os.path.dirname(path)


def _is_in_git(path: str) -> bool:
    """Whether a call names something in a repository's own folder, or that folder: then that is what it is about."""
    return ".git" in path.split("/")


def _of_project(folder: str) -> Iterator[str]:
    yield from (os.path.join(folder, name) for name in OF_PROJECT)
    git = os.path.join(folder, ".git")
    if os.path.isfile(git):  # of a worktree or a submodule: it says where the repository is
        yield git
    elif os.path.isdir(git):
        modules = [entry.path for entry in _folders(os.path.join(git, "modules"))]
        yield from (os.path.join(place, name) for place in (git, *modules) for name in OF_GIT)


def _of_home(home: str, folder: str) -> Iterator[str]:
    if home and _within(home, folder):
        yield from (os.path.join(home, name) for name in OF_HOME)


def _repositories(root: str, most: int) -> Iterator[str]:
    """Folders below one that have a `.git`, those next to it first; the first `most` are looked into."""
    pending = [root]
    for seen, folder in enumerate(pending):
        if seen >= most:
            return
        for entry in _folders(folder):
            if entry.name != ".git":
                pending.append(entry.path)
                if os.path.lexists(os.path.join(entry.path, ".git")):
                    yield entry.path


def _folders(path: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(path) as entries:
            return [entry for entry in entries if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []


@contextmanager
def _covers(places: Iterable[Kept]) -> Iterator[list[Kept]]:
    """Empty folders at names that are not there, for as long as the call runs."""
    with ExitStack() as stack:
        yield [
            place for place in places if os.path.basename(place.name) not in NEVER_COVERED and _covered(place, stack)
        ]


def _covered(place: Kept, stack: ExitStack) -> bool:
    try:
        parent = place.parent()
    except OSError:
        return False
    stack.callback(os.close, parent)
    name = os.path.basename(place.name)
    try:
        os.mkdir(name, 0o755, dir_fd=parent)
    except OSError:  # then the call may not make it either
        return False
    stack.callback(_uncover, parent, name)
    return True


def _uncover(parent: int, name: str) -> None:
    with suppress(OSError):  # somebody else has put something in it meanwhile
        os.rmdir(name, dir_fd=parent)


def _set_right(before: list[tuple[Kept, Copies]], absent: list[Kept], notes: list[str]) -> None:
    """Put back what was changed, rename what was made. Nothing is lost: it only has a name that nobody looks for."""
    for place, copies in before:
        notes.extend(place.clear_way())
        notes.extend(place.put_back(copies))
    for place in absent:
        notes.extend(place.clear_way())
        if place.is_there():
            notes.append(place.set_aside(place.name))


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")
