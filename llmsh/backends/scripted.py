"""A backend that answers from a script: for tests, demonstrations and a shell without weights."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from llmsh.backends.base import Completion, Prompt
from llmsh.backends.calibration import Calibration
from llmsh.errors import ConfigError, NotUnderstood
from llmsh.types import ModelInfo, Timings

Answers = Mapping[str, str | Sequence[tuple[str, float]]]
"""What is said to each request: a plan, or plans with their probabilities, the likeliest first."""
PROBABILITY = 0.99


class ScriptedBackend:
    """Answers each request with the plan its script holds; a request that is not in it is an error."""

    def __init__(self, answers: Answers) -> None:
        self._answers = {
            request: ((said, PROBABILITY),) if isinstance(said, str) else tuple(said)
            for request, said in answers.items()
        }

    @classmethod
    def from_file(cls, path: str) -> ScriptedBackend:
        """Read the script from a JSON file: an object of request to plan or [plan, probability] pairs.

        Raises ConfigError.
        """
        try:
            with open(path, encoding="utf-8") as file:
                return cls({request: _said(value) for request, value in json.load(file).items()})
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise ConfigError(f"the script {path} cannot be read: {error}") from None

    @property
    def info(self) -> ModelInfo:
        """The script, named as a model without weights."""
        return ModelInfo("scripted", "")

    @property
    def calibration(self) -> Calibration:
        """Its probabilities are what they say."""
        return Calibration()

    def complete(self, prompt: Prompt, grammar: str | None, limit: int) -> Completion:  # noqa: ARG002  see below
        """The scripted answer to the last message's last line; as for any model, the plan is checked afterwards."""
        return _completion(*self._plans(prompt)[0])

    def alternatives(self, prompt: Prompt, grammar: str | None, limit: int) -> Iterator[Completion]:  # noqa: ARG002
        """The other plans that the script has for the request."""
        return (_completion(*pair) for pair in self._plans(prompt)[1:])

    def _plans(self, prompt: Prompt) -> tuple[tuple[str, float], ...]:
        request = prompt.messages[-1].content.rsplit("\n", 1)[-1]
        if request not in self._answers:
            raise NotUnderstood(f"the script has no answer to {request!r}")
        return self._answers[request]


def _said(value: Any) -> str | tuple[tuple[str, float], ...]:
    if isinstance(value, str):
        return value
    if not value:
        raise ValueError("a request has no plan")
    return tuple((str(plan), float(probability)) for plan, probability in value)


def _completion(text: str, probability: float) -> Completion:
    return Completion(text, probability, complete=True, prompt_tokens=0, tokens=0, timings=Timings())
