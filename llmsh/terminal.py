"""The user's own commands on the real terminal, with the user's own rights; folder and environment outlive a line.

Each line is run by a fresh bash (or the user's own shell of that family). As it leaves, that shell writes its folder
and its environment into a file in memory that it was started with; they become the session's. So `cd`, `export`,
`unset` and `source` last, and nothing touches a disk.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable

from llmsh.clean import clean_line
from llmsh.errors import ToolFailed, UsageError
from llmsh.jobs import REPORT, Jobs
from llmsh.session import Session

POSIX_SHELLS = ("bash", "zsh", "ksh", "mksh", "dash", "sh")
OWN = ("_", "SHLVL")  # what a shell sets for itself
END = "end"
# The folder is read in one piece with a mark behind it, because $(...) drops line ends that a name may hold.
# A background job that is killed before it becomes its program is still bash with this trap: it must not report.
# `command -p` finds env where the line has broken PATH, and /proc is how every shell can write to a descriptor above 9.
ON_EXIT = (
    'trap \'LLMSH_STATUS=$?; [ "${BASHPID:-$$}" = $$ ] && { printf "%s\\0" "$(pwd -P; echo .)"'
    " && command -p env -0 -u LLMSH_STATUS"
    f" && printf \"%s\\0\" {END}; }} >/proc/self/fd/{REPORT} 2>/dev/null; exit $LLMSH_STATUS' EXIT\n"
)  # fmt: skip


def say(text: str) -> None:
    """Tell the user something, on standard error."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201  this is the terminal


class Terminal:
    """Runs the user's lines. `say` takes what is to be told about jobs; it goes to standard error."""

    def __init__(self, say: Callable[[str], None] = say) -> None:
        self._say, self._jobs = say, Jobs(say)

    def run(self, line: str, session: Session) -> int:
        """Run a line to its end, or until it is stopped with Ctrl-Z, and return its exit status.

        Raises ToolFailed or UsageError where it cannot be started.
        """
        status = self._jobs.builtin(line)
        if status is not None:
            return status
        report = os.memfd_create("llmsh-report", os.MFD_CLOEXEC)
        try:
            outcome = self._jobs.run(_shell(session.environment), ON_EXIT + line, line, session.environment, report)
            if outcome.ended:
                _adopt(_read(report), session, self._say)
        except ValueError:
            raise UsageError(
                "the command holds a NUL or a character that cannot be encoded", "type it again without it"
            ) from None
        except OSError as error:
            raise ToolFailed(f"the command cannot be started: {error.strerror}", _hint(line), 126) from None
        finally:
            os.close(report)
        return outcome.status


def _hint(line: str) -> str:
    return "put it into a script file" if len(line) > 10_000 else "is the environment very large, or /bin/sh missing?"


def _shell(environment: dict[str, str]) -> str:
    """The user's shell where it speaks POSIX; else bash, else sh. fish and nu read lines of another language."""
    own = environment.get("SHELL", "")
    if os.path.basename(own) in POSIX_SHELLS and os.access(own, os.X_OK):
        return own
    return shutil.which("bash", path=environment.get("PATH")) or shutil.which("bash") or "/bin/sh"


def _read(report: int) -> list[str]:
    """The records of a report: the folder, then `NAME=value`s. Empty where it was not written to its end."""
    size = os.fstat(report).st_size
    records = os.fsdecode(os.pread(report, size, 0)).split("\0")
    return records[:-2] if records[-2:] == [END, ""] else []


def _adopt(records: list[str], session: Session, say: Callable[[str], None]) -> None:
    """Take over what a line left behind, in the session and in this process."""
    if not records:
        return
    folder = records[0].removesuffix("\n.")
    if os.path.isabs(folder) and folder != session.cwd:
        try:
            session.go(folder)
        except OSError as error:  # it was deleted or closed to us meanwhile: stay, as every shell does
            say(f"{clean_line(folder)}: {error.strerror}")
    left = dict(record.partition("=")[::2] for record in records[1:] if "=" in record)
    for name in OWN:
        left.pop(name, None)
    for name in session.environment.keys() - left.keys() - set(OWN):
        del session.environment[name]
        os.environ.pop(name, None)
    for name, value in left.items():
        if session.environment.get(name) != value or os.environ.get(name) != value:
            session.environment[name] = os.environ[name] = value
