"""The name of the machine."""

from __future__ import annotations

import socket

from llmsh.tool import Example, tool
from llmsh.types import LINE, Text


@tool(
    also=("computer name", "machine name", "主机名", "计算机名"),
    examples=(
        Example("what is this computer called?", "hostname()"),
        Example("hostname", "hostname()"),
        Example("on which machine am I", "hostname()"),
        Example("这台机器的主机名是什么？", "hostname()", language="zh"),
    ),
)
def hostname() -> Text:
    """The name of this machine."""
    return Text(LINE, [(socket.gethostname(),)])
