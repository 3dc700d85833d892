"""Plain text: data to standard output by the contract that pipes rely on, everything else to standard error."""

from __future__ import annotations

from typing import TextIO

from llmsh.language.translator import Translator
from llmsh.plain import plain_lines
from llmsh.render.messages import Messages, Part
from llmsh.render.progress import Display, LineDisplay, RichDisplay
from llmsh.render.stream import SafeStream
from llmsh.render.words import FIRST_NAMES, are_changes, change_groups, count, listed
from llmsh.types import Files, Rows, Tree


class PlainRenderer(Messages):
    """Draws turns for pipes and files. Nothing it writes to standard output holds an escape code of ours."""

    def __init__(
        self, stdout: TextIO, stderr: TextIO, *, colour: bool = False, translate: Translator | None = None
    ) -> None:
        super().__init__(SafeStream(stderr), colour=colour, translate=translate)
        self.stdout = SafeStream(stdout)

    def say(self, *parts: Part) -> None:
        """Write one line to standard error, cleaned."""
        self.stderr.line("".join(text for text, _ in parts))

    def answer(self, text: str) -> None:
        """Write what the model says on standard output."""
        self.stdout.data(text.split("\n"))

    def data(self, rows: Rows, *, complete: bool) -> None:  # noqa: ARG002  a part is written like the whole
        """Write rows; what was changed is told, not given."""
        if are_changes(rows):
            for action, names in change_groups(rows):
                done = f"{self.translate(action)} {self.translate(count(len(names), 'file'))}"
                self.say((f"{done}: {listed(names, FIRST_NAMES, translate=self.translate)}", ""))
        else:
            self.stdout.data(plain_lines(rows), names=isinstance(rows, Files) and not isinstance(rows, Tree))

    def open_display(self) -> Display:
        """The bar for a terminal, where only standard output is none."""
        if not self.colour:
            return LineDisplay(self.stderr, self.translate)
        from llmsh.render.console import make_console

        return RichDisplay(make_console(self.stderr, colour=True), self.translate)
