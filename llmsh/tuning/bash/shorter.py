"""The shorter plan that does the same: calls that one tool does at once."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace

from llmsh.types import Argument, Call

NUMBERS = ("size", "modified", "accessed", "changed", "count", "length", "links")
DETAILS = re.compile(
    r"detail|long|\binfo|permission|attribut|stat\b|owner|\bls\b|properties|metadata|inode|详细|信息|状态|属性",
    re.IGNORECASE,
)
Rule = Callable[[Call, Call], tuple[Call, ...] | None]
"""Two calls that follow one another to the calls that say the same, None where there are none shorter."""


def shorter(calls: tuple[Call, ...], request: str) -> tuple[Call, ...]:
    """Apply the rules until none fits."""
    calls = tuple(_by_request(call, request) for call in calls)
    if len(calls) > 1 and calls[-1].tool == "file_info" and not DETAILS.search(request):
        calls = calls[:-1]
    if not re.search(r"sort|order|alphabet|排序|顺序", request, re.IGNORECASE):
        calls = _without_idle_sort(calls)
    at = 0
    while at < len(calls) - 1:
        for rule in RULES:
            found = rule(calls[at], calls[at + 1])
            if found is not None:
                calls = (*calls[:at], *found, *calls[at + 2 :])
                at = -1
                break
        at += 1
    return calls


def _by_request(call: Call, request: str) -> Call:
    """A move to another name in the same folder is called renaming by those who ask for it."""
    to = dict(call.options).get("to")
    if call.tool != "move" or not re.search(r"\brenam|重命名|改名", request, re.IGNORECASE):
        return call
    path = call.args[0] if call.args else None
    if not isinstance(path, str) or not isinstance(to, str) or os.path.dirname(path) != os.path.dirname(to):
        return call
    if any(sign in path for sign in "*?["):
        return call
    return Call("rename", call.args, (("to", os.path.basename(to)),))


def _without_idle_sort(calls: tuple[Call, ...]) -> tuple[Call, ...]:
    """Sort before unique only served uniq."""
    kept = [
        call for at, call in enumerate(calls)
        if not (call.tool == "sort" and not call.args and at + 1 < len(calls) and calls[at + 1].tool == "unique")
    ]  # fmt: skip
    return tuple(kept)


def _only(call: Call, *names: str) -> bool:
    return {name for name, _ in call.options} <= set(names)


def _search_at_once(a: Call, b: Call) -> tuple[Call, ...] | None:
    """find_files(folder, name=...) | search(pattern) is one search."""
    if a.tool != "find_files" or b.tool not in ("search", "search_files", "count_matches") or len(b.args) != 1:
        return None
    options = dict(a.options)
    if not _only(a, "name", "kind", "exclude", "depth") or options.pop("kind", "file") != "file":
        return None
    if {"name", "exclude"} & {name for name, _ in b.options}:
        return None
    return (Call(b.tool, (*b.args, *a.args), (*options.items(), *b.options)),)


def _count_at_once(a: Call, b: Call) -> tuple[Call, ...] | None:
    if b.tool != "count":
        return None
    if a.tool == "search" and not {"context", "before", "after", "max_per_file"} & {name for name, _ in a.options}:
        options = dict(a.options)
        if options.pop("only_matching", False):
            options["what"] = "occurrences"
        return (Call("count_matches", a.args, tuple(options.items())),)
    if a.tool == "read" and not a.options:
        return (Call("count_text", a.args),)
    return None


def _measure_at_once(a: Call, b: Call) -> tuple[Call, ...] | None:
    """The text of files, counted."""
    if a.tool != "read" or a.options or b.tool != "measure":
        return None
    return (Call("count_text", a.args, (("what", b.args[0]),) if b.args else ()),)


def _part_at_once(a: Call, b: Call) -> tuple[Call, ...] | None:
    """The first or last lines of a file."""
    one = a.tool == "read" and len(a.args) == 1 and isinstance(a.args[0], str) and not a.options
    if not one or any(sign in str(a.args[0]) for sign in "*?["):
        return None
    if b.tool in ("first", "last"):
        return (replace(a, options=((b.tool, b.args[0] if b.args else 1),)),)
    if b.tool == "skip" and not b.options:
        return (replace(a, options=(("lines", f"{_number(b.args) + 1}-"),)),)
    if b.tool == "keep":
        return (Call("search", (*b.args, *a.args), b.options),)
    return None


def _number(args: tuple[Argument, ...]) -> int:
    return args[0] if args and isinstance(args[0], int) else 1


def _largest_at_once(a: Call, b: Call) -> tuple[Call, ...] | None:
    """The ends of what is sorted by a number."""
    if a.tool != "sort" or b.tool not in ("first", "last") or not a.args or a.args[0] not in NUMBERS:
        return None
    descending = bool(dict(a.options).get("descending"))
    tool = "largest" if descending is (b.tool == "first") else "smallest"
    count = b.args if b.args and b.args[0] != 1 else ()
    by = () if a.args[0] in ("size", "count") else (("by", a.args[0]),)
    return (Call(tool, count, by),)


def _already_sorted(a: Call, b: Call) -> tuple[Call, ...] | None:
    """Group gives the most frequent first."""
    if a.tool != "group":
        return None
    if b.tool == "sort" and b.args[:1] == ("count",) and dict(b.options).get("descending"):
        return (a,)
    if b.tool == "largest" and _only(b):
        return (a, Call("first", b.args))
    return None


def _details_unasked(a: Call, b: Call) -> tuple[Call, ...] | None:
    """Sizes and times of files are known without file_info."""
    if (
        a.tool == "file_info"
        and not a.args
        and b.tool in ("largest", "smallest", "count", "sum", "sort", "first", "last")
    ):
        return (b,)
    if (
        a.tool in ("file_info", "select")
        and b.tool == "sum"
        and a.args in ((), ("size",))
        and b.args in ((), ("size",))
    ):
        return (Call("sum"),)
    if a.tool == "file_info" and not a.args and b.tool == "select" and b.args == ("size",):
        return (b,)
    return None


def _counts_at_once(a: Call, b: Call) -> tuple[Call, ...] | None:
    """Matches of each file, added up."""
    if a.tool == "group" and a.args == ("path",) and b.tool == "sum":
        return (Call("count"),)
    return None


RULES: tuple[Rule, ...] = (
    _details_unasked, _counts_at_once, _already_sorted, _search_at_once, _count_at_once, _measure_at_once,
    _part_at_once, _largest_at_once,
)  # fmt: skip
