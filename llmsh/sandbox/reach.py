"""What one call may reach: made of its effects alone, before anything of it runs.

A pure function of a request: whether a path is there, and whether it is a folder, is looked at when the cage is closed.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from llmsh.sandbox.base import Request, Tier
from llmsh.sandbox.surroundings import TRUSTED
from llmsh.types import Argument

SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc", "/opt", "/nix", "/snap")
"""Where programs and their settings are; all of it belongs to the system."""
KNOWN = (
    "/etc/passwd", "/etc/group", "/etc/nsswitch.conf", "/etc/localtime", "/etc/timezone", "/etc/ld.so.cache",
    "/usr/share/zoneinfo", "/usr/lib/locale", "/usr/lib", "/usr/lib64", "/lib", "/lib64",
)  # fmt: skip
"""What Python itself reads while a tool runs: names of users, time zones, shared libraries."""
CERTIFICATES = ("/etc/ssl", "/etc/pki", "/etc/ca-certificates", "/usr/share/ca-certificates", "/usr/lib/ssl",
                "/usr/local/share/ca-certificates")  # fmt: skip
OF_GIT = (".gitconfig", ".config/git")
"""Settings in the home folder without which git cannot commit."""
OF_PACKAGES = ("/var/lib/dpkg", "/var/lib/apt", "/var/lib/rpm", "/var/lib/pacman")
RESOLVERS = ("/run/systemd/resolve", "/run/NetworkManager/resolv.conf", "/run/resolvconf")
"""Where /etc/resolv.conf may point."""
SECRETS = (
    ".ssh", ".gnupg", ".aws", ".azure", ".kube", ".docker/config.json", ".netrc", ".npmrc", ".yarnrc.yml", ".pypirc",
    ".pgpass", ".my.cnf", ".git-credentials", ".vault-token", ".env", ".cargo/credentials", ".cargo/credentials.toml",
    ".config/git/credentials", ".config/gcloud", ".config/gh", ".config/hub", ".config/op", ".config/rclone",
    ".config/google-chrome", ".config/chromium", ".config/BraveSoftware", ".config/microsoft-edge", ".config/sops",
    ".mozilla", ".thunderbird", ".password-store", ".local/share/keyrings", ".local/share/kwalletd", ".gem/credentials",
    ".terraform.d/credentials.tfrc.json", ".bash_history", ".zsh_history", ".python_history", ".psql_history",
    ".lesshst", ".viminfo",
)  # fmt: skip
"""What holds keys, passwords or a record of what was typed, in the home folder."""
SYSTEM_SECRETS = ("/etc/shadow", "/etc/shadow-", "/etc/gshadow", "/etc/gshadow-", "/etc/sudoers", "/etc/sudoers.d",
                  "/etc/ssl/private", "/etc/ssh/ssh_host_rsa_key", "/etc/ssh/ssh_host_ecdsa_key",
                  "/etc/ssh/ssh_host_ed25519_key", "/etc/NetworkManager/system-connections", "/etc/wireguard",
                  "/etc/krb5.keytab", "/etc/security/opasswd")  # fmt: skip
PARTS = ("bin", "sbin", "shims", "condabin")
BESIDE = {".cargo": (".rustup",)}
"""What a toolchain keeps outside of its own folder."""
OWN = (("XDG_CONFIG_HOME", ".config"), ("XDG_DATA_HOME", ".local/share"), ("XDG_CACHE_HOME", ".cache"))
NOT_THE_WHOLE = ("/", "/home", "/tmp", "/var", "/dev", "/proc", "/sys", "/run")  # noqa: S108  nothing is put there
"""Folders that are not read merely because somebody stands in them."""


class Policy(StrEnum):
    """Which cage a call gets: one for tools written in Python, or for programs; READING where nothing else holds."""

    TOOL = "tool"
    READING = "reading"
    STRICT = "strict"
    FLOOR = "floor"


@dataclass(frozen=True)
class Reach:
    """Every path of the call is absolute and without links: a link there now was planted. `system` is what is read in
    every call, links and all. `names` are folders whose names may be read, nothing more of them.

    `writes` may be changed, replaced or made, `deletes` removed; both may be read. `hidden` lie in what may be read
    and are left out of it; `kept` lie in what may be written and stay as they are. `signals` are processes that may be
    signalled, through `pidfds` alone.
    """

    policy: Policy
    cwd: str
    home: str
    reads: tuple[str, ...]
    system: tuple[str, ...]
    names: tuple[str, ...]
    writes: tuple[str, ...]
    deletes: tuple[str, ...]
    executes: tuple[str, ...]
    hidden: tuple[str, ...]
    trash: str
    network: bool
    signals: tuple[int, ...]
    pidfds: tuple[int, ...]
    processes: int
    kept: tuple[str, ...] = ()
    scratch: str = ""

    @property
    def programs(self) -> bool:
        """Whether programs may be run."""
        return self.policy in (Policy.STRICT, Policy.FLOOR)


def policy_of(request: Request) -> Policy:
    """The cage of a request."""
    if request.effects.runs:
        return Policy(request.tier.value)
    return Policy.READING if request.tier is Tier.NONE else Policy.TOOL


def reach_of(request: Request) -> Reach:
    """What a request may reach."""
    effects, environment = request.effects, request.environment
    home = os.path.normpath(environment.get("HOME") or "/")
    policy = policy_of(request)
    data = environment.get("XDG_DATA_HOME") or os.path.join(home, ".local/share")
    writes = _once((*effects.writes, *effects.overwrites))
    named = (*effects.reads, *writes, *effects.deletes)
    reads: tuple[str, ...] = effects.reads
    trusted = tuple(certificates(environment)) if effects.hosts or effects.network else ()
    system: tuple[str, ...] = (*KNOWN, *(CERTIFICATES if effects.hosts else ()), *trusted)
    executes: tuple[str, ...] = ()
    if effects.runs:
        here = () if request.cwd in NOT_THE_WHOLE else (request.cwd,)
        reads = (*reads, *here)
        system = (*(os.path.join(home, name) for name in OF_GIT), *OF_PACKAGES)
        system = (*system, *(RESOLVERS if effects.network else ()), *trusted)
        executes = (*SYSTEM, *toolchains(environment.get("PATH", ""), home))
    homes = _once(filter(None, (home, *map(_owner, executes))))
    hidden = (path for folder in homes for path in secrets(environment, folder))
    return Reach(
        policy=policy,
        cwd=request.cwd,
        home=home,
        reads=_once(reads),
        system=system,
        names=_once(_patterns(request)),
        writes=writes,
        deletes=_once(effects.deletes),
        executes=_once(executes),
        hidden=_once(path for path in hidden if not any(_within(item, path) for item in named)),
        trash=os.path.join(data, "Trash") if effects.deletes else "",
        network=effects.network,
        signals=tuple(request.processes),
        pidfds=tuple(request.processes.values()),
        processes=request.limits.processes,
        kept=request.kept,
        scratch=request.scratch,
    )


def secrets(environment: Mapping[str, str], home: str) -> Iterator[str]:
    """What is never read by the way, in a folder that may be: a call has to name it, and the user is asked."""
    yield from SYSTEM_SECRETS
    for name in SECRETS:
        yield os.path.join(home, name)
    for variable, default in OWN:
        yield os.path.join(environment.get(variable) or os.path.join(home, default), "llmsh")


def certificates(environment: Mapping[str, str]) -> Iterator[str]:
    """The files and folders of certificates that the environment names."""
    for name in TRUSTED:
        yield from (path for path in environment.get(name, "").split(":") if os.path.isabs(path))


def toolchains(path: str, home: str) -> Iterator[str]:
    """The folders of programs that the system did not install: those of PATH outside of it.

    A `bin` in the home folder or in a hidden one stands for what it belongs to (~/.nvm/versions/node/v22/bin
    needs ../lib), but ~/bin and ~/.local/bin for themselves alone.
    """
    for folder in _programs(path, home):
        parent, name = os.path.split(folder)
        owned = _within(parent, home) or _owner(parent) is not None
        is_part = name in PARTS and owned and parent != home and os.path.basename(parent) != ".local"
        yield parent if is_part else folder
        yield from (
            os.path.join(os.path.dirname(parent), beside) for beside in BESIDE.get(os.path.basename(parent), ())
        )


def _programs(path: str, home: str) -> Iterator[str]:
    """The folders of PATH that are not the system's."""
    for named in path.split(os.pathsep):
        folder = os.path.normpath(named)
        if os.path.isabs(named) and folder not in {home, "/"} and not any(_within(folder, root) for root in SYSTEM):
            yield folder


def _owner(path: str) -> str | None:
    """The folder that a hidden folder lies in, as the home of a user does ~/.pyenv; None where there is none."""
    parts = path.split("/")
    return next(("/".join(parts[:at]) or "/" for at, part in enumerate(parts) if part.startswith(".")), None)


def _patterns(request: Request) -> Iterator[str]:
    """The folders in which wildcards are looked up: a worker expands them once more."""
    for invocation in request.calls:
        for value in invocation.arguments.values():
            for text in _texts(value):
                if glob.has_magic(text):
                    fixed = os.path.join(request.cwd, os.path.expanduser(text)).split("/")
                    plain = next(index for index, part in enumerate(fixed) if glob.has_magic(part))
                    yield os.path.normpath("/".join(fixed[:plain]) or "/")


def _texts(value: Argument) -> Iterator[str]:
    for item in value if isinstance(value, tuple) else (value,):
        if isinstance(item, str):
            yield item


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def _once(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(paths))
