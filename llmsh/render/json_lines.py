"""JSON lines: one object a turn on standard output and nothing else there."""

from __future__ import annotations

from llmsh.render.plain import PlainRenderer
from llmsh.turn_json import json_chunks
from llmsh.types import Status, Turn


class JsonRenderer(PlainRenderer):
    """Writes turns as JSON. What JSON has no place for (notes, hints) is said on standard error, as in plain text."""

    def turn(self, turn: Turn) -> None:
        """Write one turn on one line."""
        for chunk in json_chunks(turn):
            self.stdout.write(chunk)
        self.stdout.write("\n")
        self.stdout.flush()
        if turn.result is not None:
            self.notes(turn.result)
        if turn.status is Status.FAILED:
            self.error(turn.message, turn.hint)
        elif turn.hint:
            message = self.translate(turn.message) if turn.status is Status.DENIED else turn.message
            self.sentence(message, turn.hint)
