"""The second process of a cage without namespaces: it answers, from outside, what seccomp asks about calls inside."""

from __future__ import annotations

import json
import os
import signal
import socket
from collections.abc import Callable, Sequence
from typing import NoReturn

from llmsh.sandbox import mediator, reading
from llmsh.sandbox.kernel import landlock
from llmsh.sandbox.kernel.privileges import (
    PR_SET_CHILD_SUBREAPER,
    close_all_but,
    die_with_parent,
    drop_capabilities,
    prctl,
)

Answer = Callable[[int, socket.socket, int], None]
"""Answers what comes from a listener until a child has ended; what is said on the line says how."""


def divide(answer: Answer) -> socket.socket:
    """A child, which goes on with its end of a line; this process answers it, and ends as it does."""
    ours, theirs = socket.socketpair()
    outer = os.getpid()
    inner = os.fork()
    if inner:
        theirs.close()
        _supervise(ours, inner, answer)
    ours.close()
    die_with_parent(outer)
    return theirs


def hand_over(line: socket.socket, listener: int) -> None:
    """Give the descriptor on which the questions come to the supervisor, and keep none."""
    socket.send_fds(line, [b"listener"], [listener])
    os.close(listener)


def tell(line: socket.socket, roots: Sequence[str]) -> None:
    """Say in which folders things may be changed. Until then nothing is answered; it is the last word on the line."""
    with line:
        line.sendall(json.dumps(list(roots)).encode("ascii"))


def answer_changes(listener: int, line: socket.socket, child: int) -> None:
    """Change what lies in the folders that are told on the line."""
    said = b""
    while piece := line.recv(1 << 16):
        said += piece
    if said:  # nothing, where a step failed or the call never came
        mediator.serve(listener, json.loads(said), child)


def answer_readers(rules: Sequence[landlock.Rule]) -> Answer:
    """Open what the rules let a tool read, and what it may see of itself."""

    def answer(listener: int, _line: socket.socket, child: int) -> None:
        reading.serve(listener, [*rules, landlock.Rule(f"/proc/{child}", landlock.READ)], child)

    return answer


def _supervise(line: socket.socket, inner: int, answer: Answer) -> NoReturn:
    status = 1
    try:
        close_all_but((line.fileno(),))
        # the memory of what a program leaves behind may be read, by some kernels, by those it descends from alone
        prctl(PR_SET_CHILD_SUBREAPER, 1)
        drop_capabilities()
        _, listeners, _, _ = socket.recv_fds(line, 16, 1)  # none where a step failed: the child itself tells of it
        if listeners:
            answer(listeners[0], line, inner)
        status = os.waitpid(inner, 0)[1]
    finally:
        end_like(status)


def end_like(status: int) -> NoReturn:
    """End as a child did, so that what is said of its end is true of this process too."""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number not in (signal.SIGKILL, signal.SIGSTOP):
            signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    os._exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 1)
