"""A command line cut into words, operators and simple commands, without expanding or running anything."""

from __future__ import annotations

import re
from dataclasses import dataclass

OPERATOR = re.compile(r"\d*(?:<<<|<<-?|>>|>&|<&|<>|>\||>|<)|&>>|&>|&&|\|\||\|&|;;|[|&;()\n]")
REDIRECTS = re.compile(r"\d*[<>]|&>")
HEREDOC = re.compile(r"<<-?\s*(['\"]?)(\w+)\1[^\n]*\n.*?^\s*\2[ \t]*$", re.DOTALL | re.MULTILINE)
DEEPEST = 40
MOST_HEREDOCS = 20


@dataclass(frozen=True)
class Word:
    """One word as typed. `quoted`: part of it stands in quotes; `expands`: it holds `$x`, `$(...)` or backquotes."""

    text: str
    quoted: bool = False
    expands: bool = False


@dataclass(frozen=True)
class Simple:
    """A simple command: its words, its redirections (`>out.txt`, `2>&1`), and the operator that follows it."""

    words: tuple[Word, ...]
    redirects: tuple[str, ...]
    then: str


def simple_commands(line: str) -> tuple[Simple, ...] | None:
    """The simple commands of a line; None where a quote or bracket is never closed, as in `what's up`."""
    heredocs = 0 < line.count("<<") <= MOST_HEREDOCS  # each is searched to the end of the line: a flood would take long
    tokens = _tokens(HEREDOC.sub("", line) if heredocs else line)
    if tokens is None:
        return None
    found: list[Simple] = []
    words: list[Word] = []
    redirects: list[str] = []
    awaiting = ""
    for token in (*tokens, "\n"):
        if isinstance(token, Word):
            if awaiting:
                redirects.append(awaiting + token.text)
            else:
                words.append(token)
            awaiting = ""
        elif REDIRECTS.match(token):
            awaiting = token
        else:
            if words or redirects:
                found.append(Simple(tuple(words), tuple(redirects), token))
            words, redirects, awaiting = [], [], ""
    return tuple(found)


def _tokens(line: str) -> list[Word | str] | None:
    tokens: list[Word | str] = []
    place = 0
    while place < len(line):
        char = line[place]
        operator = OPERATOR.match(line, place)
        if char == "#":
            place = (line + "\n").index("\n", place)
        elif operator and not line.startswith(("<(", ">("), place):
            tokens.append(operator[0])
            place = operator.end()
        elif char.isspace():
            place += 1
        else:
            end = _word_end(line, place)
            if end is None:
                return None
            text = line[place:end]
            tokens.append(Word(text, re.search(r"['\"\\]", text) is not None, EXPANDS.search(text) is not None))
            place = end
    return tokens


EXPANDS = re.compile(r"\$[A-Za-z_({?!#@*\d]|`|[<>]\(")


def _word_end(line: str, place: int) -> int | None:
    """Where the word that starts at `place` ends; None where something in it is never closed."""
    while place < len(line):
        char = line[place]
        if char == "\\":
            place += 2
            continue
        if char in "'\"`" or line.startswith(("$(", "${", "<(", ">("), place):
            end = _closed(line, place, 0)
            if end is None:
                return None
            place = end
        elif char.isspace() or char in "|&;()<>":
            break
        else:
            place += 1
    return min(place, len(line))


def _closed(line: str, place: int, depth: int) -> int | None:
    """The place behind the quote or bracket that opens at `place`."""
    opener = line[place]
    if opener == "'":
        end = line.find("'", place + 1)
        return None if end < 0 else end + 1
    if depth > DEEPEST:
        return None
    if opener in '"`':
        closer, place = opener, place + 1
    else:
        closer, place = {"(": ")", "{": "}"}[line[place + 1]], place + 2
    while place < len(line):
        char = line[place]
        if char == closer:
            return place + 1
        if char == "\\":
            place += 2
        elif line.startswith("$(", place) or (closer in ")}" and char in "'\"`"):
            inner = _closed(line, place, depth + 1)
            if inner is None:
                return None
            place = inner
        elif closer == ")" and char == "(":
            inner = _closed(line, place - 1, depth + 1)
            if inner is None:
                return None
            place = inner
        else:
            place += 1
    return None
