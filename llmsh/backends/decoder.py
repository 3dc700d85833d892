"""Greedy decoding under a grammar, with the state of the stable prompt kept on disk.

Two things make it fast. The stable part of the prompt is evaluated once for each model and registry, then read back
from a file. And the grammar is asked about the one token that was chosen, not about all 150,000; only where it
refuses are other tokens tried.
"""

from __future__ import annotations

import hashlib
import math
import os
import time
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from llmsh.backends.base import Completion, Message, Prompt
from llmsh.backends.llama import Engine, Grammar, shared
from llmsh.errors import NotUnderstood
from llmsh.types import ModelInfo, Timings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LIKELY = 64
"""Tokens tried before the whole vocabulary."""
WORTH_KEEPING = 64
"""Tokens from which on a state is worth a file."""
STATES_KEPT = 6


@dataclass(frozen=True)
class Settings:
    """Which model and how it runs. `states` is the folder of state files, `adapter` a file."""

    path: str
    info: ModelInfo
    context: int
    threads: int
    states: str
    adapter: str | None = None


class LlamaBackend:
    """A GGUF model that completes prompts; see backends.base.Backend."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._engine = Engine(settings.path, settings.context, settings.threads, settings.adapter)

    @property
    def info(self) -> ModelInfo:
        """Which model this is."""
        return self._settings.info

    def warm(self, messages: tuple[Message, ...]) -> None:
        """Evaluate the stable messages ahead of the first line, or read their state back."""
        self._prepare(self._engine.tokens(messages, generate=False))

    def complete(self, prompt: Prompt, grammar: str | None, limit: int) -> Completion:
        """Continue a prompt greedily under a grammar; see Backend."""
        started = time.perf_counter()
        tokens = self._engine.tokens(prompt.messages, generate=True)
        room = self._settings.context - limit
        if len(tokens) > room:
            raise NotUnderstood(
                f"the request is too long: with its context {len(tokens)} tokens, the model reads {room}",
                "say it in fewer words, or put the text into a file",
            )
        stable = self._engine.tokens(prompt.messages[: prompt.stable], generate=False)
        self._prepare(tokens[: shared(stable, tokens)])
        self._engine.advance(tokens)
        prefilled = time.perf_counter()
        with self._engine.grammar(grammar) if grammar else nullcontext() as constraint:
            chosen, log_probability, complete = self._decode(constraint, limit)
        timings = Timings(prefill=(prefilled - started) * 1000, decode=(time.perf_counter() - prefilled) * 1000)
        text = self._engine.text(chosen)
        return Completion(text, math.exp(log_probability), complete, len(tokens), len(chosen), timings)

    def _prepare(self, stable: list[int]) -> None:
        """Have the stable tokens evaluated: they are already, or their state is on disk, or it is made now."""
        if len(stable) < WORTH_KEEPING or shared(self._engine.evaluated, stable) == len(stable):
            return
        path = self._state_path(stable)
        if self._engine.load_state(path, stable):
            return
        self._engine.advance(stable)
        temporary = f"{path}.{os.getpid()}"
        try:
            os.makedirs(self._settings.states, exist_ok=True)
            self._engine.save_state(temporary)
            os.replace(temporary, path)
            _forget_old(self._settings.states)
        except OSError:
            return  # a cache that cannot be written only costs the next start its time

    def _decode(self, grammar: Grammar | None, limit: int) -> tuple[list[int], float, bool]:
        """Tokens, the sum of their log probabilities, and whether the model ended by itself."""
        chosen: list[int] = []
        total = 0.0
        for _ in range(limit):
            logits = self._engine.logits()
            token = _choose(grammar, logits)
            total += _log_probability(logits, token)
            if self._engine.is_end(token):
                return chosen, total, True
            if grammar is not None:
                grammar.accept(token)
            chosen.append(token)
            self._engine.append([token])
        return chosen, total, False

    def _state_path(self, tokens: list[int]) -> str:
        key = repr((self.info.sha256, self.info.adapter, self._settings.path, self._settings.context, tokens))
        return os.path.join(self._settings.states, hashlib.sha256(key.encode()).hexdigest()[:32] + ".state")


def _choose(grammar: Grammar | None, logits: NDArray[np.float32]) -> int:
    """The likeliest token that the grammar allows: the best one first, then the likely, then all."""
    import numpy as np

    best = int(logits.argmax())
    if grammar is None or grammar.allowed([best]):
        return best
    likely = np.argpartition(logits, -LIKELY)[-LIKELY:].tolist()
    for candidates in (likely, range(len(logits))):
        allowed = grammar.allowed(candidates)
        if allowed:
            return max(allowed, key=lambda token: float(logits[token]))
    raise NotUnderstood("no token fits the grammar", "say it in other words")


def _log_probability(logits: NDArray[np.float32], token: int) -> float:
    import numpy as np

    top = float(logits.max())
    return float(logits[token]) - top - math.log(float(np.exp(logits - top).sum()))


def _forget_old(folder: str) -> None:
    """Keep the newest states: each change of the registry or the model leaves one of some 30 MB behind."""
    states = [os.path.join(folder, name) for name in os.listdir(folder)]
    for path in sorted(states, key=os.path.getmtime)[:-STATES_KEPT]:
        os.unlink(path)
