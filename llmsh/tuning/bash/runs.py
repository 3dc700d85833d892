"""Commands that no tool covers, as `run("...")` that says what it writes and whether it connects."""

from __future__ import annotations

import re
import shlex
from itertools import pairwise

from llmsh.plan import print_step
from llmsh.tuning.bash.literals import stands_in
from llmsh.tuning.bash.shell import is_bash
from llmsh.types import Argument, Call, Step

CHANGING = frozenset((
    "rm", "mv", "cp", "mkdir", "rmdir", "touch", "chmod", "chown", "chgrp", "ln", "zip", "unzip", "gzip", "gunzip",
    "bzip2", "bunzip2", "xz", "unxz", "rename", "split", "csplit", "dd", "install", "patch", "cpio", "truncate",
    "shred", "convert", "ffmpeg", "make", "tee", "mkfifo", "rsync", "dos2unix", "unix2dos", "mogrify", "mkisofs",
    "avconv", "crontab", "7z", "rar", "unrar", "pax", "ar", "strip", "indent", "npm", "cargo",
))  # fmt: skip
CONNECTING = frozenset((
    "ssh", "scp", "sftp", "rsync", "ping", "curl", "wget", "nc", "ncat", "netcat", "telnet", "ftp", "dig",
    "nslookup", "host", "apt", "apt-get", "yum", "dnf", "pip", "pip3", "npm", "traceroute", "tracepath", "whois",
    "mtr", "ntpdate", "mail", "mailx", "sendmail", "aria2c", "snap", "flatpak", "brew",
))  # fmt: skip
PACKERS = frozenset(["gunzip", "gzip", "bzip2", "xz", "bunzip2", "unzip"])
SENDING = frozenset(["cp", "mv", "rsync", "ln", "scp"])
INTERACTIVE = frozenset((
    "vi", "vim", "nano", "emacs", "less", "more", "top", "htop", "watch", "man", "screen", "tmux", "su", "passwd",
    "ssh-keygen", "bg", "fg", "jobs", "disown", "exit", "exec", "logout", "history", "source", ".", "export",
    "alias", "unalias", "set", "unset", "trap", "read", "eval", "complete", "bind", "shopt", "declare", "typeset",
    "local", "wait", "reboot", "shutdown", "halt", "poweroff", "mkfs", "fdisk", "parted", "fsck", "kill", "pkill",
    "killall", "iptables", "mount", "umount", ":",
))  # fmt: skip
ALONE = ("nproc", "arch", "tty", "mktemp", "lsblk", "logname", "dmesg", "ss", "netstat", "crontab", "git")
HOPELESS = re.compile(r"[“”‘’–—…]|^cd\b|\btail -f|\bsudo -|-i '' |<[a-z_ ]+>|\bEOF\b|\.\.\.")
"""Quotes and dashes that a web page made of ' and -, what never ends, what the next command does not notice."""
IN_PLACE = re.compile(
    r"\b(sed|perl)\b[^|]* (-\w*i\b|-i\S*|--in-place)|-delete\b|\btar\b\s+-?-?\w*[xc]|\bsort\b.* -o "
    r"|\bgit (clone|commit|add|checkout|merge|pull|init|stash|reset|rm|mv|rebase|switch|tag)\b"
    r"|\bgit (revert|restore|cherry-pick|branch -[mdMD])\b"
)
PATH = re.compile(r"(/(?!dev/|bin/|usr/bin/)|~/)[\w.]")
VARIABLE = re.compile(r"\$(?!\()\{?[A-Za-z_@#*0-9]")
KNOWN = re.compile(r"\$\{?(HOME|USER|PATH|PWD|SHELL|LANG|HOSTNAME)\b\}?")


def run_plan(command: str, request: str) -> str:
    """The plan that runs a command; empty where it would teach something wrong."""
    command = re.sub(r"\s+", " ", command).strip().rstrip(";").strip()
    if len(command) > 200 or not is_bash(command) or _has_variables(command):
        return ""
    try:
        words = shlex.split(re.sub(r"([;|&()<>`]+)", r" \1 ", command), posix=True)
        literal = shlex.split(command, posix=True)
    except ValueError:
        return ""
    programs = _programs(words)
    alone = len(words) == 1 and words[0] not in ALONE
    if not programs or programs & INTERACTIVE or HOPELESS.search(command) or alone:
        return ""
    if any(not stands_in(value, request) for value in _literals(literal)):
        return ""
    options: list[tuple[str, Argument]] = []
    writes = _writes(words, command, programs)
    if writes:
        options.append(("writes", writes[0] if len(writes) == 1 else tuple(writes)))
    if programs & CONNECTING or re.search(r"\bgit (clone|push|pull|fetch)\b", command):
        options.append(("network", True))
    return print_step(Step(None, (Call("run", (command,), tuple(options)),)))


