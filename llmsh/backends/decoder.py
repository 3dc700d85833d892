"""Decoding under a grammar towards the likeliest plan, with the state of the stable prompt kept on disk.

Two things make it fast. The stable part of the prompt is evaluated once for each model and registry, then read back
from a file. And the grammar is asked about the one token that was chosen, not about all 150,000; only where it
refuses are other tokens tried. Where the plan that comes out is less likely than one that begins otherwise could be,
that one is written too, until it is the less likely one.
"""

from __future__ import annotations

import hashlib
import math
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from llmsh.backends.base import Completion, Message, Prompt
from llmsh.backends.calibration import Calibration, read_calibration
from llmsh.backends.llama import Engine, Grammar, shared
from llmsh.backends.searching import Branch, Choice, Decoded, Search
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
FOLLOWED = 4
"""Starts of other plans that are followed at most to find the likeliest plan."""
START = Branch((), 0.0)


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
        self._calibration = read_calibration(settings.adapter)
        self._search: Search | None = None

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
        """The likeliest way to continue a prompt under a grammar; see Backend."""
        started = time.perf_counter()
        tokens = self._prefill(prompt, limit)
        prefilled = time.perf_counter()
        search = Search(prompt, grammar, self._decode(grammar, limit))
        for _ in range(FOLLOWED):
            branch = search.likelier()
            if branch is None:
                break
            self._follow(search, branch, tokens, limit, search.best.log_probability)
        self._search = search
        timings = Timings(prefill=(prefilled - started) * 1000, decode=(time.perf_counter() - prefilled) * 1000)
        return self._completion(search.best, tokens, timings)

    def alternatives(self, prompt: Prompt, grammar: str | None, limit: int) -> Iterator[Completion]:
        """Those found already, then continuations of the likeliest tokens that were not taken; see Backend."""
        if self._search is None or (self._search.prompt, self._search.grammar) != (prompt, grammar):
            self.complete(prompt, grammar, limit)
        search = self._search
        assert search is not None  # noqa: S101  complete has set it, mypy cannot see it
        tokens = self._engine.tokens(prompt.messages, generate=True)
        first, *others = [self._completion(found, tokens, Timings()) for found in search.found]
        texts = {first.text}
        for found in chain(others, self._more(search, tokens, limit)):
            if found.text not in texts:
                texts.add(found.text)
                yield found

    def _more(self, search: Search, tokens: Sequence[int], limit: int) -> Iterator[Completion]:
        """What comes of each start that is left."""
        for branch in search.left():
            started = time.perf_counter()
            decoded = self._follow(search, branch, tokens, limit)
            yield self._completion(decoded, tokens, Timings(decode=(time.perf_counter() - started) * 1000))

    def _follow(
        self, search: Search, branch: Branch, tokens: Sequence[int], limit: int, floor: float = -math.inf
    ) -> Decoded:
        """The plan that a start leads to, if it does not become less likely than `floor` (a log probability)."""
        self._engine.advance([*tokens, *branch.tokens])
        decoded = self._decode(search.grammar, limit, branch, floor)
        if decoded.complete or decoded.log_probability > floor:
            search.add(decoded)
        else:
            search.give_back(branch)
        return decoded

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

    def _decode(
        self,
        grammar: str | None,
        limit: int,
        branch: Branch = START,
        floor: float = -math.inf,
    ) -> Decoded:
        """Choose token after token, from the start or from a branch that is evaluated."""
        with self._engine.grammar(grammar) if grammar else nullcontext() as constraint:
            begun = [Choice(token, 0.0) for token in branch.tokens[:-1]]
            begun += [Choice(token, branch.log_probability) for token in branch.tokens[-1:]]
            if begun and self._engine.is_end(begun[-1].token):
                return Decoded(tuple(begun), complete=True)
            if constraint is not None:
                for token in branch.tokens:
                    constraint.accept(token)
            return self._greedily(constraint, begun, limit, floor)

    def _greedily(self, grammar: Grammar | None, choices: list[Choice], limit: int, floor: float) -> Decoded:
        """The likeliest token each time, while all of them together are likelier than `floor`."""
        so_far = sum(choice.log_probability for choice in choices)
        while len(choices) < limit and so_far > floor:
            choice = _choose(grammar, self._engine.logits())
            choices.append(choice)
            so_far += choice.log_probability
            if self._engine.is_end(choice.token):
                return Decoded(tuple(choices), complete=True)
            if grammar is not None:
                grammar.accept(choice.token)
            self._engine.append([choice.token])
        return Decoded(tuple(choices), complete=False)

    def _state_path(self, tokens: list[int]) -> str:
        key = repr((self.info.sha256, self.info.adapter, self._settings.path, self._settings.context, tokens))
        return os.path.join(self._settings.states, hashlib.sha256(key.encode()).hexdigest()[:32] + ".state")


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
