"""Having the shell itself reach outside: it puts back what is protected, and must not follow links that a call left."""

from __future__ import annotations

import os

from .attempt import INSIDE, Attempt, Outcome, World, attempt, holds, put

KEPT = {"config": "kept\n", "hooks/pre-commit": "kept\n", "workflows/kept.yml": "kept\n", "tasks.json": "kept\n"}
"""Files of the home folder with names like those that are protected in a repository."""


def _changed(world: World) -> bool:
    """Whether anything of these, or anything beside them, is not as it was."""
    beside = {name for path in KEPT for name in (path.split("/")[0],)}
    names = {"notes.txt", ".bashrc", ".ssh", ".config", "program.sh", "link", "fifo-there", "run", *beside}
    whole = set(os.listdir(world.home)) == names and holds(world.notes, "notes\n")
    return not whole or any(not holds(f"{world.home}/{path}", text) for path, text in KEPT.items())


def _linked(path: str, to: str, strict: Outcome) -> Attempt:
    """Something of the work folder replaced by a link to the home folder, or into it."""

    def act(world: World) -> None:
        place, target = f"{world.work}/{path}", os.path.normpath(f"{world.home}/{to}")
        if os.path.lexists(place):
            os.rename(place, f"{place}-moved")
        os.symlink(target, place)

    act.__name__ = "deputy_" + "".join(letter if letter.isalnum() else "_" for letter in path.strip("."))
    sentence = f"make {path} a link to ~/{to}, for the shell to put things back there"
    return attempt(sentence, tool=INSIDE, floor=INSIDE, strict=strict, trace=_changed, deputy=True)(act)


LINKED = (
    _linked(".git", ".", Outcome.REFUSED),
    _linked(".git/hooks", "hooks", Outcome.REFUSED),
    _linked(".git/config", "config", Outcome.REFUSED),
    _linked(".git/modules", ".", Outcome.REFUSED),
    _linked(".git/commondir", "config", INSIDE),
    _linked(".github", ".", INSIDE),
    _linked(".gitmodules", "config", INSIDE),
    _linked(".vscode", ".", Outcome.REFUSED),
    _linked("nested", ".", Outcome.REFUSED),
    _linked("tree", ".", Outcome.REFUSED),
)


@attempt("plant a folder of links under the name that things are set aside to",
         tool=INSIDE, floor=INSIDE, strict=INSIDE, trace=_changed, deputy=True)  # fmt: skip
def deputy_aside(world: World) -> None:
    for name in (".envrc", ".gitmodules", ".mcp.json"):
        os.symlink(world.home, f"{world.work}/{name}.set-aside-by-llmsh")
    put(f"{world.work}/.gitmodules")
