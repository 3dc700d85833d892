"""Who may read, write and run files."""

from __future__ import annotations

import os
import re
import stat

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Mode, Paths, tool
from llmsh.tools.changing import changes, existing, through
from llmsh.tools.noted import set_mode
from llmsh.tools.owning import apply
from llmsh.tools.paths import targets
from llmsh.types import Changes, Effects, Files, Rows

WHO = {"u": 0o4700, "g": 0o2070, "o": 0o1007}
CLAUSE = re.compile(r"([ugoa]*)((?:[-+=][rwxXst]*)+)")


def _effects(*, paths: Paths, given: Rows | None = None, **_: object) -> Effects:
    return Effects(writes=tuple(through(path) for path in targets(paths, given)))


@tool(
    effects=_effects,
    also=("chmod", "executable", "read-only", "mode", "权限", "可执行", "只读"),
    examples=(
        Example("make a.py executable", 'set_permissions("a.py", mode="+x")', finds=("a.py",)),
        Example("chmod 600 notes.txt", 'set_permissions("notes.txt", mode="600")', finds=("notes.txt",)),
        Example("make data.csv read only", 'set_permissions("data.csv", mode="a-w")', finds=("data.csv",)),
        Example("nobody else should be able to read the docs folder and what is in it",
                'set_permissions("docs", mode="go-rwx", recursive=True)',
                finds=("docs", "docs/guide.md", "docs/intro.md", "docs/report.pdf")),
        Example("give all shell scripts the right to run",
                'find_files(name="*.sh") | set_permissions(mode="755")'),
        Example("让 a.py 可以执行", 'set_permissions("a.py", mode="+x")', finds=("a.py",), language="zh"),
    ),
)  # fmt: skip
def set_permissions(
    given: Files | None = None, /, paths: Paths = (), *, mode: Mode, recursive: bool = False
) -> Changes:
    """Set the permissions of files, in numbers or letters as chmod takes them.

    Args:
        paths: the files.
        mode: the permissions, such as 644, u+x, go-w or a=rX.
        recursive: also everything in folders.
    """
    notes: list[str] = []
    umask = os.umask(0)
    os.umask(umask)
    new_mode(mode, 0, umask=umask)

    def change(path: str) -> None:
        set_mode(path, new_mode(mode, os.stat(path).st_mode, umask=umask))

    found = existing(paths, given, notes)
    return changes(
        found, lambda path: apply(path, change, "changed", notes, recursive=recursive), "set the permissions of", notes
    )


def new_mode(mode: str, old: int, *, umask: int) -> int:
    """The permission bits that `mode` makes of a file's old st_mode. Raises ToolFailed where it is no mode.

    Letters without u, g, o or a leave alone what the umask withholds, as chmod does.
    """
    if re.fullmatch(r"[0-7]{1,4}", mode):
        kept = old & 0o6000 if stat.S_ISDIR(old) and len(mode) < 4 else 0  # 755 does not unshare a shared folder
        return int(mode, 8) | kept
    bits = stat.S_IMODE(old)
    for clause in mode.split(","):
        parts = CLAUSE.fullmatch(clause)
        if parts is None:
            raise ToolFailed(f"{mode} is no permission", "as in 644, u+x or go-w")
        who, withheld = parts[1], 0 if parts[1] else umask
        reach = sum(WHO[one] for one in set("ugo" if not who or "a" in who else who))
        for operator, letters in re.findall(r"([-+=])([rwxXst]*)", parts[2]):
            wanted = _bits(letters, stat.S_ISDIR(old) or bool(bits & 0o111)) & reach & ~withheld
            if operator == "+":
                bits |= wanted
            elif operator == "-":
                bits &= ~wanted
            else:
                bits = (bits & ~(reach & 0o7777)) | wanted
    return bits


def _bits(letters: str, runs: bool) -> int:
    """The bits of r, w, x, s, t for everybody; X is x where the file may be run or entered already."""
    values = {"r": 0o444, "w": 0o222, "x": 0o111, "X": 0o111 if runs else 0, "s": 0o6000, "t": 0o1000}
    total = 0
    for letter in letters:
        total |= values[letter]
    return total
