"""The zygote as the shell holds it: started, told to fork, to kill, and asked how a worker ended."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from typing import BinaryIO

from llmsh.errors import WorkerFailed
from llmsh.sandbox.common import Kind
from llmsh.sandbox.surroundings import surroundings

# The package's own folder comes from the command line, because -I hides PYTHONPATH: so a checkout runs as well.
BOOTSTRAP = """\
import sys
folder = sys.argv[1]
if folder not in sys.path:
    sys.path.insert(0, folder)
from llmsh.sandbox.zygote import main
main(sys.argv[2:])
"""
START_SECONDS = 40.0
FORK_SECONDS = 10.0
END_SECONDS = 5.0


class ZygoteDied(WorkerFailed):
    """The zygote is gone; the next call needs a new one."""


class Zygote:
    """One zygote process and its control socket.

    `modules` are the tools to import, None for all of llmsh's own; `plugins` are `Loaded.path` of those that load.
    `kinds` are those of which calls are expected.
    """

    def __init__(self, modules: Sequence[str] | None, plugins: Sequence[str], kinds: Sequence[Kind] = ()) -> None:
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._stderr: BinaryIO = os.fdopen(os.memfd_create("llmsh-zygote"), "w+b")
        self._ready = False
        self._busy = False
        self._pid = 0
        imports = {
            "modules": modules and list(modules), "plugins": list(plugins), "kinds": [str(kind) for kind in kinds],
        }  # fmt: skip
        with theirs:
            self._process = subprocess.Popen(
                _command(theirs.fileno(), json.dumps(imports)),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._stderr,  # memory rather than a pipe: nobody reads it, so it must not fill up
                pass_fds=(theirs.fileno(),),
                start_new_session=True,  # Ctrl-C goes to the terminal's foreground group, and this is not in it
                env=surroundings(os.environ),
                cwd="/",
            )

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def worker(self) -> int:
        """The process id of the worker that serves the call."""
        return self._pid

    def begin(self, call: socket.socket, kind: Kind) -> None:
        """Have a worker of a kind serve `call`. Raises ZygoteDied before anything ran, or WorkerFailed."""
        try:
            if not self._ready:
                self._notice(START_SECONDS)
                self._ready = True
            self._busy, self._pid = True, 0
            socket.send_fds(self.control, [f"run {kind}".encode("ascii")], [call.fileno()])
            word, number = self._notice(FORK_SECONDS)
        except (ConnectionError, TimeoutError):
            raise self._died() from None
        if word == "failed":
            self._busy = False
            hint = "end some programs, or raise the limit: ulimit -u"
            raise WorkerFailed(f"no process could be started for the tool: {os.strerror(number)}", hint)
        self._pid = number

    def finish(self, grace: float) -> int | None:
        """Wait until the worker and all it started have ended, killing them after `grace` seconds.

        Its wait status; None where it had to be killed. A zygote that cannot do that is ended itself.
        """
        if not self._busy:
            return None
        try:
            return self._ended(grace)
        except ConnectionError:
            self.stop()
            raise self._died() from None
        except BaseException:  # also a second Ctrl-C: nothing of the call may go on
            self.stop()
            raise

    def _ended(self, grace: float) -> int | None:
        try:
            while (notice := self._notice(grace))[0] != "ended":
                self._pid = notice[1]
        except TimeoutError:
            if grace == END_SECONDS:
                raise ZygoteDied("the tool could not be stopped", "the disk it waits for may be gone") from None
            self.control.send(b"kill")
            self._ended(END_SECONDS)
            return None
        self._busy = False
        return notice[1]

    def _notice(self, seconds: float) -> tuple[str, int]:
        self.control.settimeout(seconds)
        word, _, number = self.control.recv(32).decode("ascii").partition(" ")
        if not word:
            raise ConnectionError
        return word, int(number or 0)

    def _died(self) -> ZygoteDied:
        if self._ready:
            return ZygoteDied("the process that runs tools has died", "it is started again for the next line")
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(END_SECONDS)
        self._process.kill()  # where it hangs, or has closed its socket
        status = self._process.wait()
        self._stderr.seek(0)
        said = self._stderr.read().decode(errors="replace").strip().splitlines()
        why = said[-1] if said else f"it ended with status {status}"
        hint = "a plugin takes too long to load" if status == -signal.SIGALRM else "install llmsh again"
        return ZygoteDied(f"the process that runs tools did not start: {why}", hint)

    def stop(self) -> None:
        """End it, and through it whatever it runs."""
        self.control.close()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._stderr.close()
        if self._busy and self._pid:  # it died before its worker's group did
            try:
                os.killpg(self._pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):  # none is left, or the number is another's by now
                return


def _command(control: int, imports: str) -> list[str]:
    # The same encoding of file names as in the shell: names cross between the two as text.
    mode = ["-X", "utf8"] if sys.flags.utf8_mode else []
    package = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    return [sys.executable, "-I", *mode, "-c", BOOTSTRAP, package, str(control), imports]
