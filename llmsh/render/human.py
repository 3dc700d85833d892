"""Drawing for people at a terminal: tables, trees, colours, sizes and ages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import TextIO

from rich.text import Text as Line

from llmsh.language.translator import Translator
from llmsh.render.cells import number_sentence, one_cell, safe
from llmsh.render.console import make_console, put
from llmsh.render.messages import Messages, Part
from llmsh.render.progress import Display, RichDisplay
from llmsh.render.sayings import translated
from llmsh.render.stream import SafeStream
from llmsh.render.table import table_lines
from llmsh.render.text import diff_lines, match_lines, text_lines, tree_lines
from llmsh.render.words import FIRST_NAMES, are_changes, change_groups, count, dry_run_rows
from llmsh.types import Changes, Diff, Files, Matches, Number, Route, Rows, Text, Tree, Turn

MOST_ROWS = 500
MANY_FILES = 10


class HumanRenderer(Messages):
    """Draws turns with rich. `now` is what ages are counted from; `width` is the terminal's where it is None."""

    def __init__(
        self,
        stdout: TextIO,
        stderr: TextIO,
        *,
        colour: bool,
        now: Callable[[], datetime] = datetime.now,
        width: int | None = None,
        translate: Translator | None = None,
    ) -> None:
        super().__init__(SafeStream(stderr), colour=colour, translate=translate)
        self.out = make_console(SafeStream(stdout), colour=colour, width=width)
        self.err = make_console(self.stderr, colour=colour, width=width)
        self.now = now

    def say(self, *parts: Part) -> None:
        """Write one line to standard error, cleaned."""
        put(self.err, [Line.assemble(*(safe(text, style) for text, style in parts))])

    def answer(self, text: str) -> None:
        """Write what the model says on standard output."""
        put(self.out, (safe(line) for line in text.split("\n")))

    def open_display(self) -> Display:
        """The bar for a terminal."""
        return RichDisplay(self.err, self.translate) if self.colour else super().open_display()

    def turn(self, turn: Turn) -> None:
        """Draw what became of a line. What llmsh's own commands say is for people, and translated as they are."""
        if turn.route is Route.SLASH and turn.result is not None:
            turn = replace(turn, result=translated(turn.result, self.translate))
        super().turn(turn)

    def dry_run(self, turn: Turn) -> None:
        """A plan that was judged and not run."""
        self.answer(turn.plan or "")
        self.data(dry_run_rows(turn.calls, self.translate), complete=True)

    def data(self, rows: Rows, *, complete: bool) -> None:
        """Draw rows by what they are."""
        if are_changes(rows):
            self._changes(rows)
            return
        lines = self._lines(rows)
        first = next(lines, None)
        if first is not None:
            put(self.out, (line for part in ([first], lines) for line in part))
            self._summary(rows)
        elif complete:
            self.say((self.translate(nothing(rows)), "dim"))

    def _lines(self, rows: Rows) -> Iterator[Line]:
        names = [column.name for column in rows.columns]
        if isinstance(rows, Number):
            unit, now = rows.columns[0].unit, self.now()
            return (one_cell(number_sentence(row[0], unit, now, self.translate), "bold") for row in rows.rows)
        if isinstance(rows, Diff):
            return diff_lines(rows)
        if isinstance(rows, Text):
            return text_lines(rows)
        if isinstance(rows, Tree) and names[:1] == ["path"]:
            return islice(tree_lines(rows), MOST_ROWS)
        shown = list(islice(rows.rows, MOST_ROWS))
        if isinstance(rows, Matches) and names == ["path", "line", "text"]:
            return match_lines(shown)
        return table_lines(rows, shown, self.out, self.now(), self.translate) if shown else iter(())

    def _summary(self, rows: Rows) -> None:
        """What was left out, or how many files there are where nobody would count them."""
        if isinstance(rows, Text | Number):
            return
        total = len(list(rows.rows))
        if total > MOST_ROWS:
            more = f'… and {total - MOST_ROWS:,} more (| save("file") or --plain for all)'
            self.say((self.translate(more), "dim"))
        elif total > MANY_FILES and isinstance(rows, Files) and not isinstance(rows, Tree):
            self.say((self.translate(count(total, "file")), "dim"))

    def _changes(self, rows: Rows) -> None:
        groups = change_groups(rows)
        if not groups:
            self.say((self.translate(nothing(rows)), "dim"))
        for action, names in groups:
            done = self.translate(action)
            if len(names) == 1:
                self.say((f"{done} ", ""), (names[0], "bold"))
                continue
            self.say((f"{done} {self.translate(count(len(names), 'file'))}", ""))
            for name in names[:FIRST_NAMES]:
                self.say((f"  {name}", "bold"))
            if len(names) > FIRST_NAMES:
                self.say((self.translate(f"  … and {len(names) - FIRST_NAMES:,} more"), "dim"))


def nothing(rows: Rows) -> str:
    """What is said of no rows at all."""
    if isinstance(rows, Diff):
        return "no differences"
    if isinstance(rows, Changes):
        return "nothing changed"
    return "no text" if isinstance(rows, Text) else "nothing found"
