"""grep and its kin: search, search_files, count_matches in files; keep, drop and extract_text in a pipe."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from llmsh.tuning.bash.flow import Flow, Given, Kind, Look, paths_of, read_options
from llmsh.tuning.bash.parse import NotTranslated, Word
from llmsh.tuning.bash.patterns import from_basic, from_extended, is_plain

LONG = (
    "recursive:r ignore-case:i line-number:n with-filename:H no-filename:h files-with-matches:l files-without-match:L"
    " count:c invert-match:v word-regexp:w extended-regexp:E fixed-strings:F only-matching:o quiet:q no-messages:s"
    " perl-regexp:P line-regexp:x text:a color:s colour:s color=:Z colour=:Z include=:N exclude=:X exclude-dir=:D"
    " max-count=:m context=:C after-context=:A before-context=:B regexp=:e null:Z binary-files=:Z line-buffered:s"
)


def grep(words: Sequence[Word], flow: Flow) -> Flow:
    """Grep."""
    return _grep(words, flow, "")


def egrep(words: Sequence[Word], flow: Flow) -> Flow:
    """Grep -E."""
    return _grep(words, flow, "E")


def fgrep(words: Sequence[Word], flow: Flow) -> Flow:
    """Grep -F."""
    return _grep(words, flow, "F")


def rgrep(words: Sequence[Word], flow: Flow) -> Flow:
    """Grep -r."""
    return _grep(words, flow, "r")


def _grep(words: Sequence[Word], flow: Flow, implied: str) -> Flow:
    given = read_options("grep", words, "rRinHhlLcvwEFoqsPxaIUZGz", "eABCm", LONG)
    options = {**given.options, **dict.fromkeys(implied, "")}
    rest = list(given.rest)
    if "e" not in options:
        if not rest:
            raise NotTranslated("grep: no pattern")
        options["e"] = rest.pop(0).text
    rest = [word for word in rest if word.text != "/dev/null"]  # it only makes grep name the file
    given = Given(options, tuple(rest))
    pattern, how = _pattern(given)
    if given.has("r", "R") and not rest and flow.kind is Kind.NOTHING:
        return _in_files(flow, pattern, (), {**how, **_which_files(given)}, given)
    if rest:
        paths = paths_of("grep", rest, flow)
        return _in_files(flow, pattern, () if paths == (".",) else paths, {**how, **_which_files(given)}, given)
    return _in_pipe(flow, pattern, how, given)


def _pattern(given: Given) -> tuple[str, dict[str, Any]]:
    text = given.options["e"]
    how: dict[str, Any] = {"ignore_case": given.has("i"), "whole_word": given.has("w")}
    if not text or "\n" in text:
        raise NotTranslated("grep: an empty pattern")
    if given.has("F"):
        how["fixed"] = not is_plain(text)
    elif given.has("E", "P"):
        text = from_extended(text) if given.has("E") else text
    else:
        text = from_basic(text)
    if given.has("x"):
        text, how["fixed"] = f"^{text}$", False
    return text, how


def _which_files(given: Given) -> dict[str, Any]:
    which: dict[str, Any] = {}
    if given.has("N"):
        which["name"] = given.options["N"]
    if given.has("X", "D"):
        which["exclude"] = tuple(given.options[each] for each in "XD" if each in given.options)
    return which


def _in_files(flow: Flow, pattern: str, paths: tuple[str, ...], how: dict[str, Any], given: Given) -> Flow:
    if given.has("l", "L", "q"):
        without = given.has("L") or (given.has("v") and given.has("q"))
        if given.has("v") and not without:
            raise NotTranslated("grep: -lv")
        return flow.then("search_files", pattern, paths, kind=Kind.PATHS, look=Look.LINES, without=without, **how)
    if given.has("c"):
        if len(paths) != 1 or given.has("r", "R") or any(sign in paths[0] for sign in "*?["):
            found = flow.then("search", pattern, paths, kind=Kind.LINES, invert=given.has("v"), **how)
            return found.then("group", "path", kind=Kind.ROWS, look=Look.CELLS, columns=("path", "count"))
        return flow.then("count_matches", pattern, paths, kind=Kind.ROWS, look=Look.LINES, invert=given.has("v"), **how)
    around = {"context": "C", "before": "B", "after": "A", "max_per_file": "m"}
    numbers: dict[str, Any] = {name: given.number(key) for name, key in around.items()}
    return flow.then(
        "search", pattern, paths, kind=Kind.LINES, look=Look.MATCHES, invert=given.has("v"),
        only_matching=given.has("o"), **how, **numbers,
    )  # fmt: skip


def _processes(pattern: str, flow: Flow, given: Given) -> Flow:
    """`ps aux | grep name`: the processes whose command line holds it; `grep -v grep` takes out grep itself."""
    if given.has("v"):
        if pattern != "grep":
            raise NotTranslated("grep: processes left out")
        return flow
    name = re.sub(r"\[(\w)\]", r"\1", pattern)
    if not is_plain(name.replace(".", "")) or flow.last is None or flow.last.options:
        raise NotTranslated("grep: processes by pattern")
    found = flow.without_last()
    return found.then("processes", kind=Kind.ROWS, look=Look.CHECKED, columns=flow.columns, command=name)


def _in_pipe(flow: Flow, pattern: str, how: dict[str, Any], given: Given) -> Flow:
    if flow.kind in (Kind.NOTHING, Kind.DONE):
        raise NotTranslated("grep: standard input")
    if given.has("A", "B", "C", "l", "L", "q", "n", "H"):
        raise NotTranslated("grep: options that make no sense in a typed pipe")
    kind = flow.kind
    if flow.last is not None and flow.last.tool == "processes" and not given.has("o", "w", "m", "c"):
        return _processes(pattern, flow, given)
    if given.has("o"):
        if given.has("v", "w"):
            raise NotTranslated("grep: -ov")
        how.pop("whole_word")
        flow = flow.then("extract_text", pattern, kind=Kind.LINES, **how)
    else:
        look = flow.look
        flow = flow.then(
            "drop" if given.has("v") else "keep", pattern, kind=kind, look=look, columns=flow.columns, **how
        )
    if given.has("m"):
        flow = flow.then("first", given.number("m"), kind=kind)
    return flow.then("count", kind=Kind.ROWS, look=Look.LINES) if given.has("c") else flow
