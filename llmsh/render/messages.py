"""The part that renderers share: what goes to standard error, and which part of a turn is drawn where."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from llmsh.certainty import choice_lines
from llmsh.clean import clean_line
from llmsh.errors import PlanError
from llmsh.language.translator import Translator
from llmsh.render.progress import Bar, Display, LineDisplay
from llmsh.render.stream import SafeStream
from llmsh.render.words import dry_run_rows, plan_line, preview_lines
from llmsh.types import Preview, Rows, Status, Turn

Part = tuple[str, str]
"""A text and its style."""

CARET_BEFORE, CARET_AFTER = 50, 50


class Messages(ABC):
    """A renderer but for its data. `say` is the one way to standard error; its words have been translated."""

    def __init__(self, stderr: SafeStream, *, colour: bool, translate: Translator | None = None) -> None:
        self.translate = translate or Translator({}, {})
        self.stderr = stderr
        self.colour = colour
        self.bar: Bar | None = None

    @abstractmethod
    def say(self, *parts: Part) -> None:
        """Write one line to standard error, cleaned."""

    @abstractmethod
    def data(self, rows: Rows, *, complete: bool) -> None:
        """Draw rows; those of a turn that failed are not complete."""

    @abstractmethod
    def answer(self, text: str) -> None:
        """Write what the model says on standard output."""

    def open_display(self) -> Display:
        """The bar for a terminal."""
        return LineDisplay(self.stderr, self.translate)

    def turn(self, turn: Turn) -> None:
        """Draw what became of a line."""
        if turn.status in (Status.DONE, Status.FAILED):
            self._result(turn)
        elif turn.status is Status.ANSWERED:
            self.answer(message_of(turn))
        elif turn.status is Status.DENIED:
            self.sentence(self.translate(turn.message), turn.hint)
        elif turn.unsure:
            self.sentence("\n".join(map(self.translate, turn.message.split("\n"))), turn.hint)
        else:  # the model's own words
            self.sentence(message_of(turn), turn.hint)

    def _result(self, turn: Turn) -> None:
        if turn.result is not None:
            self.data(turn.result, complete=turn.status is Status.DONE)
            self.notes(turn.result)
        elif turn.calls and turn.status is Status.DONE and all(call.ok is None for call in turn.calls):
            self.dry_run(turn)
        if turn.status is Status.FAILED and turn.column is not None:
            self.plan_error(PlanError(turn.message, turn.line.strip(), turn.column, turn.hint))
        elif turn.status is Status.FAILED and turn.message:
            self.error(turn.message, turn.hint)
        elif turn.message:
            self.sentence(self.translate(turn.message), turn.hint)

    def dry_run(self, turn: Turn) -> None:
        """A plan that was judged and not run: the plan, its verdicts and effects."""
        self.answer(turn.plan or "")
        self.data(dry_run_rows(turn.calls), complete=True)

    def notes(self, rows: Rows) -> None:
        """What is missing from rows."""
        for text in rows.notes:
            self.note(text)

    def sentence(self, text: str, hint: str = "", style: str = "") -> None:
        """A question, a refusal, a word about what was done."""
        for line in text.split("\n"):
            self.say((line, style))
        self._hint(hint)

    def plan_note(self, text: str) -> None:
        """The one line that says what is about to run."""
        self._hide_bar()
        self.say((plan_line(text), "dim"))

    def note(self, text: str) -> None:
        """A sentence for the user."""
        self.say((f"{self.translate('note:')} {self.translate(text)}", "dim"))

    def error(self, message: str, hint: str = "") -> None:
        """A cause, and what to do about it."""
        self.say((self.translate("error:"), "bold red"), (f" {self.translate(message)}", ""))
        self._hint(hint)

    def _hint(self, hint: str) -> None:
        if hint:
            self.say((self.translate("hint:"), "cyan"), (f" {self.translate(hint)}", ""))

    def plan_error(self, error: PlanError) -> None:
        """An error of a plan, with a caret below the column it is about."""
        self.say((self.translate("error:"), "bold red"), (f" {self.translate(error.message)}", ""))
        if error.text:
            for line in caret_lines(error.text, error.column):
                self.say((line, ""))
        self._hint(error.hint)

    def preview(self, preview: Preview) -> None:
        """What a call is about to do; a bar that is drawn steps aside until it has more to say."""
        self._hide_bar()
        self.say((preview.call, "bold"))
        for label, text in preview_lines(preview, self.translate):
            style = "bold yellow" if label in WARNINGS else ""
            self.say((f"  {self.translate(label)}", style), (f": {text}" if text else "", ""))

    def choices(self, unsure: str, plans: Sequence[str]) -> None:
        """Plans to choose from; a bar that is drawn steps aside."""
        self._hide_bar()
        self.sentence(self.translate(unsure))
        for line in choice_lines(plans):
            self.say((line, "bold"))

    def _hide_bar(self) -> None:
        if self.bar is not None:
            self.bar.hide()

    def progress(self) -> Bar:
        """A callback for something slow."""
        self.bar = Bar(self.open_display if self.stderr.isatty() else None)
        return self.bar


WARNINGS = ("deletes", "deletes for good", "overwrites", "sends signals to")


def message_of(turn: Turn) -> str:
    """What a turn says, or the text it ended with."""
    if turn.message or turn.result is None:
        return turn.message
    return "\n".join(str(row[0]) for row in turn.result.rows)


def caret_lines(text: str, column: int) -> tuple[str, str]:
    """The part of a plan around a column, and a caret below it. What is wide or escaped before it counts as shown."""
    from rich.cells import cell_len

    column = min(column, len(text))
    start = max(0, column - CARET_BEFORE)
    before = ("…" if start else "") + clean_line(text[start:column])
    rest = clean_line(text[column : column + CARET_AFTER]) + ("…" if len(text) > column + CARET_AFTER else "")
    return f"  {before}{rest}", "  " + " " * cell_len(before) + "^"
