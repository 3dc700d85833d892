"""Paths that a request names and that its plan does not speak of: the plan leaves out a part of what was asked.

Only what is surely a path counts: an absolute one below a folder that is there, one below the home folder, or the name
of what is there. A plan speaks of it when it has it, or its name, or a pattern that fits it. One that goes on from the
previous result or from piped input may stand for anything; one whose tools take no paths has no place for it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from fnmatch import fnmatchcase

from llmsh.certainty import may_change, speaks
from llmsh.check import BoundPlan
from llmsh.said import PATHS, parts, words
from llmsh.types import Plan

ODD = re.compile(r"[*?\[\]{}$\\|\0]|^//")
"""What makes a word more than a path: patterns, variables, an escaped space, what is left of an address."""
LONGEST = 1000
PATTERN = re.compile(r"[*?\[]")
CHINESE = re.compile("[\u3400-\u9fff]")
NAME = r"[\w.-]"
GOES_ON = re.compile(r"[A-Za-z0-9_./-]")
"""What a path may go on with. Chinese needs no space behind a name: /etc/hosts的前三行."""


def left_out(plan: BoundPlan, request: str) -> tuple[str, ...]:
    """The paths in a request that a plan does not speak of; none where the plan is words alone."""
    calls = [call for step in plan.steps for call in step.calls]
    takes_paths = any(parameter.kind.name in PATHS for call in calls for parameter in call.tool.parameters)
    if speaks(plan) or plan.plan.steps[0].source is not None or not takes_paths:
        return ()
    said = [word for word in dict.fromkeys(words(request)) if _is_path(word)]
    spoken = _Spoken(tuple(_texts(plan.plan)), said, reads=not may_change(plan)) if said else None
    return tuple(word for word in said if spoken and not spoken.of(word))


def _is_path(word: str) -> bool:
    if not parts(word) or len(word) > LONGEST or ODD.search(word) or word.startswith("/dev/"):
        return False
    if word.startswith("/"):
        return os.path.lexists("/" + parts(word)[0])
    return word.startswith("~/") or (("/" in word or "." in word) and os.path.lexists(word))


class _Spoken:
    """What a plan speaks of: its texts, as they are and as whole paths."""

    def __init__(self, texts: Sequence[str], said: Sequence[str], *, reads: bool) -> None:
        self._texts, self._reads = texts, reads
        self._here = "/"
        with suppress(OSError):  # the working folder may be gone
            self._here = os.getcwd()
        self._whole = {self._path(text) for text in texts}
        self._names = [parts(word)[-1].lower() for word in said]

    def of(self, word: str) -> bool:
        """Whether it speaks of a path in any way; where it only reads, the folder around it or above here will do."""
        path, name = self._path(word), parts(word)[-1].lower()
        if path in {self._here, *self._whole} or any(
            _begins(word, text) or _goes_on(word, text) for text in self._texts
        ):
            return True
        if self._reads and (os.path.dirname(path) in self._whole or f"{self._here}/".startswith(f"{path}/")):
            return True
        alone = self._names.count(name) == 1
        return any(self._fits(path, name, text, alone=alone) for text in self._texts)

    def _fits(self, path: str, name: str, text: str, *, alone: bool) -> bool:
        """Whether a text has the name of a path, or is a pattern for it. A bare * fits only in the very folder."""
        folder, _, last = text.lower().rpartition("/")
        if PATTERN.search(last):
            same = self._path(folder or ".") == os.path.dirname(path)
            return fnmatchcase(name, last) and (same or bool(re.search(r"\w", last)))
        return alone and re.search(rf"(?<!{NAME}){re.escape(name)}(?!{NAME})", text.lower()) is not None

    def _path(self, text: str) -> str:
        return os.path.normpath(os.path.join(self._here, os.path.expanduser(text))).lower()


def _begins(word: str, text: str) -> bool:
    """Whether a path stands in a text, where it may go on with what is below it: /etc/*.conf for /etc."""
    return re.search(rf"(?<!{NAME}){re.escape(word)}(?!{NAME})", text) is not None


def _goes_on(word: str, text: str) -> bool:
    """Whether a word is a path of the plan, or its folder, with Chinese behind it, and no path itself."""
    if os.path.lexists(os.path.expanduser(word)):
        return False
    plain = CHINESE.split(word)[0].rstrip("/")
    if parts(plain) and plain != word and _begins(plain, text):
        return True
    for path in (text.rstrip("/"), os.path.dirname(PATTERN.split(text)[0])):
        if parts(path) and word.startswith(path) and not GOES_ON.match(word.removeprefix(path).lstrip("/") or "/"):
            return True
    return False


def _texts(plan: Plan) -> Iterator[str]:
    for step in plan.steps:
        for call in step.calls:
            for value in (*call.args, *(value for _, value in call.options)):
                yield from (str(item) for item in (value if isinstance(value, tuple) else (value,)))
