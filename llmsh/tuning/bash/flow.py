"""What a translation has come to so far: the calls of the plan, and what the command's own output looks like there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from llmsh.tuning.bash.parse import NotTranslated, Word
from llmsh.types import Argument, Call

EMPTY: tuple[Argument, ...] = (None, False, ())


class Kind(Enum):
    """What comes out of the command's pipe at this point."""

    NOTHING = "nothing"
    PATHS = "paths"
    LINES = "lines"
    ROWS = "rows"
    DONE = "done"


class Look(Enum):
    """How the output of the command is held against that of the plan."""

    LINES = "the same lines"
    CELLS = "the same cells in each line, in any order"
    NAMES = "the same files, whatever else is told of them"
    NUMBER = "the same number, whatever name stands behind it"
    MATCHES = "the same lines found, with or without their place"
    DIFFERENCES = "the same lines added and taken away"
    SIZES = "the same files, each with a size"
    CHANGE = "the same change, whatever is said of it"
    CHECKED = "the plan fits; running it would touch the machine or needs what is not there"
    RUNS = "both succeed and tell something: it is the state of the machine"


@dataclass(frozen=True)
class Flow:
    """Calls so far. `columns` names what stands in each line of the command's output, where that is a table."""

    calls: tuple[Call, ...] = ()
    kind: Kind = Kind.NOTHING
    look: Look = Look.LINES
    columns: tuple[str, ...] = ()

    def then(
        self, tool: str, *args: Argument, kind: Kind, look: Look | None = None, columns: tuple[str, ...] = (),
        **options: Any,
    ) -> Flow:  # fmt: skip
        """With one call more. Options that are None, False or empty are left out; `kind_` is the option kind."""
        kept = tuple((name.rstrip("_"), _single(value)) for name, value in options.items() if value not in EMPTY)
        given = tuple(_single(value) for value in args if value not in (None, ()))
        call = Call(tool, given, kept)
        return Flow((*self.calls, call), kind, look or self.look, columns)

    @property
    def last(self) -> Call | None:
        """The last call."""
        return self.calls[-1] if self.calls else None

    def without_last(self) -> Flow:
        """Without its last call."""
        return replace(self, calls=self.calls[:-1])


Translator = Callable[[Sequence[Word], Flow], Flow]
"""From the arguments of a program and what flows into it to what flows out. Raises NotTranslated."""


def _single(value: Argument) -> Argument:
    return value[0] if isinstance(value, tuple) and len(value) == 1 else value


def option(call: Call, name: str) -> Argument:
    """The value of an option of a call, None where it is not given."""
    return dict(call.options).get(name)


@dataclass(frozen=True)
class Given:
    """The arguments of a program, read: options by their canonical name, the rest in order."""

    options: Mapping[str, str] = field(default_factory=dict)
    rest: tuple[Word, ...] = ()

    def has(self, *names: str) -> bool:
        """Whether one of the options is there."""
        return any(name in self.options for name in names)

    def number(self, name: str) -> int | None:
        """The number that an option holds, None where it is not there. Raises NotTranslated where it is none."""
        text = self.options.get(name)
        if text is not None and not text.isdecimal():
            raise NotTranslated("an option whose value is no number")
        return None if text is None else int(text)


def read_options(program: str, words: Sequence[Word], flags: str, valued: str = "", long: str = "") -> Given:
    """Read arguments as getopt does. `long` maps long options: "recursive:r" is -r, "name=:n" takes a value.

    Raises NotTranslated at an option that is not named here: what it would change is not known.
    """
    names = dict(item.split(":") for item in long.split())
    options: dict[str, str] = {}
    rest: list[Word] = []
    queue = list(words)
    while queue:
        word = queue.pop(0)
        text = word.text
        if word.given or len(text) < 2 or text[0] != "-":
            rest.append(word)
        elif text == "--":
            rest.extend(queue)
            break
        elif text.startswith("--"):
            _long(program, text, names, options, queue)
        else:
            _short(program, text[1:], (flags, valued), options, queue)
    return Given(options, tuple(rest))


def _long(program: str, text: str, names: Mapping[str, str], options: dict[str, str], queue: list[Word]) -> None:
    name, equals, value = text[2:].partition("=")
    if name in names and not equals:
        options[names[name]] = ""
    elif f"{name}=" in names:
        if not equals:
            if not queue:
                raise NotTranslated(f"{program}: --{name} without a value")
            value = queue.pop(0).text
        options[names[f"{name}="]] = value
    else:
        raise NotTranslated(f"{program}: option --{name}")


def _short(program: str, text: str, known: tuple[str, str], options: dict[str, str], queue: list[Word]) -> None:
    flags, valued = known
    while text:
        letter, text = text[0], text[1:]
        if letter in valued:
            if not text and not queue:
                raise NotTranslated(f"{program}: -{letter} without a value")
            options[letter] = text or queue.pop(0).text
            return
        if letter not in flags:
            raise NotTranslated(f"{program}: option -{letter}")
        options[letter] = ""


def paths_of(program: str, words: Sequence[Word], flow: Flow) -> tuple[str, ...]:
    """The files that a program is given by name; none where they all come from the pipe. Raises NotTranslated."""
    if any(word.given for word in words):
        if len(words) > 1:
            raise NotTranslated(f"{program}: files by name beside those of the pipe")
        return ()
    if flow.kind is not Kind.NOTHING:
        raise NotTranslated(f"{program}: files by name after a pipe")
    if not words:
        raise NotTranslated(f"{program}: standard input")
    return tuple(name.rstrip("/") or "/" for name in names_of(program, words))


def names_of(program: str, words: Sequence[Word]) -> tuple[str, ...]:
    """Names as a plan writes them. A name with a quoted wildcard in it would be taken for a pattern."""
    for word in words:
        if not word.pattern and any(sign in word.text for sign in "*?["):
            raise NotTranslated(f"{program}: a name with a wildcard in it")
        if word.text in ("-", ""):
            raise NotTranslated(f"{program}: standard input")
    return tuple(re.sub(r"^(?:\./+)+(?=.)", "", word.text) for word in words)
