"""The user accounts of the machine."""

from __future__ import annotations

import os
import pwd

from llmsh.errors import ToolFailed
from llmsh.tool import Example, tool
from llmsh.tools.columns import group_name
from llmsh.types import Column, Effects, Row, Table

COLUMNS = (
    Column("user"),
    Column("uid"),
    Column("group"),
    Column("full_name"),
    Column("home"),
    Column("shell"),
)
PEOPLE = range(1000, 60_000)
"""User ids that are given to people; the others belong to services (login.defs of every distribution)."""


def _looks(**_: object) -> Effects:
    return Effects(reads=("/etc/passwd", "/etc/group"))


@tool(
    effects=_looks,
    also=("user accounts", "passwd", "home folder of", "login shell", "id", "用户账户", "所有用户", "账号"),
    examples=(
        Example("which user accounts are there?", "accounts()"),
        Example("list all users, system accounts too", "accounts(system=True)"),
        Example("where is root's home folder", 'accounts("root") | select("home")', finds=("/root",)),
        Example("what is the uid of root", 'accounts("root") | select("uid")', finds=(0,)),
        Example("which shell does alice use?", 'accounts("alice") | select("shell")'),
        Example("does a user named www-data exist", 'accounts("www-data")'),
        Example("列出系统中所有账户", "accounts(system=True)", language="zh"),
        Example("root 的主目录在哪里", 'accounts("root") | select("home")', finds=("/root",), language="zh"),
    ),
)
def accounts(user: str | None = None, *, system: bool = False) -> Table:
    """User accounts with user id, group, home folder and login shell.

    Args:
        user: only this account.
        system: also root and the accounts of services.
    """
    if user is not None:
        return Table(COLUMNS, [_row(account(user))])
    known = sorted(pwd.getpwall(), key=lambda item: item.pw_uid)
    found = [item for item in known if system or item.pw_uid in PEOPLE or item.pw_uid == os.getuid()]
    return Table(COLUMNS, [_row(item) for item in dict.fromkeys(found)])


def account(user: str) -> pwd.struct_passwd:
    """The account of that name or user id. Raises ToolFailed where there is none."""
    try:
        return pwd.getpwuid(int(user)) if user.isascii() and user.isdigit() else pwd.getpwnam(user)
    except (KeyError, OverflowError, ValueError):
        raise ToolFailed(f"there is no user {user}", "see accounts(system=True)") from None


def _row(item: pwd.struct_passwd) -> Row:
    full_name = item.pw_gecos.split(",")[0] or None
    return (item.pw_name, item.pw_uid, group_name(item.pw_gid), full_name, item.pw_dir, item.pw_shell)
