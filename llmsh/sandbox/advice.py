"""What this system is like, as far as cages depend on it, and what would make a stronger one possible."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from llmsh.sandbox.base import Tier
from llmsh.sandbox.kernel import landlock

CONTAINER_MARKS = ("/.dockerenv", "/run/.containerenv")
CONTAINER_WORDS = ("docker", "kubepods", "containerd", "libpod", "lxc")
ENOUGH = 6
"""The version of Landlock that keeps signals inside, from Linux 6.12 on."""


@dataclass(frozen=True)
class Facts:
    """`sysctls` are those that may forbid user namespaces, where they are there; `lsm` is the kernel's list."""

    kernel: str
    landlock: int
    lsm: str
    sysctls: dict[str, str]
    container: bool
    root: bool


def facts() -> Facts:
    """Those of this system."""
    names = ("kernel/apparmor_restrict_unprivileged_userns", "kernel/unprivileged_userns_clone",
             "user/max_user_namespaces")  # fmt: skip
    found = {name.replace("/", "."): _read(f"/proc/sys/{name}") for name in names}
    return Facts(
        kernel=os.uname().release,
        landlock=landlock.version(),
        lsm=_read("/sys/kernel/security/lsm"),
        sysctls={name: value for name, value in found.items() if value},
        container=any(map(os.path.exists, CONTAINER_MARKS)) or _in_container(_read("/proc/1/cgroup")),
        root=os.getuid() == 0,
    )


def advice(tier: Tier, known: Facts) -> Iterator[str]:
    """What to do about each thing that stands in the way, in the order in which it counts."""
    if known.landlock < 1:
        if known.lsm and "landlock" not in known.lsm.split(","):
            yield f"Landlock is not switched on: boot with lsm=landlock,{known.lsm}"
        else:
            yield f"this kernel ({known.kernel}) has no Landlock: 5.13 or later has it, 6.12 or later all of it"
    elif known.landlock < ENOUGH and tier is not Tier.STRICT:
        yield f"Landlock is version {known.landlock} here: from Linux 6.12 on it keeps signals inside as well"
    if tier is not Tier.STRICT:
        yield from _namespaces(known)
    if known.root:
        yield "you are root: start llmsh as an ordinary user, whose processes the kernel counts and holds better"


def _namespaces(known: Facts) -> Iterator[str]:
    """What forbids the namespaces that the stronger cage is made of."""
    if known.sysctls.get("kernel.apparmor_restrict_unprivileged_userns") == "1":
        yield (
            "AppArmor forbids user namespaces: allow them with an AppArmor profile for the Python that runs llmsh "
            "(`userns,` in it), or for all with: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0"
        )
    if known.sysctls.get("kernel.unprivileged_userns_clone") == "0":
        yield "user namespaces are switched off: sudo sysctl kernel.unprivileged_userns_clone=1"
    if known.sysctls.get("user.max_user_namespaces") == "0":
        yield "no user namespaces are allowed: sudo sysctl user.max_user_namespaces=10000"
    if known.container:
        yield (
            "this is a container, whose own filter forbids namespaces: docker run --security-opt seccomp=unconfined "
            "--security-opt apparmor=unconfined --security-opt systempaths=unconfined"
        )


def _in_container(groups: str) -> bool:
    return any(word in groups for word in CONTAINER_WORDS)


def _read(path: str) -> str:
    """The text of a small file of the kernel; empty where there is none."""
    try:
        with open(path, encoding="ascii", errors="replace") as file:
            return file.read(4096).strip()
    except OSError:
        return ""
