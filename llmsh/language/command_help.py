"""The help of the command line in the language of the user: the words of the commands, and those typer puts around."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from llmsh.language.translator import Translate

EXTRA = re.compile(r"(.*?)(?:  (\[.*\]))?", re.DOTALL)
"""A text of help, and what typer knows of the option besides: `Cases at once.  [default: 1; x>=1]`."""
WORDS = re.compile("default|required")


def speak(command: Any, translate: Translate) -> None:
    """Translate a command and all below it, in place. It is a type of typer's, which only the command line knows."""
    command.help = translate(command.help or "")
    command.short_help = command.help
    command.context_class = _context(command.context_class, translate)
    for below in getattr(command, "commands", {}).values():
        speak(below, translate)


def _context(base: type[Any], translate: Translate) -> type[Any]:
    """A context whose help is written by a formatter that translates."""
    plain = base.formatter_class

    class Formatter(plain):  # type: ignore[misc, valid-type]
        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            super().write_usage(prog, args, prefix or translate("Usage: "))

        def write_heading(self, heading: str) -> None:
            super().write_heading(translate(heading))

        def write_dl(self, rows: Sequence[tuple[str, str]], *more: Any, **named: Any) -> None:
            super().write_dl([(name, _said(text, translate)) for name, text in rows], *more, **named)

    return type(base.__name__, (base,), {"formatter_class": Formatter})


def _said(text: str, translate: Translate) -> str:
    found = EXTRA.fullmatch(text)
    if found is None or not found[2]:
        return translate(text)
    return f"{translate(found[1])}  {WORDS.sub(lambda word: translate(word[0]), found[2])}"
