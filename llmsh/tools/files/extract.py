"""What archives hold, taken out."""

from __future__ import annotations

import os
from collections.abc import Iterator

from llmsh.errors import ToolFailed
from llmsh.tool import HERE, Example, Folder, Paths, tool
from llmsh.tools.atomic import replacing
from llmsh.tools.changing import ancestors, cannot, changes, existing, new_folders, note
from llmsh.tools.noted import set_times
from llmsh.tools.paths import targets
from llmsh.tools.unpacking import Member, check_link, make_parents, members, safe_path
from llmsh.types import Changes, Effects, Files, Limits, Row, Rows


def _effects(
    *, paths: Paths, to: str = HERE, overwrite: bool = False, given: Rows | None = None, **_: object
) -> Effects:
    folder = os.path.expanduser(to)
    # which files there will be is known when the archive is read, and that is for the worker to do; the working folder
    # as a whole is never what is lost, and to write in it is asked about anyway
    holds = os.path.realpath(folder) in (os.path.realpath(HERE), *ancestors(os.path.realpath(HERE)))
    lost = (folder,) if overwrite and os.path.isdir(folder) and not holds else ()
    return Effects(reads=tuple(targets(paths, given)), writes=(*new_folders(folder), folder), overwrites=lost)


@tool(
    effects=_effects,
    limits=Limits(file=1 << 42),
    also=("unzip", "untar", "unpack", "decompress", "gunzip", "解压", "解包"),
    examples=(
        Example("unpack archive.tar.gz into out", 'extract("archive.tar.gz", to="out")',
                finds=("out/todo.txt", "out/sub/b.py")),
        Example("extract archive.tar.gz here and replace what is there",
                'extract("archive.tar.gz", overwrite=True)', finds=("todo.txt", "sub/b.py")),
        Example("could you unzip all zip files in this folder?", 'find_files(name="*.zip") | extract()'),
        Example("decompress those", "last | extract()"),
        Example("把 archive.tar.gz 解压到 new 文件夹", 'extract("archive.tar.gz", to="new")',
                finds=("new/todo.txt", "new/sub/b.py"), language="zh"),
    ),
)  # fmt: skip
def extract(given: Files | None = None, /, paths: Paths = (), *, to: Folder = HERE, overwrite: bool = False) -> Changes:
    """Take files out of archives, or decompress a file; the archive stays.

    Args:
        paths: the archives.
        to: the folder to put the files in, made where it is missing.
        overwrite: replace files that are there already.
    """
    notes: list[str] = []
    folder = os.path.expanduser(to)
    if os.path.lexists(folder) and not os.path.isdir(folder):
        raise ToolFailed(f"{folder} is no folder", "name the folder to put the files in")
    found = existing(paths, given, notes)
    return changes(found, lambda path: _extract(path, folder, notes, overwrite=overwrite), "extract", notes)


def _extract(path: str, folder: str, notes: list[str], *, overwrite: bool) -> Iterator[Row]:
    late: list[tuple[str, float]] = []
    refused: ToolFailed | None = None
    done = False
    for member in members(path):
        try:
            target = safe_path(folder, member.name)
            if member.kind != "folder" and not overwrite and os.path.lexists(target):
                note(notes, f"{target} is there already and was kept")
                done = True
                continue
            make_parents(folder, target)
            _take_out(member, folder, target)
        except (ToolFailed, FileExistsError) as error:
            failure = cannot("write", member.name, error) if isinstance(error, OSError) else error
            refused = refused or failure
            note(notes, failure.message)
            continue
        done = True
        if member.kind == "folder" and member.modified is not None:
            late.append((target, member.modified))
        yield (target, "extracted", None)
    for target, moment in reversed(late):  # last, because filling a folder changes its time
        set_times(target, (moment, moment))
    if refused is not None and not done:
        raise refused


def _take_out(member: Member, folder: str, target: str) -> None:
    if member.kind == "folder":
        if os.path.islink(target):
            raise ToolFailed(f"{target} is a link, not a folder, and was left alone")
        os.makedirs(target, exist_ok=True)
    elif member.kind == "file":
        _write(member, target)
    elif member.kind == "link":
        check_link(folder, target, member.link)
        _clear(target)
        os.symlink(member.link, target)
    elif member.kind == "hard link":
        source = safe_path(folder, member.link)
        make_parents(folder, source)
        if os.path.islink(source):
            raise ToolFailed(f"{target} is a second name of a link and was left out")
        if not (os.path.lexists(target) and os.path.samefile(source, target)):
            _clear(target)
            os.link(source, target, follow_symlinks=False)
    else:  # devices and pipes (tar can hold them) are nothing a file of data needs
        raise ToolFailed(f"{member.name} is a device or pipe and was left out")


def _clear(target: str) -> None:
    if os.path.isdir(target) and not os.path.islink(target):
        raise ToolFailed(f"{target} is a folder and was left alone")
    if os.path.lexists(target):
        os.unlink(target)


def _write(member: Member, target: str) -> None:
    """One file, with its time and the right to run it; nobody else gets the right to write it."""
    import shutil

    # a link at the target is replaced, never written through: it may lead anywhere
    with member.content() as content, replacing(target, follow=False) as file:
        shutil.copyfileobj(content, file, 1 << 20)
        file.flush()
        umask = os.umask(0)
        os.umask(umask)
        runs = 0o111 if member.mode & 0o100 else 0
        os.fchmod(file.fileno(), (0o666 | runs) & ~umask)
        if member.modified is not None:
            os.utime(file.fileno(), (member.modified, member.modified))
