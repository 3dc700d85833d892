"""A command with its absolute paths led below a folder, and users that are not known here as one that is."""

from __future__ import annotations

import os
import pwd
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from llmsh.tuning.bash.parse import Pipeline, Word
from llmsh.tuning.bash.translate import PROGRAMS

READERS = ("grep", "egrep", "fgrep", "sed", "awk", "gawk", "tr", "echo", "zgrep", "perl", "rename")
"""Programs whose first argument is a pattern or a script, which may begin with / and is no path."""
RUNNERS = ("", "-exec", "-ok", "-execdir", "xargs", "sudo")
STRANGERS = ("daemon", "games", "mail", "news")
"""Users, each with a group of the same name, that every Linux has."""


@dataclass
class Leading:
    """Leads the words of one command; `names` are the users that were exchanged."""

    root: str
    names: dict[str, str] = field(default_factory=dict)

    def pipeline(self, pipeline: Pipeline) -> Pipeline:
        """The pipeline, led."""
        return tuple(
            replace(
                simple, words=self._words(simple.words),
                reads=simple.reads and self._path(simple.reads), writes=simple.writes and self._path(simple.writes),
            )
            for simple in pipeline
        )  # fmt: skip

    def undone(self, plan: str) -> str:
        """A plan of the led command without the folder."""
        return plan.replace(self.root, "").replace('""', '"/"')

    def renamed(self, plan: str) -> str:
        """A plan of the command itself, with the users that were exchanged."""
        for old, new in self.names.items():
            plan = plan.replace(f'"{old}"', f'"{new}"')
        return plan.replace('""', '"/"')

    def _words(self, words: Sequence[Word]) -> tuple[Word, ...]:
        led: list[Word] = []
        before, script, owner = "", False, False
        for word in words:
            text = word.text
            if script and not text.startswith("-"):
                script = False
                led.append(word)
            elif before in ("-user", "-group") or (owner and re.fullmatch(r"[\w][\w-]*[:.]?[\w-]*|:[\w-]+", text)):
                owner = False
                led.append(replace(word, text=re.sub(r"[\w-]+", lambda name: self._known(name[0]), text)))
            elif before == "-perm" or ((before in RUNNERS or before[:1] == "-") and _is_program(text)):
                led.append(word)
            else:
                led.append(self._path(word))
            script = script or (text in READERS and not any(other.text == "-e" for other in words))
            owner = owner or text in ("chown", "chgrp")
            before = text
        return tuple(led)

    def _path(self, word: Word) -> Word:
        if not word.text.startswith("/") or word.text.startswith(("/dev/", "/proc/")):
            return word
        return replace(word, text=self.root + word.text)

    def _known(self, name: str) -> str:
        try:
            pwd.getpwnam(name)
        except KeyError:
            if name.isdecimal():
                return name
            return self.names.setdefault(name, STRANGERS[len(self.names) % len(STRANGERS)])
        return name


def _is_program(text: str) -> bool:
    known = (*PROGRAMS, "find", "xargs")
    return re.fullmatch(r"/(usr/)?s?bin/\w+", text) is not None and os.path.basename(text) in known
