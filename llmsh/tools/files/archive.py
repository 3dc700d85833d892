"""Files and folders packed into one file."""

from __future__ import annotations

import os
from collections.abc import Iterator

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Names, Path, Paths, tool
from llmsh.tools.atomic import replacing
from llmsh.tools.changing import changes, existing, new_folders, outermost
from llmsh.tools.packing import FORMATS, compress, entries, format_of, pack
from llmsh.tools.paths import targets
from llmsh.types import Changes, Effects, Files, Limits, Row, Rows


def _effects(*, paths: Paths, to: str | None = None, given: Rows | None = None, **_: object) -> Effects:
    named, goal = _goal(paths, to, given)
    lost = (goal,) if os.path.isfile(goal) else ()
    return Effects(reads=tuple(outermost(targets(named, given))), writes=(*new_folders(goal), goal), overwrites=lost)


def _goal(paths: Paths, to: str | None, given: Rows | None) -> tuple[Paths, str]:
    """What is named to be packed, and the archive: `| archive("a.zip")` names the archive alone."""
    if to is None and given is not None and len(paths) == 1:
        return (), os.path.expanduser(paths[0])
    if to is None:
        first = targets(paths, given)[:1]
        name = os.path.basename(os.path.abspath(first[0])) if first else "archive"
        return paths, f"{name}.tar.gz"
    return paths, os.path.expanduser(to)


@tool(
    effects=_effects,
    limits=Limits(file=1 << 42),
    also=("tar", "zip", "compress", "pack", "gzip", "bundle", "打包", "压缩", "归档"),
    examples=(
        Example("zip the docs folder", 'archive("docs", to="docs.zip")', finds=("docs.zip",)),
        Example("make a tar.gz of src and docs called code", 'archive(["src", "docs"], to="code.tar.gz")',
                finds=("code.tar.gz",)),
        Example("compress logs/app.log with gzip", 'archive("logs/app.log", to="logs/app.log.gz")',
                finds=("logs/app.log.gz",)),
        Example("could you pack all python files into py.tar.xz?",
                'find_files(name="*.py") | archive(to="py.tar.xz")', finds=("py.tar.xz",)),
        Example("archive the two biggest logs in logs.tar.gz",
                'find_files("logs", name="*.log") | largest(2) | archive(to="logs.tar.gz")',
                finds=("logs.tar.gz",)),
        Example("pack this folder without images into all.tar",
                'archive(".", to="all.tar", exclude="images")', finds=("all.tar",)),
        Example("把 images 文件夹压缩成 images.zip", 'archive("images", to="images.zip")',
                finds=("images.zip",), language="zh"),
    ),
)  # fmt: skip
def archive(
    given: Files | None = None, /, paths: Paths = (), *, to: Path | None = None, exclude: Names = ()
) -> Changes:
    """Pack files and folders into an archive, or compress a file; the ending of the name says how.

    Args:
        paths: what to pack.
        to: the archive: .tar .tar.gz .tar.xz .tar.bz2 .tar.zst .zip, or for one file .gz .xz .bz2 .zst.
        exclude: names to leave out, wildcards allowed.
    """
    notes: list[str] = []
    named, goal = _goal(paths, to, given)
    kind = format_of(goal)[0]
    if not kind:
        raise ToolFailed(f"the name {goal} does not say which kind of archive", "known are " + FORMATS)
    found = outermost(existing(named, given, notes))
    if not found:
        raise ToolFailed("there is nothing to pack")
    if not kind.startswith("tar") and kind != "zip" and (len(found) > 1 or not os.path.isfile(found[0])):
        raise ToolFailed(f"{goal} can hold one file only", f"name it {goal.rsplit('.', 1)[0]}.tar.{kind}")
    return changes([goal], lambda path: _archive(found, path, kind, exclude, notes), "write", notes)


def _archive(found: list[str], goal: str, kind: str, exclude: Names, notes: list[str]) -> Iterator[Row]:
    if any(os.path.lexists(goal) and os.path.samefile(path, goal) for path in found if os.path.exists(path)):
        raise ToolFailed(f"{goal} cannot be packed into itself", "choose another name")
    with replacing(goal) as file:
        if kind.startswith("tar") or kind == "zip":
            unfinished = os.fstat(file.fileno())
            old = os.stat(goal) if os.path.exists(goal) else unfinished
            wanted = (
                (path, name) for path, name in entries(found, exclude, unfinished)
                if not os.path.samestat(os.lstat(path), old)
            )  # fmt: skip
            if not pack(wanted, file, kind, notes):
                raise ToolFailed("nothing could be packed: " + (notes[0] if notes else "all of it is left out"))
        else:
            compress(found[0], file, kind)
    yield (goal, "written", None)
