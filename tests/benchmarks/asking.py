"""A warm request, from the line to the checked plan, beside llama.cpp evaluating the same tokens and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator

from llmsh.backends.base import Completion, Message, Prompt
from llmsh.backends.calibration import Calibration
from llmsh.backends.decoder import LlamaBackend
from llmsh.config import find_folders, load_config
from llmsh.loading import ModelLoader, Place
from llmsh.models.catalogue import load_catalogue
from llmsh.planner import Planner
from llmsh.prompt import Prompter, Situation
from llmsh.registry import Registry, derive
from llmsh.tools import built_in
from llmsh.types import ModelInfo, Progress
from tests.benchmarks.pairs import Outcome, milliseconds, outcome

REQUESTS = (
    "which process uses the most memory?",
    "find all python files bigger than 10 kB, largest first",
    "how much free space is on the disks",
    "show the last 20 lines of notes.txt",
    "count the lines of every markdown file in docs",
    "现在内存用了多少？",
    "move the pictures into a folder named images",
    "what is the sha256 of data.csv",
)
SITUATION = Situation(["README.md", "a.py", "data.csv", "docs/", "notes.txt", "src/"], [], None, has_stdin=False)


class Watched:
    """The real backend; it remembers how long the last prompt was."""

    def __init__(self, backend: LlamaBackend, stable: tuple[Message, ...]) -> None:
        self.backend = backend
        self.stable = stable
        self.prompt_tokens = 0

    @property
    def info(self) -> ModelInfo:
        return self.backend.info

    @property
    def calibration(self) -> Calibration:
        return self.backend.calibration

    def alternatives(self, prompt: Prompt, grammar: str | None, limit: int) -> Iterator[Completion]:
        return self.backend.alternatives(prompt, grammar, limit)

    def complete(self, prompt: Prompt, grammar: str | None, limit: int) -> Completion:
        completion = self.backend.complete(prompt, grammar, limit)
        self.prompt_tokens = completion.prompt_tokens
        return completion


def measure() -> Outcome:
    registry = Registry(derive(function) for function in built_in())
    environment = dict(os.environ)
    folders, config = find_folders(environment), load_config(environment, None, {})
    place = Place(load_catalogue(folders), config, folders, environment)
    prompter = Prompter(registry)
    planner = Planner(registry, prompter, lambda _: watched, config.plan_tokens)
    backend = ModelLoader(config.model, place, prompter.stable)(_unseen)
    assert isinstance(backend, LlamaBackend)
    watched = Watched(backend, prompter.stable(tuned=backend.info.adapter is not None))
    pairs = [_pair(planner, watched, request) for request in (REQUESTS[0], *REQUESTS)]
    return outcome("a warm request : llama.cpp on the same tokens", pairs[1:], 1.3)


def _pair(planner: Planner, watched: Watched, request: str) -> tuple[float, float]:
    """Both start from the state of the stable prompt. What the model makes of the request does not matter here."""
    engine = watched.backend._engine
    stable = _stable(watched.backend, watched.stable)
    engine.advance(stable)
    ours = milliseconds(lambda: planner.plan(request, SITUATION, _unseen))
    tokens, length = list(engine.evaluated), watched.prompt_tokens
    engine.advance(stable)

    def bare() -> None:
        engine.advance(tokens[:length])
        for token in tokens[length:]:
            engine.append([token])

    return ours, milliseconds(bare)


def _stable(backend: LlamaBackend, messages: tuple[Message, ...]) -> list[int]:
    return backend._engine.tokens(messages, generate=False)


def _unseen(progress: Progress) -> None:
    """Nobody watches."""
