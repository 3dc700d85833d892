from __future__ import annotations

from llmsh.tuning.tokens import CALLED, PROSE, Tokens


def test_every_token_of_a_plan_that_does_something_counts_in_full():
    assert Tokens((1, 2, 3), (4, 5, 6, 7, 8)).weights() == [1.0] * 5


def test_the_words_of_what_is_said_count_less_than_that_it_is_said():
    assert Tokens((1, 2), (4, 5, 6, 7, 8), says=True).weights() == [1.0] * CALLED + [PROSE] * (5 - CALLED)
