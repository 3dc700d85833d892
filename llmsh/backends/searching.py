"""The plans written for one prompt, and where others could begin.

A plan is written by taking the likeliest token each time, which need not end in the likeliest plan. So for each close
choice the best token that was not taken is noted; as long as such a start is likelier than the likeliest whole plan, it
is worth following.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from llmsh.backends.base import Prompt


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


class Search:
    """The plans written for a prompt so far and the starts of others, each the likeliest first."""

    def __init__(self, prompt: Prompt, grammar: str | None, first: Decoded) -> None:
        self.prompt = prompt
        self.grammar = grammar
        self.found: list[Decoded] = []
        self._left: list[Branch] = []
        self._given_back: list[Branch] = []
        self.add(first)

    @property
    def best(self) -> Decoded:
        """The likeliest plan that came to an end; the first one where none did."""
        return self.found[0]

    def add(self, decoded: Decoded) -> None:
        """One more plan, whole or cut off at the limit."""
        self.found.append(decoded)
        self.found.sort(key=lambda found: (not found.complete, -found.log_probability))
        self._left = sorted([*self._left, *branches(decoded)], key=lambda branch: -branch.log_probability)

    def give_back(self, branch: Branch) -> None:
        """A start that was taken and not followed to its end: it comes after those that were not."""
        self._given_back.append(branch)

    def likelier(self) -> Branch | None:
        """The likeliest start, taken out, if it is likelier than the best plan."""
        is_likelier = self._left and (
            not self.best.complete or self._left[0].log_probability > self.best.log_probability
        )
        return self._left.pop(0) if is_likelier else None

    def left(self) -> Iterator[Branch]:
        """Each start, taken out, the likeliest first; those that are found meanwhile among them."""
        while self._left or self._given_back:
            yield (self._left or self._given_back).pop(0)


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
