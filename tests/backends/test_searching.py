from __future__ import annotations

import math

from llmsh.backends.base import Message, Prompt
from llmsh.backends.searching import Branch, Choice, Decoded, Search

PROMPT = Prompt((Message("user", "x"),), stable=0)


def chosen(*tokens: tuple[int, float], complete: bool = True, rival: tuple[int, float] | None = None) -> Decoded:
    """A plan of tokens and their probabilities; the first token has a rival."""
    choices = [Choice(token, math.log(probability)) for token, probability in tokens]
    if rival is not None:
        choices[0] = Choice(choices[0].token, choices[0].log_probability, rival[0], math.log(rival[1]))
    return Decoded(tuple(choices), complete)


def test_a_start_that_is_likelier_than_the_whole_plan_is_worth_following() -> None:
    search = Search(PROMPT, None, chosen((1, 0.5), (2, 0.5), rival=(7, 0.3)))
    assert search.likelier() == Branch((7,), math.log(0.3))
    assert search.likelier() is None


def test_a_start_that_is_less_likely_than_the_whole_plan_is_left_for_others() -> None:
    search = Search(PROMPT, None, chosen((1, 0.5), (2, 0.8), rival=(7, 0.3)))
    assert search.likelier() is None
    assert [branch.tokens for branch in search.left()] == [(7,)]


def test_the_likeliest_whole_plan_is_the_best() -> None:
    search = Search(PROMPT, None, chosen((1, 0.5), (2, 0.1)))
    search.add(chosen((7, 0.3), (8, 0.9)))
    search.add(chosen((9, 0.9), complete=False))
    assert [found.tokens[0] for found in search.found] == [7, 1, 9]
    assert search.best.tokens == [7]


def test_after_a_plan_that_was_cut_off_another_start_is_always_worth_following() -> None:
    search = Search(PROMPT, None, chosen((1, 0.9), (2, 0.9), complete=False, rival=(7, 0.01)))
    assert search.likelier() == Branch((7,), math.log(0.01))


def test_a_start_that_was_not_followed_to_its_end_stands_behind_the_others() -> None:
    search = Search(PROMPT, None, chosen((1, 0.5), (2, 0.1), rival=(7, 0.3)))
    branch = search.likelier()
    assert branch is not None
    search.give_back(branch)
    search.add(chosen((3, 0.4), (4, 0.4), rival=(8, 0.2)))
    assert [found.tokens for found in search.left()] == [(8,), (7,)]
