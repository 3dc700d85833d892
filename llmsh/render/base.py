"""What every renderer can do."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from llmsh.errors import PlanError
from llmsh.types import Observe, Preview, Turn


class Renderer(Protocol):
    """Draws turns, and whatever the user must see before a turn ends. Data goes to stdout, all else to stderr."""

    def turn(self, turn: Turn) -> None:
        """Draw what became of a line."""
        ...

    def plan_note(self, text: str) -> None:
        """The one line that says what is about to run."""
        ...

    def progress(self) -> AbstractContextManager[Observe]:
        """A callback for something slow. It draws after half a second, on a terminal alone, and leaves nothing."""
        ...

    def preview(self, preview: Preview) -> None:
        """What a call is about to do, to be read before it is approved; a bar that is drawn steps aside."""
        ...

    def choices(self, unsure: str, plans: Sequence[str]) -> None:
        """Why it is unclear what is meant, and the plans to choose from, by number."""
        ...

    def note(self, text: str) -> None:
        """A sentence for the user."""
        ...

    def error(self, message: str, hint: str = "") -> None:
        """A cause, and what to do about it."""
        ...

    def plan_error(self, error: PlanError) -> None:
        """An error of a plan, with a caret below the column it is about."""
        ...
