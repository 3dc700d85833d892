"""The interactive shell: the only folder that knows prompt_toolkit."""

from __future__ import annotations

from collections.abc import Mapping

from llmsh.app import Options


def run_repl(options: Options, environment: Mapping[str, str]) -> int:
    """Read lines until the user leaves; the exit status of the shell."""
    from llmsh.repl.loop import Repl

    return Repl(options, environment).run()
