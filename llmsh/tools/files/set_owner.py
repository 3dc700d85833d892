"""Whose files are."""

from __future__ import annotations

import grp
import pwd

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Paths, tool
from llmsh.tools import noted
from llmsh.tools.changing import changes, existing, through
from llmsh.tools.owning import apply
from llmsh.tools.paths import targets
from llmsh.types import Changes, Effects, Files, Rows

SAME = -1
"""What chown(2) takes for "leave it"."""


def _effects(*, paths: Paths, given: Rows | None = None, **_: object) -> Effects:
    return Effects(writes=tuple(through(path) for path in targets(paths, given)))


@tool(
    effects=_effects,
    also=("chown", "chgrp", "change owner", "change group", "所有者", "属主", "属组"),
    examples=(
        Example("make root the owner of notes.txt", 'set_owner("notes.txt", owner="root")'),
        Example("chgrp users on everything in docs", 'set_owner("docs", group="users", recursive=True)'),
        Example("could you give data.csv to the user www-data and the group www-data?",
                'set_owner("data.csv", owner="www-data", group="www-data")'),
        Example("把 logs 文件夹的所有者改成 root", 'set_owner("logs", owner="root")', language="zh"),
    ),
)  # fmt: skip
def set_owner(
    given: Files | None = None,
    /,
    paths: Paths = (),
    *,
    owner: str | None = None,
    group: str | None = None,
    recursive: bool = False,
) -> Changes:
    """Set the owner and the group of files.

    Args:
        paths: the files.
        owner: the name or number of the user.
        group: the name or number of the group.
        recursive: also everything in folders.
    """
    notes: list[str] = []
    if owner is None and group is None:
        raise ToolFailed("set_owner needs an owner or a group", 'as in owner="ann"')
    uid = SAME if owner is None else _user(owner)
    gid = SAME if group is None else _group(group)

    def change(path: str) -> None:
        noted.set_owner(path, uid, gid)

    found = existing(paths, given, notes)
    return changes(
        found, lambda path: apply(path, change, "changed", notes, recursive=recursive), "set the owner of", notes
    )


def _user(name: str) -> int:
    try:
        return int(name) if name.isdecimal() else pwd.getpwnam(name).pw_uid
    except KeyError:
        raise ToolFailed(f"there is no user {name}", "see users() and groups()") from None


def _group(name: str) -> int:
    try:
        return int(name) if name.isdecimal() else grp.getgrnam(name).gr_gid
    except KeyError:
        raise ToolFailed(f"there is no group {name}", "see users() and groups()") from None
