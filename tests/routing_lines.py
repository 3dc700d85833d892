"""Labelled lines for the router, decided by hand, and the programs, tools and files they take for granted."""

from __future__ import annotations

from pathlib import Path

PROGRAMS = frozenset(
    """
    ack ag apt apt-get as at awk base64 basename bash bat bc bzip2 cal calendar cargo cat chgrp chmod chown chsh
    clear cmp code column comm compare conda convert cp crontab curl cut date dd df diff dig dirname dmesg docker
    docker-compose du egrep emacs env expand expr factor fallocate fd fgrep file find firefox flatpak fold free fzf
    gcc gdb gh git go gpg gradle grep groups gunzip gzip head helm hexdump history host hostname htop iconv id
    ifconfig import install ip iptables java join journalctl jq kill killall kubectl last ld less link ln locale
    locate look ls lsblk lscpu lsof make man md5sum mkdir mkfifo more mount mv mvn nano nc netstat nice nl node
    nohup npm npx nproc ollama open openssl paste patch perl pgrep php ping pip pip3 pkill play poetry pr ps psql
    pstree pwgen pytest python python3 pwd readlink realpath rec rename reset rev rg rm rmdir rsync ruby ruff rustc
    say scp screen script sed seq service sha256sum shred shuf shutdown size sleep snap sort split sqlite3 ss ssh
    stat strace strings stty su sudo sum systemctl tac tail tar tee terraform time timeout tmux top touch tr tree
    truncate tsort tty uname uniq units unlink unzip uptime users uv vi view vim vmstat w wait wall watch wc wget
    what whatis whereis which who whoami write xargs xdg-open xxd xz yarn yes zip zsh zstd
    """.split()  # noqa: SIM905  two hundred quoted names would read worse
)
TOOLS = frozenset(
    {
        "find_files",
        "processes",
        "first",
        "last_rows",
        "sort",
        "search",
        "count",
        "delete",
        "read",
        "archive",
        "run",
        "ask",
        "answer",
        "refuse",
        "list_files",
    }
)
EXISTING = frozenset({"notes", "src", "docs", "build", "config", "Downloads", "/tmp", "/usr", "/etc", "下载", "photos"})

FORCED = (("!find large files", "command", "find large files"), ("! ls", "command", "ls"),
          ("?ls -la", "ask", "ls -la"), ("? git status", "ask", "git status"), ("？ls", "ask", "ls"))  # fmt: skip


GROUPS = (("commands", "command"), ("language", "ask"), ("slash", "slash"), ("plans", "plan"))
"""File in `routing/` and the route that every line of it takes."""


def labelled() -> list[tuple[str, str]]:
    """Every line with its route."""
    folder = Path(__file__).parent / "routing"
    return [(line, way) for name, way in GROUPS for line in (folder / f"{name}.txt").read_text("utf-8").splitlines()]
