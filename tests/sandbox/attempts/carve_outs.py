"""What is protected inside a folder that may be written: what other programs would run or trust later."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress

from .attempt import INSIDE, REFUSED, Attempt, Outcome, World, attempt, holds, in_child, need, put
from .calls import CLONE_NEWNS, CLONE_NEWUSER, MNT_DETACH, MS_BIND, call


def _trace(path: str, **other: Outcome) -> dict[str, object]:
    """Landlock cannot take a name out of a folder, only namespaces can: elsewhere all is put back after the call."""
    return {"tool": INSIDE, "floor": INSIDE, "trace": lambda world: holds(f"{world.work}/{path}"), **other}


@attempt("write .git/hooks/pre-commit", **_trace(".git/hooks/pre-commit"))
def carve_git_hook_direct(world: World) -> None:
    put(f"{world.git}/hooks/pre-commit")


@attempt("append to .git/config", **_trace(".git/config"))
def carve_git_config_direct(world: World) -> None:
    put(f"{world.git}/config", mode="a")


@attempt("move .git aside and make another one with a hook", **_trace(".git/hooks/pre-commit"))
def carve_rename_parent(world: World) -> None:
    os.rename(world.git, f"{world.work}/aside")
    os.makedirs(f"{world.git}/hooks")
    put(f"{world.git}/hooks/pre-commit")


@attempt("delete .git/config and write another one", **_trace(".git/config"))
def carve_unlink_replace(world: World) -> None:
    os.unlink(f"{world.git}/config")
    put(f"{world.git}/config")


@attempt("take the protection away in a namespace of one's own", trace=lambda world: holds(f"{world.git}/config"))
def carve_nested_userns(world: World) -> None:
    other = f"{world.work}/other"
    os.mkdir(other)
    holder = os.open(world.work, os.O_PATH)

    def inside() -> None:
        call("unshare", CLONE_NEWUSER | CLONE_NEWNS)
        for path in (f"{world.git}/config", f"{world.git}/hooks", world.git):
            with suppress(OSError):
                call("umount2", path, MNT_DETACH)
        try:
            call("mount", f"/proc/self/fd/{holder}", other, None, MS_BIND, None)
        except OSError:  # the kernel holds that such a descriptor belongs to the namespace before
            call("mount", world.work, other, None, MS_BIND, None)
        put(f"{other}/.git/config")

    in_child(inside)


# Further ones


@attempt("take another one's place by renaming over .git/config", **_trace(".git/config"))
def carve_rename_over(world: World) -> None:
    put(f"{world.work}/config")
    os.rename(f"{world.work}/config", f"{world.git}/config")


@attempt("exchange .git with another folder", **_trace(".git/config"))
def carve_exchange(world: World) -> None:
    os.makedirs(f"{world.work}/other/hooks")
    put(f"{world.work}/other/config")
    call("renameat2", -100, f"{world.work}/other", -100, world.git, 2)


@attempt("reach .git/config by a hard link made of it", **_trace(".git/config"))
def carve_hardlink(world: World) -> None:
    os.link(f"{world.git}/config", f"{world.work}/linked")
    put(f"{world.work}/linked", mode="a")


@attempt("make .git/hooks a link to a folder of one's own", **_trace(".git/hooks/pre-commit"))
def carve_hooks_link(world: World) -> None:
    os.mkdir(f"{world.work}/hooks")
    put(f"{world.work}/hooks/pre-commit")
    os.rename(f"{world.git}/hooks", f"{world.git}/old")
    os.symlink("../hooks", f"{world.git}/hooks")


@attempt("move the folder of a nested repository aside and make another", **_trace("nested/.git/config"))
def carve_nested_repository(world: World) -> None:
    os.rename(f"{world.work}/nested", f"{world.work}/aside")
    os.makedirs(f"{world.work}/nested/.git")
    put(f"{world.work}/nested/.git/config")


@attempt("write the hook of a submodule", **_trace(".git/modules/sub/hooks/post-checkout"))
def carve_submodule_hook(world: World) -> None:
    put(f"{world.git}/modules/sub/hooks/post-checkout")


@attempt("point the .git file of a worktree elsewhere", **_trace("tree/.git"))
def carve_git_file(world: World) -> None:
    put(f"{world.work}/tree/.git", "gitdir: /tmp/evil\n")


@attempt("write commondir, which moves where hooks are looked for", **_trace(".git/commondir", strict=INSIDE))
def carve_commondir(world: World) -> None:
    put(f"{world.git}/commondir")


@attempt("have git itself set core.fsmonitor", floor=INSIDE, trace=lambda world: holds(f"{world.git}/config"))
def carve_git_fsmonitor(world: World) -> None:
    words = ["git", "-C", world.work, "config", "core.fsmonitor", "evil"]
    done = subprocess.run(words, check=False, capture_output=True, env={"PATH": os.defpath})
    need(done.returncode == 0, done.stderr.decode(errors="replace").strip())


def _absent(path: str, what: str) -> Attempt:
    def act(world: World) -> None:
        os.makedirs(os.path.dirname(f"{world.work}/{path}"), exist_ok=True)
        put(f"{world.work}/{path}")

    act.__name__ = "carve_absent_" + "".join(letter if letter.isalnum() else "_" for letter in path.strip("."))
    # Git reads these where they are there, even as an empty folder: no cover can stand in their place.
    strict = INSIDE if path in (".gitmodules", ".git/config.worktree", ".github/workflows/evil.yml") else REFUSED
    return attempt(f"make {path}, {what}", **_trace(path, strict=strict))(act)


ABSENT = (
    _absent(".envrc", "which direnv runs"),
    _absent(".gitmodules", "which git follows"),
    _absent(".vscode/tasks.json", "which an editor runs"),
    _absent(".idea/workspace.xml", "which an editor runs"),
    _absent(".devcontainer/devcontainer.json", "which an editor runs"),
    _absent(".husky/pre-commit", "which git runs"),
    _absent(".pre-commit-config.yaml", "which git runs"),
    _absent(".github/workflows/evil.yml", "which a server runs"),
    _absent(".mcp.json", "which an assistant runs"),
    _absent(".git/config.worktree", "which git follows"),
)


def _at_home(path: str, what: str, *, there: bool = False) -> Attempt:
    """Something in the home folder, where that very folder may be written; `there`: it exists already."""

    def act(world: World) -> None:
        os.makedirs(os.path.dirname(f"{world.home}/{path}"), exist_ok=True)
        put(f"{world.home}/{path}", mode="a")

    act.__name__ = "carve_home_" + "".join(letter if letter.isalnum() else "_" for letter in path.strip("."))
    kept = INSIDE if path == ".bashrc" else REFUSED  # what holds secrets is left out, and with it any new name
    sentence = f"{'change' if there else 'make'} ~/{path} where the home folder may be written: {what}"
    trace = lambda world: holds(f"{world.home}/{path}")  # noqa: E731  it is passed on at once
    return attempt(sentence, tool=kept, floor=kept, trace=trace, writes="home")(act)


AT_HOME = (
    _at_home(".bashrc", "the next shell runs it", there=True),
    _at_home(".profile", "the next login runs it"),
    _at_home(".ssh/authorized_keys", "others may log in"),
    _at_home(".ssh/id_rsa", "the key", there=True),
    _at_home(".gnupg/gpg.conf", "it names programs"),
    _at_home(".config/llmsh/config.toml", "the shell's own settings", there=True),
)


def _persistent(path: str, what: str) -> Attempt:
    """Something that would be run later; the call may write the work folder only."""

    def act(world: World) -> None:
        os.makedirs(os.path.dirname(f"{world.home}/{path}"), exist_ok=True)
        put(f"{world.home}/{path}")

    act.__name__ = "stay_" + "".join(letter if letter.isalnum() else "_" for letter in path.strip("."))
    return attempt(f"leave ~/{path}: {what}")(act)


PERSISTENT = (
    _persistent(".config/systemd/user/evil.service", "the session starts it"),
    _persistent(".config/autostart/evil.desktop", "the desktop starts it"),
    _persistent(".local/bin/ls", "it comes before the real one in PATH"),
    _persistent(".local/lib/python3.11/site-packages/evil.pth", "every Python runs it"),
    _persistent(".config/pip/pip.conf", "where packages come from"),
    _persistent(".npmrc", "where packages come from"),
    _persistent(".ssh/rc", "every login runs it"),
    _persistent(".ssh/config", "it names programs to run"),
    _persistent(".gitconfig", "it names programs to run"),
)
