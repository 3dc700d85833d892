"""Which files processes have open."""

from __future__ import annotations

import os
from collections.abc import Iterator

import psutil

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Path, tool
from llmsh.tools.processes.known import called
from llmsh.types import Column, Effects, Processes, Row, Rows, Table

COLUMNS = (Column("pid"), Column("process"), Column("user"), Column("path"), Column("use"))


def _looks(path: str | None = None, **_: object) -> Effects:
    return Effects(reads=("/proc",) if path is None else ("/proc", os.path.expanduser(path)))


@tool(
    in_session=True,  # the kernel shows nobody in a cage what is open in processes outside of it
    effects=_looks,
    also=("lsof", "fuser", "file in use", "locked", "busy", "打开的文件", "被占用"),
    examples=(
        Example("which process has notes.txt open?", 'open_files(path="notes.txt")'),
        Example("what files does process 1234 have open", "open_files(pid=1234)"),
        Example("files opened by nginx", 'open_files(name="nginx")'),
        Example("why can't I unmount /mnt/usb, who is using it?", 'open_files(path="/mnt/usb")'),
        Example("lsof app.log", 'open_files(path="app.log")'),
        Example("data.csv 被哪个程序占用了？", 'open_files(path="data.csv")', language="zh"),
        Example("进程 1234 打开了哪些文件", "open_files(pid=1234)", language="zh"),
    ),
)
def open_files(
    given: Processes | None = None,
    /,
    *,
    path: Path | None = None,
    pid: int | None = None,
    name: str | None = None,
) -> Table:
    """Files that processes have open, or the processes that have a file open.

    `use` is reading or writing, folder where it is the process's working folder, program where the process runs it.

    Args:
        path: only this file, or everything in this folder.
        pid: only this process.
        name: only processes of this name.
    """
    below = None
    if path is not None:
        below = os.path.realpath(os.path.expanduser(path))
        if not os.path.lexists(below):
            raise ToolFailed(f"there is no {path}", "check the name with list_files()")
    processes = _asked_for(given, pid, name)
    notes: list[str] = []
    return Table(COLUMNS, _rows(processes, below, path, notes), notes)


def _asked_for(given: Rows | None, pid: int | None, name: str | None) -> list[psutil.Process]:
    if given is not None or pid is not None:
        return _existing(given, pid)
    if name is None:
        return list(psutil.process_iter())
    found = called(name)
    if not found:
        raise ToolFailed(f"no process is named {name}", f'look for it with processes(command="{name}")')
    return found


def _existing(given: Rows | None, pid: int | None) -> list[psutil.Process]:
    wanted = [row[0] for row in given.rows if isinstance(row[0], int)] if given is not None else [pid or 0]
    found = []
    for each in wanted:
        try:
            found.append(psutil.Process(each))
        except psutil.NoSuchProcess:
            continue
    if not found:
        raise ToolFailed(f"there is no process {wanted[0] if wanted else ''}".rstrip(), "see processes()")
    return found


def _rows(processes: list[psutil.Process], below: str | None, path: str | None, notes: list[str]) -> Iterator[Row]:
    hidden = found = 0
    for process in processes:
        try:
            used = [(name, use) for name, use in _used(process) if below is None or _is_below(name, below)]
            who = (process.pid, process.name(), process.username())
        except psutil.AccessDenied:
            hidden += 1
            continue
        except psutil.NoSuchProcess:
            continue
        for name, use in used:
            found += 1
            yield (*who, name, use)
    if not found and path is not None:
        notes.append(f"no process that may be looked into has {path} open")
    if hidden:
        notes.append(f"processes that may not be looked into: {hidden}")


def _used(process: psutil.Process) -> Iterator[tuple[str, str]]:
    for file in process.open_files():
        yield file.path, "reading" if getattr(file, "mode", "") == "r" else "writing"
    for name, use in ((process.cwd(), "folder"), (process.exe(), "program")):
        if name:
            yield name, use


def _is_below(name: str, folder: str) -> bool:
    return name == folder or name.startswith(folder.rstrip("/") + "/")
