"""The decoder with the real model: what it would have written else."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from llmsh.backends.base import Message, Prompt
from llmsh.backends.decoder import LlamaBackend, Settings
from llmsh.grammar import grammar
from llmsh.plan import parse
from llmsh.registry import Registry, derive
from llmsh.tools import built_in
from llmsh.types import ModelInfo

pytestmark = pytest.mark.model

REGISTRY = Registry(derive(function) for function in built_in())
EXAMPLE = (Message("user", "show a.txt"), Message("assistant", 'read("a.txt")'))
PROMPT = Prompt((Message("system", "Request to plan."), *EXAMPLE, Message("user", "what about notes.txt")), stable=1)


def test_other_plans_part_from_the_first_and_are_rated_like_it(model_file: str, tmp_path: Path) -> None:
    backend = LlamaBackend(Settings(model_file, ModelInfo("test", ""), 2048, 0, str(tmp_path)))
    rules = grammar(REGISTRY, None, has_stdin=False)
    first = backend.complete(PROMPT, rules, 60)
    others = list(islice(backend.alternatives(PROMPT, rules, 60), 3))
    again = backend.complete(PROMPT, rules, 60)

    assert (again.text, again.probability) == (first.text, pytest.approx(first.probability, rel=0.05))
    assert len({first.text, *(other.text for other in others)}) == 4
    assert all(0 < other.probability < 1 for other in others)
    assert all(parse(other.text).steps for other in (first, *others) if other.complete)


def test_no_plan_found_later_is_likelier_than_the_first(model_file: str, tmp_path: Path) -> None:
    backend = LlamaBackend(Settings(model_file, ModelInfo("test", ""), 2048, 0, str(tmp_path)))
    rules = grammar(REGISTRY, None, has_stdin=False)
    for request in ("what about notes.txt", "count the words", "the newest file", "delete the old ones"):
        prompt = Prompt((*PROMPT.messages[:-1], Message("user", request)), stable=1)
        first = backend.complete(prompt, rules, 60)
        others = islice(backend.alternatives(prompt, rules, 60), 3)
        assert all(other.probability <= first.probability for other in others if other.complete)