def _has_variables(command: str) -> bool:
    """Whether it stands on variables that nobody set. What is in single quotes is another language's."""
    outside = re.sub(r"'[^']*'", "", command)
    return VARIABLE.search(KNOWN.sub("", outside)) is not None


def _programs(words: list[str]) -> set[str]:
    found: set[str] = set()
    expected = True
    for word in words:
        if re.fullmatch(r"[;|&(`]+", word):
            expected = True
        elif expected and not re.match(r"\w+=", word):
            found.add(word.rsplit("/", 1)[-1])
            expected = word in ("sudo", "time", "nohup", "xargs", "env", "command")
        elif word in ("-exec", "-ok", "-execdir", "xargs"):
            expected = True
        elif expected and word.startswith("-"):
            continue
    return {word for word in found if not word.startswith("-")}


def _literals(words: list[str]) -> list[str]:
    """Values of the command that somebody must have named: files, patterns, numbers; not options and not programs."""
    found: list[str] = []
    for word in words[1:]:
        value = re.sub(r"^--?[\w-]+=", "", word)
        if value.startswith("-") and not re.search(r"[0-9]{2,}", value):
            continue
        if re.search(r"[{}$;()|&<>\\]", value):
            found.extend(re.findall(r"[\w./-]*/[\w./-]+|\b\w+\.\w{2,4}\b|(?<![\w$])[0-9]{2,}\b", value))
        elif re.search(r"[^\W\d_]{2,}|[0-9]", value) and value not in ORDINARY:
            found.append(value)
    return [value for value in found if value not in ("/dev/null", "/dev/stdin")]


ORDINARY = frozenset((
    "f", "d", "l", "rm", "cp", "mv", "ls", "grep", "sed", "awk", "sort", "uniq", "head", "tail", "wc", "xargs",
    "cut", "tr", "find", "sudo", "echo", "cat", "print", "tar", "file", "chmod", "chown", "sh", "bash", "perl",
    "python", "python3", "tee", "column", "date", "ping", "who", "w", "df", "du", "ps", "env", "mkdir", "touch",
    "basename", "dirname", "stat", "test", "rev", "tac", "seq", "bc", "paste", "join", "comm", "diff", "md5sum",
    "sha1sum", "od", "xxd", "nl", "fold", "expand", "printf", "gzip", "gunzip", "zcat", "bzip2", "split", "rename",
    "rsync", "ssh", "git", "log", "status", "diff", "commit", "add", "push", "pull", "clone", "checkout", "branch",
    "install", "update", "upgrade", "remove", "if", "of", "bs", "apt", "apt-get", "pip", "npm", "y", "n", "yes",
    "no", "nr", "rn", "1", "-1", "2>&1", "2>/dev/null", "zip", "unzip", "convert", "cpio", "parallel", "tree",
    "readlink", "realpath", "which", "egrep", "fgrep", "crontab", "while", "read", "do", "done", "then", "fi",
    "for", "in",
))  # fmt: skip


def _writes(words: list[str], command: str, programs: set[str]) -> list[str]:
    """What a command changes: the files of its redirections, what its programs are given, or this folder."""
    goals = [word for before, word in pairwise(words) if ">" in before and set(before) <= {">", "&"} and _is_file(word)]
    packing = programs & PACKERS and not programs & CHANGING - PACKERS
    only_tells = packing and re.search(r" (-\w*[tcl]|--stdout|--test)\b", command)
    if only_tells or not (programs & CHANGING or IN_PLACE.search(command)):
        return list(dict.fromkeys(goals))
    if programs & SENDING:
        target = words[-1] if re.match(r"[\w/~.]", words[-1]) and ":" not in words[-1] else "."
        return list(dict.fromkeys([*goals, target.rstrip("/") or "/"]))
    named = [word.rstrip("/") for word in words if PATH.match(word) and not re.search(r"[*?{};$]", word)]
    return list(dict.fromkeys([*goals, *named])) or ["."]


def _is_file(word: str) -> bool:
    return not word.startswith("&") and word not in ("/dev/null", "1", "2")
