"""What may happen: a pure judgement of effects, never of a tool's name.

Every rule sees every call; the strictest verdict wins, the earlier rule among equals. A rule never becomes milder
when a call does more, so nothing can be smuggled in beside something harmless.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from llmsh.effects import changes
from llmsh.types import Decision, Effects, Verdict

SYSTEM = (
    "/bin", "/boot", "/dev", "/etc", "/lib", "/lib32", "/lib64", "/libx32", "/nix", "/proc", "/run", "/sbin", "/snap",
    "/sys", "/usr", "/var/lib", "/var/spool",
)  # fmt: skip
ROOTS = (
    *SYSTEM, "/", "/home", "/media", "/mnt", "/opt", "/root", "/srv", "/tmp", "/usr/bin", "/usr/lib", "/usr/local",  # noqa: S108  nothing is put there
    "/var", "/var/log", "/var/tmp",  # noqa: S108  nothing is put there
)  # fmt: skip
HARMLESS = ("/dev/null", "/dev/zero")
MEMORY = "/dev/shm"  # noqa: S108  files in memory, no devices

SECRET = re.compile(
    r"/\.(ssh|gnupg)(/(?!known_hosts|config$|authorized_keys)[^/]*(?<!\.pub))?$|/\.gnupg/"
    r"|/\.(netrc|pgpass|npmrc|pypirc|git-credentials|vault-token|htpasswd|env)$|/\.env\.[^/]+$"
    r"|/\.aws(/credentials)?$|/\.docker/config\.json$|/\.kube(/config)?$|/\.cargo/credentials[^/]*$"
    r"|/\.config/(gcloud|gh)(/|$)|/\.(mozilla|password-store)(/|$)|/\.local/share/keyrings(/|$)"
    r"|/id_(rsa|dsa|ecdsa|ed25519)[^/]*(?<!\.pub)$|\.(pem|key|p12|pfx|kdbx|keystore)$"
    r"|^/etc/(g?shadow-?|sudoers(\.d)?|ssh/ssh_host_[^/]*_key|ssl/private)(/|$)"
    r"|^/proc/[^/]+/(task/[^/]+/)?(environ|mem|fd|root|cwd)(/|$)|^/proc/kcore$|^/dev/k?mem$",
    re.IGNORECASE,
)
TAKES_EFFECT = re.compile(  # files that run, or decide what runs, the next time somebody starts something
    r"/\.(bash|zsh|k?sh|csh|tcsh)(rc|env|_profile|_login|_logout|_aliases)$|/\.(profile|zprofile|zlogin|inputrc|xprofile)$"
    r"|/\.(xinitrc|xsession|vimrc|emacs|gitconfig|netrc|npmrc|pypirc|envrc|mcp\.json|gitmodules|pre-commit-config\.yaml)$"
    r"|/\.(ssh|gnupg|aws|kube|vscode|idea|devcontainer|husky|emacs\.d|vim)(/|$)|/\.github/workflows(/|$)"
    r"|/\.git(/(hooks|config|config\.worktree|commondir|modules)(/|$)|$)"
    r"|/\.config(/(autostart|systemd|fish|git|nvim|environment\.d)(/|$)|$)|/\.local(/bin(/|$)|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Ground:
    """What a call is judged on. `confined`: the kernel holds calls to their effects; `own`: llmsh's own processes."""

    mode: str
    cwd: str
    home: str
    confined: bool
    protected: tuple[str, ...] = ()
    own: tuple[int, ...] = field(default_factory=lambda: (os.getpid(),))


Rule = Callable[[Effects, Ground], Verdict | None]


def judge(effects: Effects, ground: Ground) -> Verdict:
    """The strictest verdict of all rules on resolved effects."""
    found = [verdict for rule in RULES if (verdict := rule(effects, ground)) is not None]
    return max(found, key=lambda verdict: STRICTNESS[verdict.decision])


STRICTNESS = {decision: order for order, decision in enumerate(Decision)}


def _read_only_mode(effects: Effects, ground: Ground) -> Verdict | None:
    reaches = effects.hosts or effects.network
    if ground.mode != "read-only" or not (changes(effects) or reaches):
        return None
    return Verdict(Decision.DENY, "read-only", "nothing may be changed in read-only mode")


def _unheld(effects: Effects, ground: Ground) -> Verdict | None:
    """Where the kernel holds nothing to its word only what reads runs: approval is for what is shown, and no more."""
    if ground.confined or not (changes(effects) or effects.runs or effects.hosts or effects.network):
        return None
    what = "no program is run" if effects.runs else "nothing is changed or fetched"
    return Verdict(Decision.DENY, "no-cage", f"this system has no cage to hold it, so {what}: see llmsh doctor")


def _own_folders(effects: Effects, ground: Ground) -> Verdict | None:
    """A tool that could write plugins, settings or the record would be its own judge at the next start."""
    hit = _first(_changed(effects), lambda path: any(_within(path, folder) for folder in ground.protected))
    above = _first(effects.deletes, lambda path: any(_within(folder, path) for folder in ground.protected))
    if hit or above:
        return Verdict(Decision.DENY, "own-folders", f"{hit or above} holds llmsh's own settings or records")
    return None


