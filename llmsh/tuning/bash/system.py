"""Programs that tell of the machine or steer its processes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from llmsh.tuning.bash.flow import Flow, Kind, Look, Translator, names_of, read_options
from llmsh.tuning.bash.parse import NotTranslated, Word

FORCED = ("9", "KILL", "SIGKILL")
DATES = {
    "%F": "%Y-%m-%d",
    "%T": "%H:%M:%S",
    "%s": "timestamp",
    "%A": "weekday",
    "%Y": "year",
    "%V": "week",
    "%Z": "zone",
}


def _fixed(tool: str, options: tuple[str, ...] = (), kind: Kind = Kind.ROWS, look: Look = Look.RUNS) -> Translator:
    """A program that is a tool, given only options that change the look of it."""

    def translate(words: Sequence[Word], flow: Flow) -> Flow:
        if flow.kind is not Kind.NOTHING or any(word.text not in options for word in words):
            raise NotTranslated(f"{tool}: other arguments than the usual ones")
        return Flow().then(tool, kind=kind, look=look)

    return translate


def cd(words: Sequence[Word], flow: Flow) -> Flow:
    """Go to a folder."""
    if flow.kind is not Kind.NOTHING or len(words) > 1:
        raise NotTranslated("cd: several folders")
    folder = names_of("cd", words)
    return Flow().then("change_folder", () if folder == ("~",) else folder, kind=Kind.DONE, look=Look.CHANGE)


def date(words: Sequence[Word], flow: Flow) -> Flow:
    """The time now."""
    given = read_options("date", [word for word in words if not word.text.startswith("+")], "u", "", "utc:u")
    formats = [word.text[1:] for word in words if word.text.startswith("+")]
    if given.rest or len(formats) > 1 or flow.kind is not Kind.NOTHING:
        raise NotTranslated("date: of another day")
    shown = formats[0] if formats else None
    shown = DATES.get(shown, shown) if shown else None
    return Flow().then("now", "UTC" if given.has("u") else None, kind=Kind.LINES, look=Look.RUNS, format=shown)


def ps(words: Sequence[Word], flow: Flow) -> Flow:
    """Running processes."""
    text = " ".join(word.text for word in words)
    if flow.kind is not Kind.NOTHING:
        raise NotTranslated("ps: in a pipe")
    if found := re.fullmatch(r"-[uU] ?(\w+)|-?-user[= ](\w+)", text):
        return Flow().then("processes", kind=Kind.ROWS, look=Look.RUNS, user=found[1] or found[2])
    if found := re.fullmatch(r"-f?p ([0-9]+)", text):
        return Flow().then("processes", kind=Kind.ROWS, look=Look.RUNS, pids=int(found[1]))
    if found := re.fullmatch(r"-C (\w+)", text):
        return Flow().then("processes", kind=Kind.ROWS, look=Look.RUNS, name=found[1])
    if re.fullmatch(r"-?(aux|ax|auxw+|ef|e|A|ax?ux?|eF|ely|axw+|auxf?)", text):
        columns = ("user", "pid") if "a" in text else ("user", "pid", "parent")
        return Flow().then("processes", kind=Kind.ROWS, look=Look.RUNS, columns=columns)
    if found := re.fullmatch(r"-?aux --sort[= ]?-(%mem|%cpu|rss)", text):
        key = "cpu" if "cpu" in found[1] else "memory"
        return Flow().then("processes", kind=Kind.ROWS, look=Look.RUNS, sort=key)
    raise NotTranslated("ps: chosen columns")


def df(words: Sequence[Word], flow: Flow) -> Flow:
    """Disks and how full they are."""
    given = read_options("df", words, "hHkmTPal", "", "human-readable:h print-type:T all:a local:l portability:P")
    names = names_of("df", given.rest)
    if flow.kind is not Kind.NOTHING or len(names) > 1:
        raise NotTranslated("df: of several files")
    return Flow().then("disks", names, kind=Kind.ROWS, look=Look.RUNS, all=given.has("a"))


def kill(words: Sequence[Word], flow: Flow) -> Flow:
    """Stop processes by id, or those of a pipe that began with ps."""
    if words and words[-1].given and flow.calls[:1] and flow.calls[0].tool == "processes":
        if any(word.text.lstrip("-") not in (*FORCED, "15", "TERM") for word in words[:-1]):
            raise NotTranslated("kill: another signal, or a job")
        found = Flow(tuple(call for call in flow.calls if call.tool in ("processes", "first")))
        return found.then(
            "stop", kind=Kind.DONE, look=Look.CHECKED, force=len(words) > 1 and words[0].text in ("-9", "-KILL")
        )
    force = [word for word in words if word.text.lstrip("-") in FORCED and word.text.startswith("-")]
    rest = [word.text for word in words if word not in force and word.text not in ("-15", "-TERM", "-SIGTERM", "-s")]
    if not rest or not all(text.isdecimal() for text in rest) or flow.kind is not Kind.NOTHING:
        raise NotTranslated("kill: another signal, or a job")
    return Flow().then("stop", tuple(int(text) for text in rest), kind=Kind.DONE, look=Look.CHECKED, force=bool(force))


def killall(words: Sequence[Word], flow: Flow) -> Flow:
    """Stop processes by name."""
    force = [word for word in words if word.text.lstrip("-") in FORCED and word.text.startswith("-")]
    rest = [word for word in words if word not in force and word.text not in ("-15", "-TERM")]
    if len(rest) != 1 or not re.fullmatch(r"[\w][\w.-]*", rest[0].text) or flow.kind is not Kind.NOTHING:
        raise NotTranslated("killall: several names or a pattern")
    return Flow().then("stop", kind=Kind.DONE, look=Look.CHECKED, name=rest[0].text, force=bool(force))


def pgrep(words: Sequence[Word], flow: Flow) -> Flow:
    """Processes by name."""
    given = read_options("pgrep", words, "laf", "u")
    if len(given.rest) > 1 or flow.kind is not Kind.NOTHING or not (given.rest or given.has("u")):
        raise NotTranslated("pgrep: several names")
    name = given.rest[0].text if given.rest else None
    by_command = given.has("f")
    return Flow().then(
        "processes", kind=Kind.ROWS, look=Look.CHECKED, user=given.options.get("u"),
        name=None if by_command else name, command=name if by_command else None,
    )  # fmt: skip


def lsof(words: Sequence[Word], flow: Flow) -> Flow:
    """Open files and ports."""
    text = " ".join(word.text for word in words)
    if flow.kind is not Kind.NOTHING:
        raise NotTranslated("lsof: in a pipe")
    if found := re.fullmatch(r"(?:-[nP]+ )*-i ?(?:tcp|TCP)?:([0-9]+)", text):
        return Flow().then("ports", kind=Kind.ROWS, look=Look.CHECKED, port=int(found[1]), all=True)
    if found := re.fullmatch(r"-p ?([0-9]+)", text):
        return Flow().then("open_files", kind=Kind.ROWS, look=Look.CHECKED, pid=int(found[1]))
    if found := re.fullmatch(r"\+?D? ?([\w./~-]+)", text):
        return Flow().then("open_files", kind=Kind.ROWS, look=Look.CHECKED, path=found[1])
    raise NotTranslated("lsof: other questions")


def pstree(words: Sequence[Word], flow: Flow) -> Flow:
    """Processes with their children."""
    rest = [word.text for word in words if not re.fullmatch(r"-[apnhlcU]+", word.text)]
    if len(rest) > 1 or flow.kind is not Kind.NOTHING or (rest and not rest[0].isdecimal()):
        raise NotTranslated("pstree: of a user")
    return Flow().then("process_tree", int(rest[0]) if rest else None, kind=Kind.ROWS, look=Look.CHECKED)


def groups(words: Sequence[Word], flow: Flow) -> Flow:
    """Groups of a user."""
    names = names_of("groups", words)
    if flow.kind is not Kind.NOTHING or len(names) > 1:
        raise NotTranslated("groups: of several users")
    return Flow().then("groups", names, kind=Kind.ROWS, look=Look.CHECKED)


def printenv(words: Sequence[Word], flow: Flow) -> Flow:
    """Environment variables."""
    names = names_of("printenv", words)
    if flow.kind is not Kind.NOTHING or len(names) > 1:
        raise NotTranslated("env: another environment for a program")
    return Flow().then("environment", names, kind=Kind.ROWS, look=Look.CHECKED)


PROGRAMS: Mapping[str, Translator] = MappingProxyType({
    "cd": cd, "date": date, "ps": ps, "df": df, "kill": kill, "killall": killall, "pkill": killall, "pgrep": pgrep,
    "lsof": lsof, "pstree": pstree, "groups": groups, "printenv": printenv,
    "env": _fixed("environment"), "pwd": _fixed("working_folder", ("-P", "-L"), Kind.LINES, Look.LINES),
    "whoami": _fixed("whoami", (), Kind.LINES, Look.LINES), "hostname": _fixed("hostname", ("-f", "-s"), Kind.LINES),
    "uptime": _fixed("uptime", ("-p",)), "free": _fixed("memory", ("-h", "-m", "-g", "-t")),
    "uname": _fixed("system_info", ("-a", "-r", "-s", "-m")), "who": _fixed("users", ("-u",), look=Look.CHECKED),
    "w": _fixed("users", look=Look.CHECKED), "users": _fixed("users", look=Look.CHECKED),
    "lscpu": _fixed("cpu", look=Look.CHECKED), "cal": _fixed("calendar", look=Look.CHECKED),
    "top": _fixed("processes", ("-b", "-n", "1", "-n1", "-bn1"), look=Look.CHECKED),
    "locale": _fixed("locale", look=Look.CHECKED),
    "ifconfig": _fixed("network_interfaces", ("-a",), look=Look.CHECKED),
})  # fmt: skip
