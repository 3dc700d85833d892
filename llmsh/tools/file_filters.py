"""Which files are wanted: what the options of a search for files mean, as filters over a folder's entries.

Cheap tests come first: names, then kinds (known without asking), then one lstat an entry, then its content.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from llmsh.errors import ToolFailed
from llmsh.tools.columns import group_name, user_name
from llmsh.tools.globs import Test, name_test, path_test
from llmsh.tools.modes import mode_test
from llmsh.tools.walk import Entry, Filter
from llmsh.units import parse_moment, parse_size

StatusTest = Callable[[os.stat_result], bool]
TIMES = {"modified": "st_mtime", "accessed": "st_atime", "changed": "st_ctime"}
KIND_TESTS: dict[str, Callable[[int], bool]] = {
    "fifo": stat.S_ISFIFO,
    "socket": stat.S_ISSOCK,
    "device": lambda mode: stat.S_ISBLK(mode) or stat.S_ISCHR(mode),
}


@dataclass(frozen=True)
class Wanted:
    """What a file must be to be wanted; what is left out does not matter."""

    name: tuple[str, ...] = ()
    not_name: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    regex: str | None = None
    kind: str | None = None
    min_size: str | None = None
    max_size: str | None = None
    size: str | None = None
    newer_than: str | None = None
    older_than: str | None = None
    newer_than_file: str | None = None
    time: str = "modified"
    empty: bool | None = None
    owner: str | None = None
    group: str | None = None
    permission: str | None = None
    executable: bool | None = None
    broken: bool = False
    content: str | None = None
    hidden: bool | None = None
    ignore_case: bool = False


def filters(wanted: Wanted) -> tuple[list[Filter], bool]:
    """The filters, in the order they are to be applied, and whether they look at each entry's status."""
    found = [*_name_filters(wanted), *_kind_filters(wanted)]
    tests = _status_tests(wanted)
    if tests:
        found.append(lambda entries: _passing(entries, tests))
    if wanted.empty is not None:
        empty = wanted.empty
        found.append(lambda entries: [entry for entry in entries if _empty(entry) is empty])
    if wanted.broken:
        found.append(lambda entries: [e for e in entries if e.is_symlink() and not os.path.exists(e.path)])
    if wanted.content is not None:
        found.append(_content_filter(wanted.content))
    return found, bool(tests)


def leave_out(patterns: tuple[str, ...]) -> Filter | None:
    """A filter that drops what has one of these names (paths where they hold a "/"); None where there are none."""
    if not patterns:
        return None
    test = _either(patterns, ignore_case=False)
    return lambda entries: [entry for entry in entries if not test(entry)]


def _either(patterns: tuple[str, ...], *, ignore_case: bool) -> Callable[[Entry], bool]:
    """Whether an entry is one of the patterns: by its path where a pattern holds a "/", else by its name."""
    by_name = [pattern for pattern in patterns if "/" not in pattern.rstrip("/")]
    by_path = [pattern.rstrip("/") for pattern in patterns if pattern not in by_name]
    tests: list[tuple[str, Test]] = []
    if by_name:
        tests.append(("name", name_test([name.rstrip("/") for name in by_name], ignore_case=ignore_case)))
    if by_path:
        tests.append(("path", path_test(by_path, ignore_case=ignore_case)))
    return lambda entry: any(test(getattr(entry, field)) for field, test in tests)


def _name_filters(wanted: Wanted) -> list[Filter]:
    found: list[Filter] = []
    if wanted.hidden is not None:
        hidden = wanted.hidden
        found.append(lambda entries: [entry for entry in entries if (entry.name[0] == ".") is hidden])
    if wanted.name and not any("/" in pattern for pattern in wanted.name):
        named = name_test(wanted.name, ignore_case=wanted.ignore_case)
        found.append(lambda entries: [entry for entry in entries if named(entry.name)])
    elif wanted.name:
        either = _either(wanted.name, ignore_case=wanted.ignore_case)
        found.append(lambda entries: [entry for entry in entries if either(entry)])
    if wanted.not_name:
        unwanted = _either(wanted.not_name, ignore_case=wanted.ignore_case)
        found.append(lambda entries: [entry for entry in entries if not unwanted(entry)])
    if wanted.path:
        below = path_test(wanted.path, ignore_case=wanted.ignore_case)
        found.append(lambda entries: [entry for entry in entries if below(entry.path)])
    if wanted.regex is not None:
        found.append(_regex_filter(wanted.regex, ignore_case=wanted.ignore_case))
    return found


def _regex_filter(regex: str, *, ignore_case: bool) -> Filter:
    try:
        search = re.compile(regex, re.IGNORECASE if ignore_case else re.NOFLAG).search
    except re.error as error:
        raise ToolFailed(f"not a regular expression: {regex} ({error})", "use name= with wildcards instead") from None
    if "/" in regex:
        return lambda entries: [entry for entry in entries if search(entry.path)]
    return lambda entries: [entry for entry in entries if search(entry.name)]


