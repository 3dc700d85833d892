"""One-line notes, kept in ~/notes.txt: a plugin with a tool that writes and a tool that reads."""

from __future__ import annotations

import os
from typing import Any

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Path, tool
from llmsh.types import CHANGE_COLUMNS, LINE, Changes, Effects, Text

NOTES = "~/notes.txt"


def writes_notes(file: str, **_: Any) -> Effects:
    """What `note` would do: it is shown before it runs, judged by policy, and enforced by the sandbox."""
    return Effects(writes=(os.path.expanduser(file),))


def reads_notes(file: str, **_: Any) -> Effects:
    """What `notes` would do."""
    return Effects(reads=(os.path.expanduser(file),))


@tool(
    effects=writes_notes,
    also=("remember", "jot down", "memo", "remind", "记下", "备忘"),
    examples=(
        Example("note that the train leaves at 9:40", 'note("the train leaves at 9:40")'),
        Example("could you jot down: water the plants", 'note("water the plants")'),
        Example('add "ship it" to todo.txt as a note', 'note("ship it", file="todo.txt")', finds=("todo.txt",)),
        Example("记下 明天交房租", 'note("明天交房租")', language="zh"),
    ),
)
def note(text: str, *, file: Path = NOTES) -> Changes:
    """Keep a one-line note.

    Args:
        text: what to remember.
        file: where notes are kept.
    """
    path = os.path.expanduser(file)
    if os.path.exists(path) and not os.path.isfile(path):  # a pipe would never answer
        raise ToolFailed(f"{file} cannot be written: expected a file", "name another one: file=...")
    try:
        with open(path, "a", encoding="utf-8", errors="surrogateescape") as target:
            target.write(" ".join(text.split()) + "\n")
    except OSError as error:
        raise ToolFailed(f"{file} cannot be written: {error.strerror}") from error
    return Changes(CHANGE_COLUMNS, [(path if file == NOTES else file, "written", None)])


@tool(
    effects=reads_notes,
    also=("my notes", "reminders", "memos", "笔记", "备忘录"),
    examples=(
        Example("my notes", "notes()"),
        Example("what did I note about the train?", 'notes(about="train")'),
        Example("please show the notes in todo.txt", 'notes(file="todo.txt")', finds=("one", "two", "three")),
        Example("看一下我的笔记", "notes()", language="zh"),
    ),
)
def notes(*, about: str = "", file: Path = NOTES) -> Text:
    """Show the notes that were kept.

    Args:
        about: only those that hold this word.
        file: where notes are kept.
    """
    path = os.path.expanduser(file)
    if not os.path.isfile(path):
        return Text(LINE, [], ["there are no notes yet"])
    with open(path, encoding="utf-8", errors="surrogateescape") as source:
        return Text(LINE, [(line.rstrip("\n"),) for line in source if about.casefold() in line.casefold()])


def register(registry: Any) -> None:
    """Called once when llmsh starts, and once in the process that runs tools."""
    registry.tool(note)
    registry.tool(notes)
