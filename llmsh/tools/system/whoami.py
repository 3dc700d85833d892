"""The user's name."""

from __future__ import annotations

import os

from llmsh.tool import Example, tool
from llmsh.tools.columns import user_name
from llmsh.types import LINE, Text


@tool(
    also=("user name", "my login", "current user", "当前用户", "用户名"),
    examples=(
        Example("who am I?", "whoami()"),
        Example("whoami", "whoami()"),
        Example("which user am I logged in as", "whoami()"),
        Example("am I root?", "whoami()"),
        Example("我现在是哪个用户？", "whoami()", language="zh"),
    ),
)
def whoami() -> Text:
    """The name of the user this shell runs as."""
    return Text(LINE, [(user_name(os.geteuid()),)])
