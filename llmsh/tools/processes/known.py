"""What is known of a process: its row in a table, and the processes that a name means."""

from __future__ import annotations

import os
import re
import time
from fnmatch import fnmatchcase
from typing import Any

import psutil

from llmsh.types import Column, Row, Unit

COLUMNS = (
    Column("pid"),
    Column("name"),
    Column("user"),
    Column("memory", Unit.BYTES),
    Column("memory_percent", Unit.PERCENT),
    Column("cpu", Unit.PERCENT),
    Column("status"),
    Column("started", Unit.TIME),
    Column("command"),
)
FACTS = ["pid", "name", "username", "memory_info", "memory_percent", "cpu_times", "status", "create_time", "cmdline"]
INTERPRETERS = ("python", "node", "ruby", "perl", "bash", "sh", "zsh", "dash", "php", "lua", "java", "deno", "bun")
HELPER = "llmsh.sandbox.zygote"
"""What stands in the command line of the processes that run llmsh's tools."""


def row_of(facts: dict[str, Any], cpu: float | None) -> Row:
    """The row of a process from psutil's facts about it; what may not be seen is None."""
    memory, share = facts["memory_info"], facts["memory_percent"]
    return (
        facts["pid"],
        facts["name"],
        facts["username"],
        None if memory is None else memory.rss,
        None if share is None else round(share, 1),
        cpu,
        facts["status"],
        facts["create_time"],
        command_of(facts),
    )


def command_of(facts: dict[str, Any]) -> str:
    """The command line; the name in brackets where there is none, as for the kernel's own threads."""
    return " ".join(facts["cmdline"] or ()) or f"[{facts['name']}]"


def average_cpu(facts: dict[str, Any]) -> float | None:
    """Processor time since the start of a process as a percentage of one processor."""
    times, started = facts["cpu_times"], facts["create_time"]
    if times is None or started is None:
        return None
    used = float(times.user + times.system)
    return round(100 * used / max(time.time() - float(started), 0.01), 1)


def program_names(name: str | None, argv: list[str] | None) -> list[str]:
    """What people call a process: its name, its program, and the script that an interpreter runs."""
    name, argv = name or "", argv or []
    names = [name]
    if argv:  # a title such as "sshd: ann@pts/0" or a login shell's "-bash"
        names.append(os.path.basename(argv[0].split(" ")[0]).rstrip(":").lstrip("-"))
    if name.startswith(INTERPRETERS):
        for argument in argv[1:]:
            if argument in ("-c", "-e"):
                break
            if not argument.startswith("-"):
                names.append(os.path.basename(argument))
                break
    return [item.lower() for item in names if item]


def contains(names: list[str], wanted: str) -> bool:
    """Whether one of a process's names holds a text, or matches it where it has wildcards; case does not count."""
    wanted = wanted.lower()
    if any(char in wanted for char in "*?["):
        return any(fnmatchcase(name, wanted) for name in names)
    return any(wanted in name for name in names)


def called(wanted: str) -> list[psutil.Process]:
    """The processes a name means: those with exactly that name, else with that word in it, else in their command line.

    "chrome" means google-chrome, but "sh" never means ssh; "sleep 300" and "clock.pl" are looked for in command lines.
    llmsh's own helpers are never meant.
    """
    wanted = (os.path.basename(wanted) if wanted.startswith(("/", "./")) else wanted).lower()
    known = [
        (process, program_names(process.info["name"], process.info["cmdline"]))
        for process in psutil.process_iter(["name", "cmdline"])
        if not any(HELPER in argument for argument in process.info["cmdline"] or ())
    ]
    exact = [process for process, names in known if wanted in names]
    words = exact or [process for process, names in known if _has_words(names, wanted)]
    return words or [process for process, _ in known if _is_command(process.info["cmdline"] or [], wanted)]


def _has_words(names: list[str], wanted: str) -> bool:
    if any(char in wanted for char in "*?["):
        return contains(names, wanted)
    words = _words(wanted)
    return bool(words.strip()) and any(words in _words(name) for name in names)


def _is_command(argv: list[str], wanted: str) -> bool:
    """Whether a command line starts with several words, or has a file of this name among its arguments."""
    words = [os.path.basename(argument).lower() for argument in argv]
    asked = [os.path.basename(word) for word in wanted.split()]
    if len(asked) > 1:
        return words[: len(asked)] == asked
    return "." in wanted and os.path.basename(wanted) in words[1:]


def _words(text: str) -> str:
    return " " + " ".join(re.findall(r"[^\W_]+", text)) + " "


def own_pids() -> frozenset[int]:
    """Processes that no call may touch: the kernel, init, this one, and those it runs in (llmsh, the terminal)."""
    me = psutil.Process()
    return frozenset({0, 1, me.pid, *(parent.pid for parent in me.parents())})
