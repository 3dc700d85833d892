"""A backend that answers from a script: for tests, demonstrations and a shell without weights."""

from __future__ import annotations

import json
from collections.abc import Mapping

from llmsh.backends.base import Completion, Prompt
from llmsh.errors import ConfigError, NotUnderstood
from llmsh.types import ModelInfo, Timings


class ScriptedBackend:
    """Answers each request with the plan its script holds; a request that is not in it is an error."""

    def __init__(self, answers: Mapping[str, str], probability: float = 0.99) -> None:
        self._answers = dict(answers)
        self._probability = probability

    @classmethod
    def from_file(cls, path: str) -> ScriptedBackend:
        """Read the script from a JSON file: an object of request to plan. Raises ConfigError."""
        try:
            with open(path, encoding="utf-8") as file:
                answers = json.load(file)
        except (OSError, ValueError) as error:
            raise ConfigError(f"the script {path} cannot be read: {error}") from None
        return cls(answers)

    @property
    def info(self) -> ModelInfo:
        """The script, named as a model without weights."""
        return ModelInfo("scripted", "")

    def complete(self, prompt: Prompt, grammar: str | None, limit: int) -> Completion:  # noqa: ARG002  see below
        """The scripted answer to the last message's last line; as for any model, the plan is checked afterwards."""
        request = prompt.messages[-1].content.rsplit("\n", 1)[-1]
        if request not in self._answers:
            raise NotUnderstood(f"the script has no answer to {request!r}")
        text = self._answers[request]
        return Completion(text, self._probability, complete=True, prompt_tokens=0, tokens=0, timings=Timings())
