"""Reading or driving the machine itself: its memory, logs, devices, control groups."""

from __future__ import annotations

import errno
import os

from .attempt import World, attempt, contents


@attempt("open core_pattern to write it", needs_root=True)
def core_pattern(world: World) -> None:
    os.close(os.open("/proc/sys/kernel/core_pattern", os.O_WRONLY))


@attempt("open sysrq-trigger to write it", needs_root=True, feature="/proc/sysrq-trigger")
def sysrq_trigger(world: World) -> None:
    os.close(os.open("/proc/sysrq-trigger", os.O_WRONLY))


@attempt("write the knob that runs a program as root: uevent_helper", needs_root=True, feature="uevent_helper")
def uevent_helper(world: World) -> None:
    os.close(os.open("/sys/kernel/uevent_helper", os.O_WRONLY))


@attempt("open the memory of the machine", needs_root=True, feature="/dev/mem")
def dev_mem(world: World) -> None:
    os.close(os.open("/dev/mem", os.O_RDONLY))


@attempt("read the log of the kernel from /dev/kmsg", needs_root=True, feature="/dev/kmsg")
def dev_kmsg(world: World) -> None:
    os.close(os.open("/dev/kmsg", os.O_RDONLY))


@attempt("read the passwords of the machine", needs_root=True, feature="/etc/shadow")
def shadow_read(world: World) -> None:
    contents("/etc/shadow")


@attempt("read the logs of the machine", needs_root=True)
def logs_read(world: World) -> None:
    os.listdir("/var/log")


@attempt("read the raw memory of the kernel", needs_root=True, feature="/proc/kcore")
def proc_kcore(world: World) -> None:
    os.close(os.open("/proc/kcore", os.O_RDONLY))


@attempt("move a process to another control group", needs_root=True, feature="control groups")
def cgroup_procs(world: World) -> None:
    for folder in ("/sys/fs/cgroup", "/sys/fs/cgroup/memory", "/sys/fs/cgroup/unified"):
        if os.path.exists(f"{folder}/cgroup.procs"):
            os.close(os.open(f"{folder}/cgroup.procs", os.O_WRONLY))
            return
    raise FileNotFoundError(errno.ENOENT, "no control groups")


@attempt("open the device that makes networks", needs_root=True, feature="/dev/net/tun")
def dev_tun(world: World) -> None:
    os.close(os.open("/dev/net/tun", os.O_RDWR))


@attempt("open the device that mounts file systems", needs_root=True, feature="/dev/fuse")
def dev_fuse(world: World) -> None:
    os.close(os.open("/dev/fuse", os.O_RDWR))


@attempt("open the device that makes virtual machines", needs_root=True, feature="/dev/kvm")
def dev_kvm(world: World) -> None:
    os.close(os.open("/dev/kvm", os.O_RDWR))
