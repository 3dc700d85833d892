"""Samples as tokens, made by the very engine and template that will read them in use."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from llmsh.backends.base import Message
from llmsh.backends.llama import Engine
from llmsh.prompt import tuned_messages
from llmsh.tuning.samples import Sample

LONGEST = 150
"""Tokens of a sample at most: what is longer is rare, and costs as much as ten others."""


@dataclass(frozen=True)
class Tokens:
    """A prompt and the plan that follows it, as token ids; only the plan (with the end of the turn) is learned."""

    prompt: tuple[int, ...]
    plan: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.prompt) + len(self.plan)


def tokenize(samples: Iterable[Sample], model: str) -> Iterator[Tokens]:
    """The tokens of samples, for the GGUF file `model`. Samples longer than LONGEST are left out."""
    engine = Engine(model, context=512, threads=1)
    for sample in samples:
        messages = tuned_messages(sample.request, sample.facts, sample.turns)
        prompt = engine.tokens(messages, generate=True)
        whole = engine.tokens((*messages, Message("assistant", sample.plan)), generate=False)
        end = next(index for index in range(len(prompt), len(whole)) if engine.is_end(whole[index]))
        if end < LONGEST:
            yield Tokens(tuple(prompt), tuple(whole[len(prompt) : end + 1]))


def batches(samples: Sequence[Tokens], size: int, seed: int) -> list[list[Tokens]]:
    """Shuffled batches of at most `size` padded tokens, each of samples of about one length."""
    order = random.Random(seed)
    shuffled = order.sample(samples, len(samples))
    found: list[list[Tokens]] = []
    for start in range(0, len(shuffled), 512):
        batch: list[Tokens] = []
        for sample in sorted(shuffled[start : start + 512], key=len):
            if batch and len(sample) * (len(batch) + 1) > size:
                found.append(batch)
                batch = []
            batch.append(sample)
        found.append(batch)
    order.shuffle(found)
    return found


def occurring(samples: Iterable[Tokens]) -> list[int]:
    """Every token that occurs in the samples, in order: the vocabulary over which probabilities are compared."""
    return sorted({token for sample in samples for token in (*sample.prompt, *sample.plan)})
