"""Go to another folder."""

from __future__ import annotations

import difflib
import os

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Folder, tool
from llmsh.types import LINE, Effects, WorkingFolder


def _looks(folder: str = "~", **_: object) -> Effects:
    return Effects(reads=(_meant(folder),))


@tool(
    in_session=True,
    effects=_looks,
    also=("cd", "go to", "enter", "switch to", "进入", "切换", "去", "回到"),
    examples=(
        Example("go to the src folder", 'change_folder("src")'),
        Example("cd into docs please", 'change_folder("docs")'),
        Example("take me home", "change_folder()"),
        Example("up one level", 'change_folder("..")'),
        Example("go back to where I was before", 'change_folder("-")'),
        Example("switch to /var/log", 'change_folder("/var/log")'),
        Example("进入 sub/deep 文件夹", 'change_folder("sub/deep")', language="zh"),
        Example("回到上一级目录", 'change_folder("..")', language="zh"),
        Example("回到主目录", "change_folder()", language="zh"),
    ),
)
def change_folder(folder: Folder = "~") -> WorkingFolder:
    """Go to a folder; what follows happens there.

    Args:
        folder: where to; ~ is home, .. is one up, - is the folder before this one.
    """
    place = _meant(folder)
    if folder == "-" and "OLDPWD" not in os.environ:
        raise ToolFailed("there is no folder before this one", "name the folder to go to")
    if not os.path.isdir(place):
        raise _nowhere(folder, place)
    if not os.access(place, os.X_OK):
        raise ToolFailed(f"you may not enter {folder}", "see who owns it with file_info()")
    try:
        return WorkingFolder(LINE, [(os.path.abspath(place),)])
    except FileNotFoundError:
        raise ToolFailed(
            "the working folder has been deleted", 'leave it with a full path: change_folder("/tmp")'
        ) from None


def _meant(folder: str) -> str:
    return os.environ.get("OLDPWD", ".") if folder == "-" else os.path.expanduser(folder)


def _nowhere(folder: str, place: str) -> ToolFailed:
    """The error for a place that is no folder, with a folder of nearly that name where there is one."""
    if os.path.lexists(place):
        return ToolFailed(
            f"{folder} is no folder", f'go to the folder it is in: change_folder("{os.path.dirname(folder) or "."}")'
        )
    above, name = os.path.split(place.rstrip("/"))
    try:
        folders = {entry.name.lower(): entry.name for entry in os.scandir(above or ".") if entry.is_dir()}
    except OSError:
        folders = {}
    near = difflib.get_close_matches(name.lower(), folders, 1)
    hint = f"did you mean {os.path.join(above, folders[near[0]])}?" if near else "see what is there with list_files()"
    return ToolFailed(f"there is no folder {folder}", hint)
