"""The groups of users."""

from __future__ import annotations

import grp
import os

from llmsh.errors import ToolFailed
from llmsh.tool import Example, tool
from llmsh.tools.system.accounts import account
from llmsh.types import Column, Effects, Table

COLUMNS = (Column("group"), Column("gid"), Column("members"))


def _looks(**_: object) -> Effects:
    return Effects(reads=("/etc/passwd", "/etc/group"))


@tool(
    effects=_looks,
    also=("group membership", "who is in the group", "用户组", "组成员"),
    examples=(
        Example("which groups am I in?", "groups()"),
        Example("groups of root", 'groups("root")', finds=("root",)),
        Example("list all groups on this system", "groups(all=True)"),
        Example("who is in the sudo group", 'groups(group="sudo") | select("members")'),
        Example("is alice in docker?", 'groups("alice", group="docker")'),
        Example("我在哪些用户组里？", "groups()", language="zh"),
        Example("sudo 组里有谁", 'groups(group="sudo") | select("members")', language="zh"),
    ),
)
def groups(user: str | None = None, *, group: str | None = None, all: bool = False) -> Table:
    """Groups a user is in, or all groups with their members.

    Args:
        user: whose groups; your own where nobody is named.
        group: only this group.
        all: every group of the machine.
    """
    if user is None and (all or group is not None):
        found = sorted(grp.getgrall(), key=lambda item: item.gr_gid)
    else:
        found = [_group(gid) for gid in _gids(user)]
    shown = [item for item in found if group in (None, item.gr_name)]
    rows = [(item.gr_name, item.gr_gid, ", ".join(item.gr_mem)) for item in shown]
    if not rows and group is not None and user is None:
        raise ToolFailed(f"there is no group {group}", "see groups(all=True)")
    return Table(COLUMNS, rows, [] if rows else [f"{user} is not in {group}"])


def _gids(user: str | None) -> list[int]:
    """The group ids of a user, or of this process: it may be in other groups than its account by now."""
    if user is None:
        return list(dict.fromkeys([os.getegid(), *os.getgroups()]))
    known = account(user)
    return os.getgrouplist(known.pw_name, known.pw_gid)


def _group(gid: int) -> grp.struct_group:
    try:
        return grp.getgrgid(gid)
    except KeyError:  # a number that nobody named
        return grp.struct_group((str(gid), "", gid, []))
