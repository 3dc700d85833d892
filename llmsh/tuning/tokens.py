"""Samples as tokens, made by the very engine and template that will read them in use."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from llmsh.backends.base import Message
from llmsh.backends.llama import Engine
from llmsh.prompt import tuned_messages
from llmsh.tuning.samples import Sample

LONGEST = 200
"""Tokens of a sample at most: what is longer is rare, and costs as much as ten others."""


PROSE = 0.2
"""Weight of what is said in an answer, a question or a refusal. Its exact words are chance: at full weight they were a
quarter of the loss, and what they taught was to learn sentences by heart."""
CALLED = 3
"""Tokens of a plan that say which tool it is, `answer("` say: these count in full."""
SAYS = re.compile(r"(ask|answer|refuse)\(")


@dataclass(frozen=True)
class Tokens:
    """A prompt and the plan that follows it, as token ids; only the plan (with the end of the turn) is learned.

    A plan that `says` something is prose after its first tokens.
    """

    prompt: tuple[int, ...]
    plan: tuple[int, ...]
    says: bool = False

    def weights(self) -> list[float]:
        """How much each token of the plan counts."""
        if not self.says:
            return [1.0] * len(self.plan)
        return [1.0 if index < CALLED else PROSE for index in range(len(self.plan))]

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
            says = SAYS.match(sample.plan) is not None
            yield Tokens(tuple(prompt), tuple(whole[len(prompt) : end + 1]), says)


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
