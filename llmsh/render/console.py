"""rich consoles that stay within the 16 colours of the user's theme and read no markup."""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import chain, islice
from typing import IO, cast

from rich.console import Console
from rich.segment import Segments
from rich.text import Text

from llmsh.render.stream import SafeStream

BATCH = 200
"""Lines in one write: few enough to appear at once, many enough to be quick."""


class QuietConsole(Console):
    """A console whose closed pipe is its caller's affair: rich itself would leave the program."""

    def on_broken_pipe(self) -> None:
        """Called while BrokenPipeError is handled: let it go on."""
        raise  # noqa: PLE0704


def make_console(stream: SafeStream, *, colour: bool, width: int | None = None) -> QuietConsole:
    """A console without markup, emoji names or guessing: nothing in the data can style or link itself."""
    return QuietConsole(
        file=cast("IO[str]", stream),
        color_system="standard" if colour else None,
        no_color=not colour,
        force_terminal=colour,
        width=width,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        # the caller has decided about TERM, NO_COLOR and the like; rich would decide once more
        _environ={name: os.environ[name] for name in ("COLUMNS", "LINES") if name in os.environ},
    )


def put(console: Console, lines: Iterable[Text]) -> None:
    """Write lines as they are: the terminal wraps them, tabs stay tabs, so that what is copied is what was there."""
    lines = iter(lines)
    while batch := list(islice(lines, BATCH)):
        # render() sees spans alone, not the style of a whole text
        spans = (Text().append_text(line).render(console, end="\n") for line in batch)
        console.print(Segments(chain.from_iterable(spans)), soft_wrap=True, end="")
