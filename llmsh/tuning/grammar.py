"""All files of the paraphrase grammar together: what a name means in each of them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from llmsh.tuning.grammar_file import FILTER, NOUN, REQUEST, Block, GrammarFile, read_grammar
from llmsh.tuning.values_file import Value

COMMON = "common"
"""The area whose nouns, filters and slot kinds are those of every area."""


@dataclass(frozen=True)
class Grammar:
    """Grammar files by area."""

    files: Mapping[str, GrammarFile]

    @classmethod
    def of(cls, files: Sequence[GrammarFile]) -> Grammar:
        """The grammar of some files."""
        return cls({file.area: file for file in files})

    @classmethod
    def load(cls, folder: str | None = None, only: str = "") -> Grammar:
        """The grammar of the files *.txt of a folder; of those that ship with llmsh where none is named.

        `only` is the path of one file that is read alone, with the common one.
        """
        folder = folder or templates()
        paths = [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(".txt")]
        if only:
            common = os.path.join(folder, f"{COMMON}.txt")
            paths = [only] if os.path.basename(only) == f"{COMMON}.txt" else [common, only]
        return cls.of([read_grammar(path) for path in paths])

    def requests(self) -> list[Block]:
        """Every block that is a request."""
        return [block for file in self.files.values() for block in file.blocks if block.kind == REQUEST]

    def nouns(self, area: str, name: str) -> list[Block]:
        """What a noun stands for in an area: its own, or else the common one."""
        return self._named(area, NOUN, name)

    def filters(self, area: str, name: str) -> list[Block]:
        """What a filter means in an area: its own, or else the common one."""
        return self._named(area, FILTER, name)

    def kind(self, area: str, name: str) -> tuple[Value, ...]:
        """The values of a slot kind that the files define; none where they do not."""
        for place in (area, COMMON):
            if place in self.files and name in self.files[place].kinds:
                return self.files[place].kinds[name]
        return ()

    def _named(self, area: str, kind: str, name: str) -> list[Block]:
        for place in (area, COMMON):
            blocks = self.files[place].blocks if place in self.files else ()
            found = [block for block in blocks if block.kind == kind and block.name == name]
            if found:
                return found
        return []


def templates() -> str:
    """The folder of the grammar that ships with llmsh."""
    return os.path.join(os.path.dirname(__file__), "templates")
