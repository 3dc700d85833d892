"""Run a program whose metadata calls the mediator answers: `python -m tests.sandbox.mediated ROOT... -- ARGV...`."""

from __future__ import annotations

import os
import socket
import sys

from llmsh.sandbox.kernel import seccomp
from llmsh.sandbox.kernel.bpf import NOTIFY
from llmsh.sandbox.mediator import serve


def main(roots: list[str], argv: list[str]) -> None:
    """The filter is put on in a child, which hands the listener out before it becomes the program."""
    ours, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        listener = seccomp.install_with_listener(seccomp.program_filter(metadata=NOTIFY))
        socket.send_fds(theirs, [b"x"], [listener])
        os.close(listener)
        ours.close()
        theirs.close()
        os.execvp(argv[0], argv)
    theirs.close()
    _, listeners, _, _ = socket.recv_fds(ours, 1, 1)
    serve(listeners[0], roots, child)
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


if __name__ == "__main__":
    split = sys.argv.index("--")
    main(sys.argv[1:split], sys.argv[split + 1 :])
