"""The door to bash: a command run where it can change one folder alone and reach nobody, or only read for mistakes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass

SECONDS = 10
ISOLATE = (
    'mount -n --make-rprivate / && mount -n --bind "$1" "$1" && mount -n -o remount,ro,bind / && cd "$2"'
    ' && exec bash -c "$3"'
)


@dataclass(frozen=True)
class Said:
    """What a command printed and whether it succeeded. `late`: it was stopped."""

    lines: tuple[str, ...]
    ok: bool
    late: bool = False


def isolated(command: str, folder: str, cwd: str, environment: Mapping[str, str]) -> Said:
    """Run a command in a namespace without a network, where only what is below `folder` can be written."""
    flags = "-nm" if os.geteuid() == 0 else "-rnm"
    line = ["unshare", flags, "sh", "-c", ISOLATE, "sh", folder, cwd, command]
    try:
        done = subprocess.run(
            line, capture_output=True, stdin=subprocess.DEVNULL, timeout=SECONDS, env=dict(environment), check=False
        )
    except subprocess.TimeoutExpired:
        return Said((), ok=False, late=True)
    text = done.stdout.decode("utf-8", "replace").replace("\0", "\n")
    return Said(tuple(text.splitlines()), done.returncode == 0 or bool(text))


def is_bash(command: str) -> bool:
    """Whether bash can read a command."""
    done = subprocess.run(["bash", "-n", "-c", command], capture_output=True, check=False, timeout=SECONDS)
    return done.returncode == 0
