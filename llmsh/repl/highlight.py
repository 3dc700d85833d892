"""Colours what is typed: a plan's tools and texts, a slash command, the sigils."""

from __future__ import annotations

import re
from collections.abc import Callable

from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.lexers import Lexer

from llmsh.registry import Registry

# A name begins where no name is going on: tried at every letter, a pasted word of 50,000 would take minutes.
TOKENS = re.compile(r'(?P<text>"(?:[^"\\]|\\.)*"?)|(?P<name>(?<![a-z_])[a-z_]+)(?=\()|(?P<sign>^[!?/]\w*)|(?P<pipe>\|)')
STYLES = {"text": "ansigreen", "name": "ansicyan", "sign": "ansimagenta", "pipe": "ansiyellow"}


class PlanLexer(Lexer):
    """Styles names of tools, quoted texts, pipes and sigils."""

    def __init__(self, registry: Registry) -> None:
        self._names = {tool.name for tool in registry}

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        """The styled text of each line."""
        lines = document.lines
        return lambda number: self._line(lines[number]) if number < len(lines) else []

    def _line(self, line: str) -> StyleAndTextTuples:
        styled: StyleAndTextTuples = []
        end = 0
        for found in TOKENS.finditer(line):
            kind = found.lastgroup or ""
            style = STYLES[kind] if kind != "name" or found[0] in self._names else ""
            styled += [("", line[end : found.start()]), (style, found[0])]
            end = found.end()
        return [*styled, ("", line[end:])]
