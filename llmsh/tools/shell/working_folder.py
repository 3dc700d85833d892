"""Where the shell is."""

from __future__ import annotations

import os

from llmsh.errors import ToolFailed
from llmsh.tool import Example, tool
from llmsh.types import LINE, Text


@tool(
    also=("pwd", "current directory", "where am I", "当前目录", "我在哪"),
    examples=(
        Example("where am I?", "working_folder()"),
        Example("pwd", "working_folder()"),
        Example("what is the current directory", "working_folder()"),
        Example("print the full path of this folder", "working_folder()"),
        Example("我现在在哪个目录？", "working_folder()", language="zh"),
    ),
)
def working_folder() -> Text:
    """The folder the shell is in, as a full path."""
    try:
        real = os.getcwd()
    except FileNotFoundError:
        raise ToolFailed("the working folder has been deleted", 'go to another one: change_folder("~")') from None
    named = os.environ.get("PWD", "")  # the way the user came, which may lead through links
    try:
        same = os.path.isabs(named) and os.path.samefile(named, real)
    except OSError:
        same = False
    return Text(LINE, [(named if same else real,)])
