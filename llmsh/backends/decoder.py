"""Greedy decoding under a grammar, with the state of the stable prompt kept on disk.

Two things make it fast. The stable part of the prompt is evaluated once for each model and registry, then read back
from a file. And the grammar is asked about the one token that was chosen, not about all 150,000; only where it
refuses are other tokens tried. Where the choice was a close one, the best token that was not taken is noted, so that
another plan can be continued from there.
"""

from __future__ import annotations

import hashlib
import math
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from llmsh.backends.base import Completion, Message, Prompt
from llmsh.backends.calibration import Calibration, read_calibration
from llmsh.backends.llama import Engine, Grammar, shared
from llmsh.errors import NotUnderstood
from llmsh.types import ModelInfo, Timings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LIKELY = 64
"""Tokens tried before the whole vocabulary."""
FEW = 8
"""Tokens among which the runner-up is looked for."""
CERTAIN = math.log(0.995)
"""Log probability from which on no token is a rival worth noting."""
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


@dataclass(frozen=True)
class Choice:
    """A chosen token, the best allowed one that was not (None where none came near), and their log probabilities."""

    token: int
    log_probability: float
    rival: int | None = None
    rival_log_probability: float = -math.inf


@dataclass(frozen=True)
class Decoded:
    """What was chosen, token by token, and whether the model ended by itself; the end is then the last choice."""

    choices: tuple[Choice, ...]
    complete: bool

    @property
    def log_probability(self) -> float:
        """That of all choices together."""
        return sum(choice.log_probability for choice in self.choices)

    @property
    def tokens(self) -> list[int]:
        """The tokens of the text."""
        return [choice.token for choice in self.choices][: -1 if self.complete else None]


@dataclass(frozen=True)
class Branch:
    """The start of another plan, and its log probability so far."""

    tokens: tuple[int, ...]
    log_probability: float


class LlamaBackend:
    """A GGUF model that completes prompts; see backends.base.Backend."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._engine = Engine(settings.path, settings.context, settings.threads, settings.adapter)
        self._calibration = read_calibration(settings.adapter)
        self._last: tuple[Prompt, str | None, Decoded] | None = None

    @property
    def info(self) -> ModelInfo:
        """Which model this is."""
        return self._settings.info

    @property
    def calibration(self) -> Calibration:
        """What was measured with its adapter."""
        return self._calibration

    def warm(self, messages: tuple[Message, ...]) -> None:
        """Evaluate the stable messages ahead of the first line, or read their state back."""
        self._prepare(self._engine.tokens(messages, generate=False))

    def complete(self, prompt: Prompt, grammar: str | None, limit: int) -> Completion:
        """Continue a prompt greedily under a grammar; see Backend."""
        started = time.perf_counter()
        tokens = self._prefill(prompt, limit)
        prefilled = time.perf_counter()
        decoded = self._decode(grammar, limit)
        self._last = (prompt, grammar, decoded)
        timings = Timings(prefill=(prefilled - started) * 1000, decode=(time.perf_counter() - prefilled) * 1000)
        return self._completion(decoded, tokens, timings)

    def alternatives(self, prompt: Prompt, grammar: str | None, limit: int) -> Iterator[Completion]:
        """Continue from the likeliest tokens that were not taken; see Backend."""
        if self._last is None or self._last[:2] != (prompt, grammar):
            self.complete(prompt, grammar, limit)
        assert self._last is not None  # noqa: S101  complete has set it, mypy cannot see it
        first = self._last[2]
        tokens = self._engine.tokens(prompt.messages, generate=True)
        texts = {self._engine.text(first.tokens)}
        for branch in branches(first):
            started = time.perf_counter()
            self._engine.advance([*tokens, *branch.tokens])
            decoded = self._decode(grammar, limit, branch)
            found = self._completion(decoded, tokens, Timings(decode=(time.perf_counter() - started) * 1000))
            if found.text not in texts:
                texts.add(found.text)
                yield found

    def _prefill(self, prompt: Prompt, limit: int) -> list[int]:
        """Evaluate a prompt; its tokens. Raises NotUnderstood where it leaves no room for a plan."""
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
        return tokens

    def _completion(self, decoded: Decoded, prompt: Sequence[int], timings: Timings) -> Completion:
        tokens, probability = decoded.tokens, math.exp(decoded.log_probability)
        text = self._engine.text(tokens)
        return Completion(text, probability, decoded.complete, len(prompt), len(tokens), timings)

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

    def _decode(self, grammar: str | None, limit: int, branch: Branch = Branch((), 0.0)) -> Decoded:
        """Choose token after token, from the start or from a branch that is evaluated."""
        with self._engine.grammar(grammar) if grammar else nullcontext() as constraint:
            begun = [Choice(token, 0.0) for token in branch.tokens[:-1]]
            begun += [Choice(token, branch.log_probability) for token in branch.tokens[-1:]]
            if begun and self._engine.is_end(begun[-1].token):
                return Decoded(tuple(begun), complete=True)
            if constraint is not None:
                for token in branch.tokens:
                    constraint.accept(token)
            return self._greedily(constraint, begun, limit)

    def _greedily(self, grammar: Grammar | None, choices: list[Choice], limit: int) -> Decoded:
        while len(choices) < limit:
            choice = _choose(grammar, self._engine.logits())
            choices.append(choice)
            if self._engine.is_end(choice.token):
                return Decoded(tuple(choices), complete=True)
            if grammar is not None:
                grammar.accept(choice.token)
            self._engine.append([choice.token])
        return Decoded(tuple(choices), complete=False)

    def _state_path(self, tokens: list[int]) -> str:
        key = repr((self.info.sha256, self.info.adapter, self._settings.path, self._settings.context, tokens))
        return os.path.join(self._settings.states, hashlib.sha256(key.encode()).hexdigest()[:32] + ".state")


def branches(decoded: Decoded) -> list[Branch]:
    """Where another plan could have begun, the likeliest first: each rival behind all that was chosen before it."""
    found = []
    before: tuple[int, ...] = ()
    so_far = 0.0
    for choice in decoded.choices:
        if choice.rival is not None:
            found.append(Branch((*before, choice.rival), so_far + choice.rival_log_probability))
        before, so_far = (*before, choice.token), so_far + choice.log_probability
    return sorted(found, key=lambda branch: -branch.log_probability)


def _choose(grammar: Grammar | None, logits: NDArray[np.float32]) -> Choice:
    """The likeliest token that the grammar allows, and its rival."""
    import numpy as np

    top = float(logits.max())
    total = top + math.log(float(np.exp(logits - top).sum()))
    token = _best(grammar, logits)
    log_probability = float(logits[token]) - total
    if log_probability >= CERTAIN:
        return Choice(token, log_probability)
    few = [other for other in np.argpartition(logits, -FEW)[-FEW:].tolist() if other != token]
    rivals = few if grammar is None else grammar.allowed(few)
    if not rivals:
        return Choice(token, log_probability)
    rival = max(rivals, key=lambda other: float(logits[other]))
    return Choice(token, log_probability, rival, float(logits[rival]) - total)


def _best(grammar: Grammar | None, logits: NDArray[np.float32]) -> int:
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


def _forget_old(folder: str) -> None:
    """Keep the newest states: each change of the registry or the model leaves one of some 30 MB behind."""
    states = [os.path.join(folder, name) for name in os.listdir(folder)]
    for path in sorted(states, key=os.path.getmtime)[:-STATES_KEPT]:
        os.unlink(path)
