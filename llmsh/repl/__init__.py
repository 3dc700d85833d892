"""The interactive shell: the only folder that knows prompt_toolkit."""

from __future__ import annotations

import signal
from collections.abc import Mapping

from llmsh.app import Options


def run_repl(options: Options, environment: Mapping[str, str]) -> int:
    """Read lines until the user leaves; the exit status of the shell."""
    from llmsh.repl.loop import Repl

    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever started us may have ignored it
    return Repl(options, environment).run()
