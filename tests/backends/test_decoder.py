"""Which token is chosen, which one nearly was, and where another plan could have begun."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from llmsh.backends.decoder import _choose
from llmsh.backends.searching import Branch, Choice, Decoded, branches


class Only:
    """A grammar that lets some tokens through."""

    def __init__(self, *tokens: int) -> None:
        self.tokens = tokens

    def allowed(self, tokens: Sequence[int]) -> list[int]:
        return [token for token in tokens if token in self.tokens]


def logits(*likely: tuple[int, float], size: int = 500) -> Any:
    """Log probabilities of some tokens; the rest has next to nothing."""
    values = np.full(size, -30.0, dtype=np.float32)
    for token, probability in likely:
        values[token] = math.log(probability)
    return values


def close(choice: Choice) -> tuple[int, float, int | None, float]:
    probabilities = (math.exp(choice.log_probability), math.exp(choice.rival_log_probability))
    return choice.token, pytest.approx(probabilities[0]), choice.rival, pytest.approx(probabilities[1])


def test_the_rival_is_the_next_best_token() -> None:
    assert close(_choose(None, logits((7, 0.6), (3, 0.1), (9, 0.3)))) == (7, 0.6, 9, 0.3)


def test_the_rival_is_one_that_the_grammar_allows() -> None:
    found = _choose(Only(7, 3), logits((7, 0.6), (9, 0.3), (3, 0.1)))  # type: ignore[arg-type]
    assert close(found) == (7, 0.6, 3, 0.1)


def test_where_the_grammar_refuses_the_best_token_the_next_one_is_chosen() -> None:
    found = _choose(Only(3, 9), logits((7, 0.6), (9, 0.3), (3, 0.1)))  # type: ignore[arg-type]
    assert close(found) == (9, 0.3, 3, 0.1)


def test_a_certain_token_has_no_rival() -> None:
    assert _choose(None, logits((7, 0.999), (3, 0.001))).rival is None


def test_another_plan_begins_where_the_model_was_least_sure() -> None:
    choices = (
        Choice(1, math.log(0.9), 11, math.log(0.1)),
        Choice(2, math.log(1.0)),
        Choice(3, math.log(0.6), 13, math.log(0.4)),
        Choice(0, math.log(0.8), 10, math.log(0.2)),
    )
    found = branches(Decoded(choices, complete=True))
    assert [branch.tokens for branch in found] == [(1, 2, 13), (1, 2, 3, 10), (11,)]
    assert [math.exp(branch.log_probability) for branch in found] == pytest.approx([0.36, 0.108, 0.1])


def test_the_end_of_the_turn_is_part_of_the_probability_and_not_of_the_text() -> None:
    choices = (Choice(1, math.log(0.5)), Choice(0, math.log(0.5)))
    ended, cut = Decoded(choices, complete=True), Decoded(choices, complete=False)
    assert (ended.tokens, cut.tokens) == ([1], [1, 0])
    assert math.exp(ended.log_probability) == pytest.approx(0.25)
    assert branches(ended) == list[Branch]()
