"""A shell in ten lines around Terminal, for the tests that need a real terminal."""

from __future__ import annotations

import os
import sys

from llmsh.session import Session
from llmsh.terminal import Terminal


def main() -> None:
    """Prompt until the end of input."""
    session, terminal = Session(dict(os.environ)), Terminal()
    while True:
        try:
            line = input("READY> ")
        except EOFError:
            return
        except KeyboardInterrupt:
            sys.stdout.write("shell interrupted\n")
            continue
        sys.stdout.write(f"status={terminal.run(line, session)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
