"""Requests for the benchmark `understanding`, with a plan that is right and what makes another one right too."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Judge(StrEnum):
    """What another plan must share with the right one: what it prints, what it changes, or which tools it calls."""

    ANSWER = "answer"
    FILES = "files"
    NAMES = "names"
    TOOLS = "tools"


@dataclass(frozen=True)
class Case:
    """A request, a right plan, and how others are judged. ANSWER holds in the example tree, TOOLS on any machine."""

    request: str
    plan: str
    judge: Judge = Judge.ANSWER


CASES = (
    Case("which process uses the most memory?", 'processes(sort="memory") | first()', Judge.TOOLS),
    Case("what's eating my cpu", 'processes(sort="cpu") | first()', Judge.TOOLS),
    Case("list every python file in this project", 'find_files(name="*.py")'),
    Case("how many markdown files are there", 'find_files(name="*.md") | count()'),
    Case("show me the biggest file here", 'find_files(kind="file") | largest()'),
    Case("top 3 largest files", 'find_files(kind="file") | largest(3)'),
    Case("what's in the docs folder", 'list_files("docs")'),
    Case("ls including hidden", "list_files(hidden=True)"),
    Case("print the last 2 lines of notes.txt", 'read("notes.txt", last=2)'),
    Case("cat todo.txt", 'read("todo.txt")'),
    Case("head -3 names.txt", 'read("names.txt", first=3)'),
    Case("count the lines of notes.txt", 'count_text("notes.txt")'),
    Case("how many words does README.md have?", 'count_text("README.md", what="words")'),
    Case("find TODO in the source files", 'search("TODO", "src")'),
    Case("which files mention TODO", 'search_files("TODO")'),
    Case("grep for error in logs ignoring case", 'search("error", "logs", ignore_case=True)'),
    Case("number of ERROR lines in logs/app.log", 'count_matches("ERROR", "logs/app.log")'),
    Case("delete everything ending in .tmp inside build", 'find_files("build", name="*.tmp") | delete()', Judge.FILES),
    Case("remove empty.txt", 'delete("empty.txt")', Judge.FILES),
    Case("make a directory named photos", 'make_folder("photos")', Judge.FILES),
    Case("copy notes.txt to backup.txt", 'copy("notes.txt", to="backup.txt")', Judge.FILES),
    Case(
        "move all the markdown files in docs to archive/",
        'find_files("docs", name="*.md") | move(to="archive/")',
        Judge.FILES,
    ),
    Case("rename a.py to main.py", 'rename("a.py", to="main.py")', Judge.FILES),
    Case("create a file hello.txt containing hi there", 'write("hello.txt", "hi there")', Judge.FILES),
    Case("add the line feed the cat to todo.txt", 'append("todo.txt", "feed the cat")', Judge.FILES),
    Case("replace alice with eve in names.txt", 'edit("names.txt", old="alice", new="eve")', Judge.FILES),
    Case("make script.sh not executable", 'set_permissions("script.sh", mode="a-x")', Judge.FILES),
    Case("zip the docs folder into docs.zip", 'archive("docs", to="docs.zip")', Judge.NAMES),
    Case("unpack archive.tar.gz into out", 'extract("archive.tar.gz", to="out")', Judge.FILES),
    Case("sort names.txt and remove duplicates", 'read("names.txt") | sort() | unique()'),
    Case("which names occur in names.txt and how often", 'read("names.txt") | group()'),
    Case("sha256 of big.bin", 'checksum("big.bin")'),
    Case("md5 hash of notes.txt", 'checksum("notes.txt", kind="md5")'),
    Case("are there duplicate files?", "find_duplicates()"),
    Case("difference between notes.txt and copy-of-notes.txt", 'compare_files("notes.txt", "copy-of-notes.txt")'),
    Case("how much space does this folder use", "disk_usage()"),
    Case("disk usage of each subfolder", "disk_usage(depth=1)"),
    Case("files bigger than 1 MB", 'find_files(kind="file", min_size="1M")'),
    Case("empty files", 'find_files(kind="file", empty=True)'),
    Case("files not changed for 20 days", 'find_files(kind="file", older_than="20d")'),
    Case("what was modified in the last day in docs", 'find_files("docs", newer_than="1d")'),
    Case("who owns script.sh", 'file_info("script.sh") | select("owner")'),
    Case("permissions of script.sh", 'file_info("script.sh") | select("permissions")'),
    Case("what kind of file is images/photo.jpg", 'file_type("images/photo.jpg")'),
    Case("show the folder tree two levels deep", "tree(depth=2)"),
    Case("what's inside archive.tar.gz", 'list_archive("archive.tar.gz")'),
    Case("sum of the numbers in numbers.txt", 'read("numbers.txt") | sum()'),
    Case("second column of data.csv", 'read("data.csv") | cut("2", separator=",")'),
    Case("people from Oslo in data.csv", 'read("data.csv") | table() | where("city", "=", "Oslo")'),
    Case("average age in data.csv", 'read("data.csv") | table() | average("age")'),
    Case("uppercase todo.txt", 'read("todo.txt") | upper()'),
    Case("how much ram is free", "memory()", Judge.TOOLS),
    Case("disk space", "disks()", Judge.TOOLS),
    Case("how long has this machine been up", "uptime()", Judge.TOOLS),
    Case("what's my ip", "network_interfaces()", Judge.TOOLS),
    Case("which kernel am I running", 'system_info() | select("kernel")', Judge.TOOLS),
    Case("what time is it in Tokyo", 'now("Asia/Tokyo")', Judge.TOOLS),
    Case("who am i", "whoami()", Judge.TOOLS),
    Case("what is listening on port 8080", "ports(port=8080)", Judge.TOOLS),
    Case("kill the process named firefox", 'stop(name="firefox")', Judge.TOOLS),
    Case("where is python3 installed", 'which("python3")', Judge.TOOLS),
    Case("value of PATH", 'environment("PATH")', Judge.TOOLS),
    Case("go to docs", 'change_folder("docs")', Judge.TOOLS),
    Case("hello", 'answer("...")', Judge.TOOLS),
    Case("thank you!", 'answer("...")', Judge.TOOLS),
    Case("delete it", 'ask("...")', Judge.TOOLS),
    Case("order me a pizza", 'refuse("...")', Judge.TOOLS),
    Case("git log of the last 5 commits", 'run("git log -5")', Judge.TOOLS),
    Case("install numpy with pip", 'run("pip install numpy")', Judge.TOOLS),
    Case("列出所有python文件", 'find_files(name="*.py")'),
    Case("最大的文件是哪个", 'find_files(kind="file") | largest()'),
    Case("notes.txt有多少行", 'count_text("notes.txt")'),
    Case("把notes.txt复制到backup.txt", 'copy("notes.txt", to="backup.txt")', Judge.FILES),
    Case("新建一个叫photos的文件夹", 'make_folder("photos")', Judge.FILES),
    Case("删除build里的tmp文件", 'find_files("build", name="*.tmp") | delete()', Judge.FILES),
    Case("哪个进程占用内存最多", 'processes(sort="memory") | first()', Judge.TOOLS),
    Case("显示todo.txt的内容", 'read("todo.txt")'),
    Case("在logs里查找ERROR", 'search("ERROR", "logs")'),
    Case("磁盘还剩多少空间", "disks()", Judge.TOOLS),
    Case("你好", 'answer("...")', Judge.TOOLS),
    Case("把a.py改名为main.py", 'rename("a.py", to="main.py")', Judge.FILES),
    Case("解压archive.tar.gz", 'extract("archive.tar.gz")', Judge.FILES),
)
