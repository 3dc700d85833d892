"""A bash line as pipelines of simple commands; whatever is beyond that is refused, never guessed.

Understood: quotes, backslashes, {a,b} and {1..3}, ~, $HOME, pipes, ; && and newlines between pipelines, redirections
to and from files. Refused: other variables, substitutions, loops, functions, here-documents, jobs.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, replace

from llmsh.errors import LlmshError

WILDCARDS = "*?["
SPECIAL = " \t\n|&;<>()"
RESERVED = ("for", "while", "until", "if", "case", "function", "{", "}", "!", "[[", "do", "done", "then", "select")
MOST_WORDS = 60


class NotTranslated(LlmshError):
    """A command that is not understood, or has no plan. The message is one of few, so that they can be counted."""


@dataclass(frozen=True)
class Word:
    """One word of a command. `pattern`: it holds wildcards that are not quoted. `given`: it is what the pipe brings."""

    text: str
    pattern: bool = False
    given: bool = False
    home: bool = False


GIVEN = Word("{}", given=True)


@dataclass(frozen=True)
class Simple:
    """One program with its arguments; `reads` and `writes` are the files of its redirections."""

    words: tuple[Word, ...]
    reads: Word | None = None
    writes: Word | None = None
    appends: bool = False


Pipeline = tuple[Simple, ...]


def parse(command: str) -> tuple[Pipeline, ...]:
    """The pipelines of a line, in order. Raises NotTranslated."""
    return _Parser(command).pipelines()


def written(pipelines: tuple[Pipeline, ...]) -> str:
    """The pipelines as bash reads them."""
    return " && ".join(" | ".join(_simple(simple) for simple in pipeline) for pipeline in pipelines)


def late(pipelines: tuple[Pipeline, ...]) -> str:
    """The same, but a file that is written is made once all is read: a list of files shall not hold itself."""
    last = pipelines[-1][-1]
    if last.writes is None:
        return written(pipelines)
    bare = replace(last, writes=None)
    command = written((*pipelines[:-1], (*pipelines[-1][:-1], bare)))
    return f"out=$({command}) && printf '%s\\n' \"$out\" {'>>' if last.appends else '>'} {quoted(last.writes)}"


def _simple(simple: Simple) -> str:
    parts = [quoted(word) for word in simple.words]
    if simple.reads is not None:
        parts.append("< " + quoted(simple.reads))
    if simple.writes is not None:
        parts.append((">> " if simple.appends else "> ") + quoted(simple.writes))
    return " ".join(parts)


def quoted(word: Word) -> str:
    """A word as bash reads it: its wildcards and its ~ stay free, all else is quoted."""
    text, start = word.text, ""
    if word.home and text.startswith("~"):
        start, slash, text = text.partition("/")
        start += slash
        if not text:
            return start
    if not word.pattern:
        return start + shlex.quote(text)
    return start + "".join(sign if sign in "*?[]!^" else shlex.quote(sign) for sign in text)


@dataclass
class _Piece:
    """A word in the making."""

    text: str = ""
    free: str = ""
    started: bool = False
    home: bool = False

    def add(self, text: str, *, quoted: bool) -> None:
        self.text += text
        self.free += "\0" * len(text) if quoted else text
        self.started = True


class _Parser:
    def __init__(self, command: str) -> None:
        self._text, self._at = command.strip(), 0
        self._done: list[Pipeline] = []
        self._pipeline: list[Simple] = []
        self._simple = Simple(())

    def pipelines(self) -> tuple[Pipeline, ...]:
        while self._at < len(self._text):
            self._step()
        self._end_pipeline()
        if not self._done:
            raise NotTranslated("an empty command")
        return tuple(self._done)

    def _step(self) -> None:
        rest = self._text[self._at :]
        if found := re.match(r"[ \t]+|\\\n", rest):
            self._at += found.end()
        elif found := re.match(r"&&|;(?!;)|\n", rest):
            self._at += found.end()
            self._end_pipeline()
        elif found := re.match(r"\|(?![|&])", rest):
            self._at += found.end()
            self._end_simple()
        elif found := re.match(r"[0-9&]?>>?(?!\()|<(?![<(&])|2>&1|1>&2", rest):
            self._redirect(found)
        elif rest[0] in "&|;<>()":
            raise NotTranslated("jobs, groups, here-documents or process substitution")
        elif rest[0] == "#":
            self._at = len(self._text)
        else:
            self._words()

    def _words(self) -> None:
        words = self._word()
        if not self._simple.words and (words[0].text in RESERVED or re.match(r"\w+=", words[0].text)):
            raise NotTranslated("loops, conditions or variables")
        self._simple = replace(self._simple, words=(*self._simple.words, *words))
        if len(self._simple.words) > MOST_WORDS:
            raise NotTranslated("a very long command")

    def _redirect(self, found: re.Match[str]) -> None:
        sign = found[0]
        self._at += found.end()
        if target := re.match(r"&[12-]", self._text[self._at :]):
            self._at += target.end()
            return
        if sign in ("2>&1", "1>&2"):
            return
        self._at += len(self._text[self._at :]) - len(self._text[self._at :].lstrip(" \t"))
        if self._at >= len(self._text) or self._text[self._at] in SPECIAL:
            raise NotTranslated("a redirection without a file")
        word = self._word()[0]
        if sign == "<":
            self._simple = replace(self._simple, reads=word)
        elif word.text == "/dev/null" and sign[0] in "2&":
            return
        elif sign[0] in "2&3456789":
            raise NotTranslated("standard error goes to a file")
        else:
            self._simple = replace(self._simple, writes=word, appends=sign.endswith(">>"))

    def _end_simple(self) -> None:
        if not self._simple.words:
            raise NotTranslated("a pipe without a command")
        self._pipeline.append(self._simple)
        self._simple = Simple(())

    def _end_pipeline(self) -> None:
        if self._simple.words or self._pipeline:
            self._end_simple()
            self._done.append(tuple(self._pipeline))
            self._pipeline = []

    def _word(self) -> list[Word]:
        piece = _Piece()
        while self._at < len(self._text) and self._text[self._at] not in SPECIAL:
            self._sign(piece)
        return _finished(piece)

    def _sign(self, piece: _Piece) -> None:
        sign = self._text[self._at]
        if sign == "'":
            end = self._text.find("'", self._at + 1)
            if end < 0:
                raise NotTranslated("an unfinished quote")
            piece.add(self._text[self._at + 1 : end], quoted=True)
            self._at = end + 1
        elif sign == '"':
            self._double(piece)
        elif sign == "\\":
            piece.add(self._text[self._at + 1 : self._at + 2], quoted=True)
            self._at += 2
        elif sign in "$`":
            self._variable(piece)
        else:
            if sign == "~" and not piece.started:
                piece.home = True
            piece.add(sign, quoted=False)
            self._at += 1

    def _variable(self, piece: _Piece) -> None:
        if here := re.match(r"\$PWD\b|\$\{PWD\}|\$\(pwd\)|`pwd`", self._text[self._at :]):
            piece.add(".", quoted=True)
            self._at += here.end()
            return
        found = re.match(r"\$HOME\b|\$\{HOME\}", self._text[self._at :])
        if found is None and re.match(r"\$(?=[\s\"|]|$)", self._text[self._at :]):
            piece.add("$", quoted=True)
            self._at += 1
            return
        if found is None or piece.text:
            raise NotTranslated("variables or command substitution")
        piece.home = True
        piece.add("~", quoted=True)
        self._at += found.end()

    def _double(self, piece: _Piece) -> None:
        self._at += 1
        piece.started = True
        while self._at < len(self._text) and self._text[self._at] != '"':
            sign = self._text[self._at]
            if sign == "\\" and self._text[self._at + 1 : self._at + 2] in ('"', "\\", "$", "`"):
                piece.add(self._text[self._at + 1], quoted=True)
                self._at += 2
            elif sign in "$`":
                self._variable(piece)
            else:
                piece.add(sign, quoted=True)
                self._at += 1
        if self._at >= len(self._text):
            raise NotTranslated("an unfinished quote")
        self._at += 1


def _finished(piece: _Piece) -> list[Word]:
    """The words that a piece is, its braces expanded. A wildcard that is quoted beside one that is not is refused."""
    free = any(sign in WILDCARDS for sign in piece.free)
    bound = any(sign in WILDCARDS and piece.free[at] == "\0" for at, sign in enumerate(piece.text))
    if free and bound:
        raise NotTranslated("a wildcard that is half quoted")
    texts = [piece.text]
    if "{" in piece.free and "{}" not in piece.free:
        texts = list(dict.fromkeys(_braces(piece.text)))
    return [Word(text, pattern=free, home=piece.home) for text in texts]


def _braces(text: str) -> list[str]:
    found = re.search(r"\{([^{}]*,[^{}]*)\}", text)
    span = re.search(r"\{([0-9]+)\.\.([0-9]+)\}", text)
    if found:
        choices = found[1].split(",")
    elif span and 0 <= int(span[2]) - int(span[1]) < MOST_WORDS:
        found, choices = span, [str(number) for number in range(int(span[1]), int(span[2]) + 1)]
    else:
        return [text]
    return [each for one in choices for each in _braces(text[: found.start()] + one + text[found.end() :])]