def _roots(effects: Effects, ground: Ground) -> Verdict | None:
    """`rm -rf /`, in whatever words: the root, the home, the folder one stands in and what holds it."""
    lost = _first(
        (*effects.deletes, *effects.overwrites),
        lambda path: path in ROOTS or _within(ground.cwd, path) or _within(ground.home, path),
    )
    return Verdict(Decision.DENY, "root-folder", f"{lost} holds everything else: it is never removed") if lost else None


def _devices(effects: Effects, _ground: Ground) -> Verdict | None:
    written = tuple(path for path in (*effects.writes, *effects.overwrites) if path not in HARMLESS)
    hit = _first((*effects.deletes, *written), lambda path: _below(path, "/dev") and not _within(path, MEMORY))
    return Verdict(Decision.DENY, "device", f"{hit} is a device: writing it can destroy a disk") if hit else None


def _processes(effects: Effects, ground: Ground) -> Verdict | None:
    if not effects.signals:
        return None
    for pid in effects.signals:
        if pid <= 1:  # 0 is our own group, -1 every process there is
            return Verdict(Decision.DENY, "process", "process 1 keeps the system running: it is never signalled")
        if pid in ground.own:
            return Verdict(Decision.DENY, "process", f"process {pid} is llmsh itself")
    many = len(effects.signals)
    return Verdict(Decision.ASK, "process", f"it signals {many} process{'es' if many > 1 else ''}")


def _system(effects: Effects, _ground: Ground) -> Verdict | None:
    hit = _first(_changed(effects), lambda path: path in ROOTS or any(_within(path, folder) for folder in SYSTEM))
    return Verdict(Decision.ASK, "system-folder", f"{hit} belongs to the system") if hit else None


def _takes_effect(effects: Effects, _ground: Ground) -> Verdict | None:
    hit = _first(_changed(effects), lambda path: TAKES_EFFECT.search(path) is not None)
    return Verdict(Decision.ASK, "start-up-file", f"{hit} decides what runs later") if hit else None


def _change(effects: Effects, ground: Ground) -> Verdict | None:
    """In auto mode what can be undone runs: a new file or a trip to the trash, strictly below the working folder."""
    changed = _changed(effects)
    if not changed:
        return None
    if ground.mode != "auto":
        return Verdict(Decision.ASK, "change", "it changes files")
    if effects.overwrites:
        return Verdict(Decision.ASK, "overwrite", f"{effects.overwrites[0]} would lose its content")
    outside = _first(changed, lambda path: not _below(path, ground.cwd))
    if outside:
        return Verdict(Decision.ASK, "outside", f"{outside} is not below the working folder")
    if _first(changed, lambda path: any(_within(folder, path) for folder in ground.protected)):
        return Verdict(Decision.ASK, "own-folders", "llmsh's own settings lie below what it changes")
    return Verdict(Decision.ALLOW, "undoable", "it can be undone")


def _programs(effects: Effects, _ground: Ground) -> Verdict | None:
    if not effects.runs:
        return None
    if changes(effects):
        return Verdict(Decision.ASK, "program", f"it runs {effects.runs[0]}, which may change what it was given")
    return Verdict(Decision.ALLOW, "program", "it runs a program that can change nothing and reach nobody")


def _network(effects: Effects, _ground: Ground) -> Verdict | None:
    if effects.hosts:
        return Verdict(Decision.ASK, "network", f"it connects to {effects.hosts[0]}")
    return Verdict(Decision.ASK, "network", "it may connect to other machines") if effects.network else None


def is_open(path: str) -> bool:
    """Whether an absolute path may be read unasked."""
    return SECRET.search(path) is None


def _secrets(effects: Effects, _ground: Ground) -> Verdict | None:
    hit = _first(effects.reads, lambda path: SECRET.search(path) is not None)
    return Verdict(Decision.ASK, "secret", f"{hit} looks like a secret") if hit else None


def _reading(_effects: Effects, _ground: Ground) -> Verdict:
    """Stands last and always says yes, so that a call of which no other rule knows anything has a verdict too."""
    return Verdict(Decision.ALLOW, "reading", "it only reads")


RULES: tuple[Rule, ...] = (
    _read_only_mode, _unheld, _roots, _own_folders, _devices, _processes, _network, _programs, _system, _takes_effect,
    _secrets, _change, _reading,
)  # fmt: skip


def _changed(effects: Effects) -> tuple[str, ...]:
    return (*effects.deletes, *effects.overwrites, *effects.writes)


def _first(paths: Iterable[str], bad: Callable[[str], bool]) -> str | None:
    return next((path for path in paths if bad(path)), None)


def _within(path: str, folder: str) -> bool:
    """Whether `path` is `folder` or lies below it."""
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def _below(path: str, folder: str) -> bool:
    return path != folder and _within(path, folder)
