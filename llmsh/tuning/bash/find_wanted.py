"""What a find command wants, as its tests are read into arguments of find_files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from llmsh.tuning.bash.find_words import Test
from llmsh.tuning.bash.parse import NotTranslated
from llmsh.types import Argument

KINDS = {"f": "file", "d": "folder", "l": "link", "p": "fifo", "s": "socket", "b": "device", "c": "device"}
UNITS = {"c": "", "k": "K", "M": "M", "G": "G"}
NAMES = ("-name", "-iname")
PATHS = ("-path", "-wholename", "-ipath", "-iwholename")


@dataclass
class Wanted:
    """The arguments of find_files, as they are gathered; `after` are the rows to keep, `actions` what is done."""

    options: dict[str, Argument] = field(default_factory=dict)
    after: list[tuple[str, str, str]] = field(default_factory=list)
    actions: list[Test] = field(default_factory=list)

    def set(self, **options: Argument) -> None:
        """Set an option once. Raises NotTranslated where it is there with another value."""
        for name, value in options.items():
            if name in self.options and self.options[name] != value:
                raise NotTranslated(f"find: two tests for {name}")
            self.options[name] = value

    def extend(self, name: str, values: tuple[str, ...]) -> None:
        """Add to a list."""
        there = self.options.get(name, ())
        self.options[name] = tuple(dict.fromkeys((*(there if isinstance(there, tuple) else ()), *values)))


def unescaped(pattern: str) -> str:
    """A pattern in the wildcards that find_files has. Raises NotTranslated where it holds escapes or braces."""
    pattern = re.sub(r"\\([.\- _])", r"\1", pattern).replace("[^", "[!")
    if "\\" in pattern or "{" in pattern or not pattern:
        raise NotTranslated("find: a pattern with escapes")
    return pattern
