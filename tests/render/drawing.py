"""A turn, drawn into two strings at a fixed width and moment."""

from __future__ import annotations

import io
from datetime import datetime

from llmsh.render.human import HumanRenderer
from llmsh.render.json_lines import JsonRenderer
from llmsh.render.plain import PlainRenderer
from llmsh.types import FILE_COLUMNS, Files, Route, Rows, Status, Turn

NOW = datetime.fromisoformat("2026-01-10T12:00:00")
SECONDS = NOW.timestamp()
HOUR, DAY = 3600, 86400


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


class Pipe(io.TextIOWrapper):
    """A stream of bytes that is no terminal."""

    def __init__(self, encoding="utf-8"):
        super().__init__(io.BytesIO(), encoding=encoding, newline="\n")

    def bytes(self):
        self.flush()
        return self.buffer.getvalue()


def turn(result: Rows | None = None, status=Status.DONE, **fields) -> Turn:
    return Turn("the line", Route.ASK, status, result=result, **fields)


def files(*rows) -> Files:
    return Files(FILE_COLUMNS, list(rows))


def human(drawn: Turn, width=60, colour=False) -> tuple[str, str]:
    out, err = Terminal(), Terminal()
    HumanRenderer(out, err, colour=colour, now=lambda: NOW, width=width).turn(drawn)
    return out.getvalue(), err.getvalue()


def plain(drawn: Turn, encoding="utf-8") -> tuple[bytes, bytes]:
    out, err = Pipe(encoding), Pipe(encoding)
    PlainRenderer(out, err).turn(drawn)
    return out.bytes(), err.bytes()


def json_lines(drawn: Turn) -> tuple[bytes, bytes]:
    out, err = Pipe(), Pipe()
    JsonRenderer(out, err).turn(drawn)
    return out.bytes(), err.bytes()
