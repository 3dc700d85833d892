"""The operating system, its kernel and the machine."""

from __future__ import annotations

import platform

from llmsh.tool import Example, tool
from llmsh.types import Column, Effects, Table

COLUMNS = (Column("system"), Column("version"), Column("kernel"), Column("machine"), Column("hostname"))


def _looks(**_: object) -> Effects:
    return Effects(reads=("/etc/os-release", "/usr/lib/os-release", "/proc"))


@tool(
    effects=_looks,
    also=("uname", "distribution", "os", "kernel version", "architecture", "操作系统", "内核", "系统版本", "架构"),
    examples=(
        Example("which operating system is this?", 'system_info() | select(["system", "version"])'),
        Example("kernel version", 'system_info() | select("kernel")'),
        Example("uname -a", "system_info()"),
        Example("is this arm or x86", 'system_info() | select("machine")'),
        Example("please tell me about this system", "system_info()"),
        Example("这是什么操作系统？", 'system_info() | select(["system", "version"])', language="zh"),
        Example("内核版本是多少", 'system_info() | select("kernel")', language="zh"),
    ),
)
def system_info() -> Table:
    """The operating system and its version, the kernel, the kind of machine and its name."""
    facts = platform.uname()
    system, version = _release()
    return Table(COLUMNS, [(system, version, facts.release, facts.machine, facts.node)])


def _release() -> tuple[str, str | None]:
    """Name and version of the distribution, or of the kernel where it does not say."""
    try:
        told = platform.freedesktop_os_release()
    except OSError:
        return platform.system(), platform.version()
    return told.get("PRETTY_NAME") or told["NAME"], told.get("VERSION_ID")
