"""Names with wildcards, compiled once: * ? [a-z] [!a-z] and {a,b}."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterable

from llmsh.errors import ToolFailed

MOST = 1000
CHOICE = re.compile(r"\{([^{}]*,[^{}]*)\}")

Test = Callable[[str], object]
"""True in a condition where a text is one that is meant."""


def braces(pattern: str) -> list[str]:
    """The patterns that {a,b} stands for, as in a shell. Raises ToolFailed: {a,b}{a,b}... doubles with each pair."""
    done: list[str] = []
    todo = [pattern]
    while todo:
        current = todo.pop()
        found = CHOICE.search(current)
        if found is None:
            done.append(current)
        else:
            todo.extend(current[: found.start()] + part + current[found.end() :] for part in found[1].split(","))
        if len(done) + len(todo) > MOST:
            raise ToolFailed(f"{pattern[:60]} stands for more than {MOST} names", "write fewer {a,b}")
    return done


def name_test(patterns: Iterable[str], *, ignore_case: bool = False) -> Test:
    """Whether a name is one of the patterns, whole."""
    written = [single for pattern in patterns for single in braces(pattern)]
    endings = tuple(single[1:] for single in written if single[0] == "*" and not set("*?[") & set(single[1:]))
    if len(endings) == len(written) and not ignore_case:
        return lambda name: name.endswith(endings)
    return _compile([_translate(single) for single in written], ignore_case)


def path_test(patterns: Iterable[str], *, ignore_case: bool = False) -> Test:
    """Whether a path is one of the patterns, whole, or ends in it; * goes across folders, "./" stands for the start."""
    written = [single for pattern in patterns for single in braces(pattern)]
    return _compile([_anchor(single) for single in written], ignore_case)


def _anchor(pattern: str) -> str:
    if pattern.startswith("/"):
        return _translate(pattern)
    if pattern.startswith("./"):
        return r"(?:\./)?" + _translate(pattern[2:])
    return "(?s:(?:.*/)?)" + _translate(re.sub(r"^\*+/", "", pattern))


def _translate(pattern: str) -> str:
    return fnmatch.translate(pattern.replace("[^", "[!"))


def _compile(expressions: list[str], ignore_case: bool) -> Test:
    flags = re.IGNORECASE if ignore_case else re.NOFLAG
    return re.compile("|".join(f"(?:{expression})" for expression in expressions), flags).match
