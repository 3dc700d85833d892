"""Completion: programs and tools for the first word, slash commands, paths everywhere else."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from llmsh.clean import clean_line
from llmsh.commands import COMMANDS
from llmsh.registry import Registry

MOST = 200
WORD = re.compile(r"""[^\s"'|;&<>()=,\[\]]*""")
ESCAPED = re.compile(r"([\s\\\"'$`|;&<>()*?\[\]])")


class ShellCompleter(Completer):
    """Completes the word before the cursor."""

    def __init__(self, registry: Registry, environment: Mapping[str, str]) -> None:
        self._tools = sorted(tool.name for tool in registry)
        self._path = environment.get("PATH", os.defpath)

    def get_completions(
        self,
        document: Document,
        complete_event: CompleteEvent,  # noqa: ARG002  the interface's parameter
    ) -> Iterable[Completion]:
        """What the word before the cursor may become."""
        text = document.text_before_cursor
        word = (WORD.match(text[::-1]) or [""])[0][::-1]  # from its end: no word is tried twice
        before = text[: len(text) - len(word)]
        if text.startswith("/") and " " not in text:
            yield from _all((f"/{command.name}" for command in COMMANDS), word)
        if before.strip("!? ") == "" or before.rstrip().endswith("|"):
            yield from _all(self._tools, word, "tool")
            if word and "/" not in word:
                yield from _all(self._programs(word), word, "program")
        yield from _paths(word, quoted=before.endswith(('"', "'")))

    def _programs(self, start: str) -> list[str]:
        found: set[str] = set()
        for folder in self._path.split(os.pathsep):
            try:
                found.update(name for name in os.listdir(folder or ".") if name.startswith(start))
            except OSError:
                continue  # PATH may name folders that are not there
        return sorted(found)[:MOST]


def _all(names: Iterable[str], word: str, meta: str = "") -> Iterator[Completion]:
    for name in names:
        if name.startswith(word):
            yield Completion(name, -len(word), display=clean_line(name), display_meta=meta)


def _paths(word: str, *, quoted: bool) -> Iterator[Completion]:
    folder, start = os.path.split(word)
    try:
        with os.scandir(os.path.expanduser(folder) or ".") as entries:
            found = [(entry.name, entry.is_dir()) for entry in entries if entry.name.startswith(start)]
    except OSError:
        return
    for name, is_folder in sorted(found)[:MOST]:
        if name.startswith(".") and not start.startswith("."):
            continue
        shown = name + "/" * is_folder
        inserted = shown if quoted else ESCAPED.sub(r"\\\1", shown)
        yield Completion(inserted, -len(start), display=clean_line(shown))
