"""Where programs are."""

from __future__ import annotations

import os
import shutil

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Names, tool
from llmsh.types import PATH, Files


@tool(
    also=("where is the program", "installed", "command -v", "whereis", "已安装", "程序在哪", "安装位置"),
    examples=(
        Example("where is python3?", 'which("python3")'),
        Example("is git installed", 'which("git")'),
        Example("which gcc", 'which("gcc")'),
        Example("find every python3 on my PATH", 'which("python3", all=True)'),
        Example("do I have ffmpeg and convert?", 'which(["ffmpeg", "convert"])'),
        Example("装了 docker 吗？", 'which("docker")', language="zh"),
        Example("node 程序在哪里", 'which("node")', language="zh"),
    ),
)
def which(names: Names, *, all: bool = False) -> Files:
    """Where programs are on the PATH.

    Args:
        names: the programs.
        all: every place on the PATH, not only the one that runs.
    """
    folders = os.environ.get("PATH", os.defpath)
    found: list[str] = []
    missing: list[str] = []
    for name in names:
        places = [shutil.which(name, path=folder or ".") for folder in folders.split(os.pathsep)]
        here = list(dict.fromkeys(place for place in places if place))
        found.extend(here if all else here[:1])
        if not here:
            missing.append(name)
    if not found:
        raise ToolFailed(f"there is no program {', '.join(missing)}", "it may not be installed, or not be on the PATH")
    return Files((PATH,), [(place,) for place in found], [f"there is no program {name}" for name in missing])
