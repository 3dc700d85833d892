"""Text on its way to a stream: cleaned for a terminal, raw bytes for a pipe, never an encoding error."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TextIO

from llmsh.clean import clean

ASCII = str.maketrans({"│": "|", "├": "|", "└": "`", "─": "-", "…": "...", "—": "-"})


def shown(text: str) -> str:
    """Text from the world as a terminal may have it, on one line. Tabs stay: they are part of what people copy."""
    return clean(text).replace("\n", "\\n")


def encodable(text: str, encoding: str | None) -> str:
    """The same text with what an encoding cannot hold written in ASCII, or escaped."""
    try:
        text.encode(encoding or "utf-8")
    except UnicodeEncodeError:
        plain = text.translate(ASCII)
        return plain.encode(encoding or "utf-8", "backslashreplace").decode(encoding or "utf-8")
    return text


def name_bytes(name: str) -> bytes:
    """A file name as the file system has it."""
    try:
        return os.fsencode(name)
    except UnicodeEncodeError:  # a name that came from elsewhere, in a locale that cannot hold it
        return text_bytes(name)


def text_bytes(text: str) -> bytes:
    """Text as the file it was read from has it."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a surrogate pair that stands for no byte
        return text.encode("utf-8", "backslashreplace")


class SafeStream:
    """A text stream that can write any text. OSError passes through, BrokenPipeError among them."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.encoding = getattr(stream, "encoding", None) or "utf-8"

    def write(self, text: str) -> int:
        """Write text that is already clean."""
        return self.stream.write(encodable(text, self.encoding))

    def flush(self) -> None:
        """Flush the stream."""
        self.stream.flush()

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self.stream.isatty()

    def fileno(self) -> int:
        """The file descriptor; rich asks it for the width."""
        return self.stream.fileno()

    def line(self, text: str) -> None:
        """Write one line for the user, cleaned."""
        self.write(shown(text) + "\n")
        self.flush()

    def data(self, lines: Iterable[str], *, names: bool = False) -> None:
        """Write lines of data: cleaned on a terminal, else the bytes they stand for. `names` are file names."""
        buffer = None if self.isatty() else getattr(self.stream, "buffer", None)
        encode = name_bytes if names else text_bytes
        self.flush()  # what was written as text comes first
        for line in lines:
            if buffer is not None:
                buffer.write(encode(line) + b"\n")
            else:
                self.write((shown(line) if self.isatty() else line) + "\n")
        self.flush()
