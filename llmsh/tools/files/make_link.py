"""Links to files and folders."""

from __future__ import annotations

import os
from collections.abc import Iterator

from llmsh.errors import ToolFailed
from llmsh.tool import HERE, Example, Path, tool
from llmsh.tools.changing import changes, missing, new_folders
from llmsh.types import Changes, Effects, Row


def _effects(target: str, link: str = HERE, *, hard: bool = False, **_: object) -> Effects:
    place = _place(target, link)
    # a hard link changes the file itself: it gets a second name
    return Effects(reads=(os.path.expanduser(target),) if hard else (), writes=(*new_folders(place), place))


def _place(target: str, link: str) -> str:
    """Where the link is made: in `link` where that is a folder."""
    link = os.path.expanduser(link)
    if not (os.path.isdir(link) or link.endswith("/")):
        return link
    name = os.path.basename(os.path.expanduser(target).rstrip("/"))
    return os.path.join("" if link == HERE else link, name)


@tool(
    effects=_effects,
    also=("ln", "symlink", "symbolic link", "shortcut", "hard link", "链接", "快捷方式", "软链接"),
    examples=(
        Example("make a link called latest to notes.txt", 'make_link("notes.txt", "latest")', finds=("latest",)),
        Example("symlink src/main.py into docs", 'make_link("src/main.py", "docs")', finds=("docs/main.py",)),
        Example("could you create a shortcut to the folder logs named l", 'make_link("logs", "l")', finds=("l",)),
        Example("hard link data.csv as table.csv", 'make_link("data.csv", "table.csv", hard=True)',
                finds=("table.csv",)),
        Example("给 README.md 建一个软链接 readme", 'make_link("README.md", "readme")',
                finds=("readme",), language="zh"),
    ),
)  # fmt: skip
def make_link(target: Path, link: Path = HERE, *, hard: bool = False) -> Changes:
    """Make a link to a file or folder.

    Args:
        target: what the link leads to, seen from here.
        link: the name of the link, or the folder to make it in.
        hard: a hard link, a second name of the same file.
    """
    notes: list[str] = []
    target = os.path.expanduser(target)
    if not os.path.lexists(target):
        if hard:
            raise missing(target)
        notes.append(f"{missing(target).message}: the link leads nowhere yet")
    return changes([_place(target, link)], lambda place: _link(target, place, hard=hard), "make the link", notes)


def _link(target: str, place: str, *, hard: bool) -> Iterator[Row]:
    if os.path.lexists(place):
        raise ToolFailed(f"{place} exists already", "choose another name, or delete it first")
    if hard and os.path.isdir(target):
        raise ToolFailed(f"{target} is a folder: hard links lead to files only", "leave hard=True out")
    folder = os.path.dirname(place)
    if folder:
        os.makedirs(folder, exist_ok=True)
    if hard:
        os.link(target, place, follow_symlinks=False)
    else:
        os.symlink(_from(folder, target), place)
    yield (place, "linked", target)


def _from(folder: str, target: str) -> str:
    """The target as the link must write it: a relative one is read from the link's folder, not from here."""
    if os.path.isabs(target) or not folder:
        return target
    return os.path.relpath(os.path.join(os.path.realpath(os.path.dirname(target) or "."), os.path.basename(target)),
                           os.path.realpath(folder))  # fmt: skip
