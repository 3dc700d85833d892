"""What the planner asks of an engine: messages and a grammar in, text and its probability out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from llmsh.backends.calibration import Calibration
from llmsh.types import ModelInfo, Timings


@dataclass(frozen=True)
class Message:
    """One turn of the conversation that the model's own chat template renders."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True)
class Prompt:
    """Messages for the model. The first `stable` of them are the same for every line, so their state is kept."""

    messages: tuple[Message, ...]
    stable: int


@dataclass(frozen=True)
class Completion:
    """What the model wrote, the probability it gave to writing exactly that (0 to 1), and what it cost.

    `complete` is False where the limit of tokens ended it.
    """

    text: str
    probability: float
    complete: bool
    prompt_tokens: int
    tokens: int
    timings: Timings


class Backend(Protocol):
    """An engine with a model in it. A backend that cannot enforce a grammar must refuse it, not ignore it."""

    @property
    def info(self) -> ModelInfo:
        """Which model this is."""
        ...

    @property
    def calibration(self) -> Calibration:
        """How often what it writes with a given probability is right."""
        ...

    def complete(self, prompt: Prompt, grammar: str | None, limit: int) -> Completion:
        """The likeliest continuation of a prompt that was found, under a GBNF grammar with the rule `root`.

        It has at most `limit` tokens.

        Raises KeyboardInterrupt between two tokens; the backend stays usable.
        """
        ...

    def alternatives(self, prompt: Prompt, grammar: str | None, limit: int) -> Iterator[Completion]:
        """Other ways to continue a prompt, those first that part from the likeliest one where it was least sure.

        Each costs its own decoding when it is asked for. The texts differ; what they mean may be the same.
        """
        ...
