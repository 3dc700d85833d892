"""Copies of files and folders."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Path, Paths, tool
from llmsh.tools.atomic import replacing, scratch_name
from llmsh.tools.changing import cannot, changes, note
from llmsh.tools.noted import copy_noted
from llmsh.tools.transfer import Transfer, both_folders, checked, previewed, replaced, written
from llmsh.types import Changes, Effects, Files, Limits, Row, Rows


def _effects(*, paths: Paths, to: str, overwrite: bool = True, given: Rows | None = None, **_: object) -> Effects:
    planned = previewed(paths, given, to)
    sources = tuple(item.source for item in planned)
    return Effects(reads=sources, writes=written(planned), overwrites=replaced(planned) if overwrite else ())


@tool(
    effects=_effects,
    limits=Limits(file=1 << 42),
    also=("cp", "duplicate", "backup", "clone", "复制", "拷贝", "备份"),
    examples=(
        Example("copy notes.txt to backup.txt", 'copy("notes.txt", to="backup.txt")', finds=("backup.txt",)),
        Example("put a copy of a.py and todo.txt into sub", 'copy(["a.py", "todo.txt"], to="sub")',
                finds=("sub/a.py", "sub/todo.txt")),
        Example("duplicate the docs folder as docs-old", 'copy("docs", to="docs-old")',
                finds=("docs-old", "docs-old/guide.md", "docs-old/intro.md", "docs-old/report.pdf")),
        Example("can you back up all log files to a folder saved?",
                'find_files("logs", name="*.log") | copy(to="saved/")',
                finds=("saved/app.log", "saved/error.log", "saved/old.log")),
        Example("copy those to the docs folder", 'last | copy(to="docs")'),
        Example("copy README.md into docs but don't overwrite anything",
                'copy("README.md", to="docs", overwrite=False)', finds=("docs/README.md",)),
        Example("把 src 里的 py 文件复制到 sub", 'copy("src/*.py", to="sub")',
                finds=("sub/main.py", "sub/util.py"), language="zh"),
    ),
)  # fmt: skip
def copy(given: Files | None = None, /, paths: Paths = (), *, to: Path, overwrite: bool = True) -> Changes:
    """Copy files and whole folders to a new name or into a folder.

    Args:
        paths: what to copy.
        to: the new name, or a folder; a name ending in / is a folder that is made where it is missing.
        overwrite: replace files that are there already.
    """
    notes: list[str] = []
    planned = {item.source: item for item in checked(paths, given, to, notes)}
    return changes(planned, lambda source: copy_tree(planned[source], notes, overwrite=overwrite), "copy", notes)


def copy_tree(item: Transfer, notes: list[str], *, overwrite: bool, follow: bool = True) -> Iterator[Row]:
    """Copy one file or folder, parents before children; what fails inside a folder is noted and passed over.

    Links inside a folder are copied as links; with `follow` one that was named is followed to its file.
    """
    folders: list[Transfer] = []
    pending = [item]
    while pending:
        now = pending.pop()
        try:
            row = _copy_entry(now, notes, overwrite=overwrite, follow=follow and now is item)
            if os.path.isdir(now.source) and not os.path.islink(now.source):
                names = sorted(os.listdir(now.source), reverse=True)
                pending += [Transfer(os.path.join(now.source, name), os.path.join(now.target, name)) for name in names]
                folders.append(now)
        except (OSError, ToolFailed) as error:
            if now is item:
                raise
            note(notes, (cannot("copy", now.source, error) if isinstance(error, OSError) else error).message)
            continue
        if row is not None:
            yield row
    for folder in reversed(folders):  # last, because filling a folder changes its time, and it may be read-only
        _copy_status(folder, notes)


def _copy_entry(item: Transfer, notes: list[str], *, overwrite: bool, follow: bool) -> Row | None:
    """Copy a file or link, or make a folder; None where it was there already and stays."""
    link = os.path.islink(item.source) and not (follow and os.path.isfile(item.source))
    mode = os.lstat(item.source).st_mode if link else os.stat(item.source).st_mode
    if stat.S_ISDIR(mode):
        return _make(item)
    if os.path.isdir(item.target):
        raise ToolFailed(f"{item.target} is a folder, {item.source} is none", "choose another name")
    if not overwrite and os.path.lexists(item.target):
        note(notes, f"{item.target} is there already and was kept")
        return None
    if link:
        _copy_link(item)
    elif stat.S_ISREG(mode):
        _copy_file(item)
    else:
        raise ToolFailed(f"{item.source} is a device, pipe or socket: it has no content to copy")
    return (item.target, "copied", item.source)


def _make(item: Transfer) -> Row | None:
    if both_folders(item):
        return None
    if os.path.lexists(item.target):
        raise ToolFailed(f"{item.target} is there already and is no folder", "choose another name")
    os.makedirs(item.target)
    return (item.target, "copied", item.source)


def _copy_file(item: Transfer) -> None:
    """Content, mode and times. A link at the target is replaced, not written through."""
    import shutil

    with open(item.source, "rb") as source, replacing(item.target, follow=False) as target:
        shutil.copyfileobj(source, target, 1 << 20)
        target.flush()
        status = os.fstat(source.fileno())
        os.fchmod(target.fileno(), stat.S_IMODE(status.st_mode) & 0o777)
        os.utime(target.fileno(), ns=(status.st_atime_ns, status.st_mtime_ns))


def _copy_link(item: Transfer) -> None:
    folder = os.path.dirname(item.target) or "."
    os.makedirs(folder, exist_ok=True)
    temporary = os.path.join(folder, scratch_name())
    os.symlink(os.readlink(item.source), temporary)
    try:
        os.replace(temporary, item.target)
    except OSError:
        os.unlink(temporary)
        raise


def _copy_status(item: Transfer, notes: list[str]) -> None:
    try:
        copy_noted(item.source, item.target)
    except OSError as error:
        note(notes, cannot("set the time of", item.target, error).message)
