"""What a slash command is and what it may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from llmsh.config import Config, Folders
from llmsh.loading import ModelLoader
from llmsh.models.catalogue import Catalogue
from llmsh.plugins import Loaded
from llmsh.registry import Registry
from llmsh.sandbox.tiers import Finding
from llmsh.session import Session
from llmsh.store.turns import Turns
from llmsh.types import LINE, Observe, Rows, Text


@dataclass(frozen=True)
class Context:
    """The parts of the shell that commands work on."""

    registry: Registry
    session: Session
    config: Config
    folders: Folders
    environment: Mapping[str, str]
    catalogue: Catalogue
    plugins: tuple[Loaded, ...]
    loader: ModelLoader
    turns: Turns
    observe: Observe
    examine: Callable[[], Finding]


Run = Callable[[Context, list[str]], Rows]


@dataclass(frozen=True)
class Command:
    """A slash command: its name, how it is written, what it does, and the function that does it."""

    name: str
    usage: str
    help: str
    run: Run


def said(*lines: str) -> Text:
    """Lines of text as a result."""
    return Text(LINE, [(line,) for line in lines])