def _kind_filters(wanted: Wanted) -> list[Filter]:
    kind = wanted.kind
    about_files = wanted.executable is not None or any((wanted.min_size, wanted.max_size, wanted.size, wanted.content))
    if kind == "file" or (kind is None and about_files):
        return [lambda entries: [entry for entry in entries if entry.is_file(follow_symlinks=False)]]
    if kind == "folder":
        return [lambda entries: [entry for entry in entries if entry.is_dir(follow_symlinks=False)]]
    if kind == "link":
        return [lambda entries: [entry for entry in entries if entry.is_symlink()]]
    return []


def _passing(entries: list[Entry], tests: list[StatusTest]) -> list[Entry]:
    try:  # one list at a time: a call for each entry would cost as much as its lstat
        known = [(entry, entry.stat(follow_symlinks=False)) for entry in entries]
    except OSError:
        known = _survivors(entries)
    for test in tests:
        known = [pair for pair in known if test(pair[1])]
    return [entry for entry, _ in known]


def _survivors(entries: list[Entry]) -> list[tuple[Entry, os.stat_result]]:
    """The same without those that vanished."""
    known = []
    for entry in entries:
        try:
            known.append((entry, entry.stat(follow_symlinks=False)))
        except OSError:  # it vanished
            continue
    return known


def _status_tests(wanted: Wanted) -> list[StatusTest]:
    tests = [*_size_tests(wanted), *_time_tests(wanted)]
    if wanted.kind in KIND_TESTS:
        is_kind = KIND_TESTS[wanted.kind]
        tests.append(lambda status: is_kind(status.st_mode))
    if wanted.owner is not None:
        owner = wanted.owner
        tests.append(lambda status: owner in (user_name(status.st_uid), str(status.st_uid)))
    if wanted.group is not None:
        group = wanted.group
        tests.append(lambda status: group in (group_name(status.st_gid), str(status.st_gid)))
    if wanted.permission is not None:
        allowed = mode_test(wanted.permission)
        tests.append(lambda status: allowed(status.st_mode))
    if wanted.executable is not None:
        executable = wanted.executable
        tests.append(lambda status: bool(status.st_mode & 0o111) is executable)
    return tests


def _size_tests(wanted: Wanted) -> list[StatusTest]:
    tests: list[StatusTest] = []
    if wanted.min_size is not None:
        least = _size(wanted.min_size)
        tests.append(lambda status: status.st_size >= least)
    if wanted.max_size is not None:
        most = _size(wanted.max_size)
        tests.append(lambda status: status.st_size <= most)
    if wanted.size is not None:
        exact = _size(wanted.size)
        tests.append(lambda status: status.st_size == exact)
    return tests


def _time_tests(wanted: Wanted) -> list[StatusTest]:
    tests: list[StatusTest] = []
    field = TIMES[wanted.time]
    if wanted.newer_than is not None:
        start = _moment(wanted.newer_than)
        tests.append(lambda status: bool(getattr(status, field) >= start))
    if wanted.older_than is not None:
        end = _moment(wanted.older_than)
        tests.append(lambda status: bool(getattr(status, field) < end))
    if wanted.newer_than_file is not None:
        try:
            than = os.stat(os.path.expanduser(wanted.newer_than_file)).st_mtime_ns
        except OSError as error:
            raise ToolFailed(f"there is no {wanted.newer_than_file} to compare with: {error.strerror}") from None
        tests.append(lambda status: status.st_mtime_ns > than)
    return tests


def _size(text: str) -> int:
    try:
        return parse_size(text)
    except ValueError:
        raise ToolFailed(f"{text} is not a size", "a size is 500, 10K, 1.5M or 2G") from None


def _moment(text: str) -> float:
    try:
        return parse_moment(text, datetime.now())
    except (ValueError, OverflowError):
        raise ToolFailed(f"{text} is not a time", "a time is 30min, 12h, 7d, 2w, 6mo, 1y or 2024-01-31") from None


def _empty(entry: Entry) -> bool | None:
    """Whether a file or folder is empty; None for what is neither."""
    try:
        if entry.is_file(follow_symlinks=False):
            return entry.stat(follow_symlinks=False).st_size == 0
        if not entry.is_dir(follow_symlinks=False):
            return None
        with os.scandir(entry.path) as found:
            return next(found, None) is None
    except OSError:  # it vanished, or may not be read
        return None


def _content_filter(content: str) -> Filter:
    from llmsh.tools.content import is_content

    return lambda entries: [entry for entry in entries if is_content(entry.path, content)]
