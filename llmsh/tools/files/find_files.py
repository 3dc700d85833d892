"""Find files and folders by everything that is known of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from llmsh.tool import HERE, Age, Example, Globs, Mode, Path, Paths, Regex, Size, tool
from llmsh.tools.columns import kind_of
from llmsh.tools.file_filters import Wanted, filters, leave_out
from llmsh.tools.paths import expand, reads
from llmsh.tools.walk import Batch, Entry, Filter, Reach, Unread, existing, readable, walk
from llmsh.types import FILE_COLUMNS, PATH, Files, Row

Kind = Literal["file", "folder", "link", "fifo", "socket", "device"]
Time = Literal["modified", "accessed", "changed"]
Content = Literal["text", "code", "image", "audio", "video", "archive", "pdf", "document", "program"]


@tool(
    effects=reads("folder", "newer_than_file"),
    also=("find", "locate", "where are", "which files", "查找", "寻找", "哪些文件"),
    examples=(
        Example("find the python files here", 'find_files(name="*.py")',
                finds=("a.py", "sub/b.py", "sub/deep/c.py", "src/main.py", "src/util.py")),
        Example("files bigger than 1 MB", 'find_files(min_size="1M")', finds=("big.bin",)),
        Example("which markdown or text files in docs changed in the last week?",
                'find_files("docs", name=["*.md", "*.txt"], newer_than="7d")', finds=("docs/guide.md",)),
        Example("list empty folders", 'find_files(kind="folder", empty=True)', finds=("emptydir",)),
        Example("tmp and log files older than a month, not in build",
                'find_files(name="*.{tmp,log}", older_than="1mo", exclude="build")', finds=("logs/old.log",)),
        Example("show all the pictures", 'find_files(content="image")', finds=("images/logo.png", "images/photo.jpg")),
        Example("what can be executed here", "find_files(executable=True)", finds=("script.sh",)),
        Example("is there a readme somewhere, upper or lower case",
                'find_files(name="readme*", ignore_case=True)', finds=("README.md",)),
        Example("how many files are in logs?", 'find_files("logs", kind="file") | count()', finds=(3,)),
        Example("找出 src 里所有的 python 文件", 'find_files("src", name="*.py")',
                finds=("src/main.py", "src/util.py"), language="zh"),
        Example("有没有断开的链接？", "find_files(broken=True)", finds=(), language="zh"),
    ),
)  # fmt: skip
def find_files(
    folder: Paths = (HERE,), *, name: Globs = (), not_name: Globs = (), kind: Kind | None = None,
    min_size: Size | None = None, max_size: Size | None = None, size: Size | None = None,
    newer_than: Age | None = None, older_than: Age | None = None, time: Time = "modified",
    newer_than_file: Path | None = None, empty: bool | None = None, content: Content | None = None,
    path: Globs = (), regex: Regex | None = None, ignore_case: bool = False, exclude: Globs = (),
    depth: int | None = None, min_depth: int = 1, hidden: bool | None = None,
    owner: str | None = None, group: str | None = None, permission: Mode | None = None,
    executable: bool | None = None, broken: bool = False, same_disk: bool = False,
) -> Files:  # fmt: skip
    """Find files and folders by name, size, age, kind or content, in folders and all below them.

    Args:
        folder: where to look.
        name: names to find; * ? [a-z] {a,b} are wildcards.
        not_name: names not to find.
        kind: only files, folders, links, ...
        min_size: files of this size or larger.
        max_size: files of this size or smaller.
        size: files of exactly this size.
        newer_than: modified within this time, or since this date.
        older_than: not modified within this time, or before this date.
        time: which time newer_than and older_than mean; changed is that of permissions, owner or name.
        newer_than_file: modified after this file was.
        empty: only empty files and folders; False for those that are not.
        content: what files hold, judged by their first bytes, or by their names where these say nothing.
        path: the whole path, or its end; * goes across folders.
        regex: a regular expression found in the name; in the path where it holds a /.
        ignore_case: names in upper and lower case are the same.
        exclude: names to leave out, with all that is below them.
        depth: how many levels down; 1 is the folder itself only.
        min_depth: leave out what is above this level.
        hidden: True finds names with a leading dot only, False leaves them out with all below them.
        owner: user name or id.
        group: group name or id.
        permission: 644 is exactly that, u+x has it, o-w lacks it.
        executable: only files that may be executed; False for those that may not.
        broken: only links that lead nowhere.
        same_disk: stay on the file system of the folder.
    """
    wanted = Wanted(
        name, not_name, path, regex, kind, min_size, max_size, size, newer_than, older_than, newer_than_file, time,
        empty, owner, group, permission, executable, broken, content, hidden, ignore_case,
    )  # fmt: skip
    keep, detailed = filters(wanted)
    found = Files(FILE_COLUMNS if detailed else (PATH,), [])
    starts = existing(expand(folder), found.notes)
    if len(starts) == 1 and os.path.isdir(starts[0]):
        readable(starts[0])
    reach = Reach(depth, hidden is not False, leave_out(exclude), same_disk)
    return replace(found, rows=_rows(starts, reach, keep, max(min_depth, 0), found))


def _rows(starts: list[str], reach: Reach, keep: list[Filter], least: int, found: Files) -> Iterator[Row]:
    detailed = found.columns == FILE_COLUMNS
    unread = Unread()
    for start in starts:
        for batch in walk(start, unread, reach):
            if 0 < batch.depth < least:
                continue
            entries = batch.entries
            for wanted in keep:
                entries = wanted(entries)
            yield from _detailed(batch, entries) if detailed else [(entry.path[batch.cut :],) for entry in entries]
    found.notes.extend(unread.notes())


def _detailed(batch: Batch, entries: list[Entry]) -> Iterator[Row]:
    for entry in entries:
        status = entry.stat(follow_symlinks=False)  # remembered since the filters asked for it
        yield entry.path[batch.cut :], status.st_size, status.st_mtime, kind_of(status.st_mode)
