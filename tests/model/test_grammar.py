"""The grammar against llama.cpp itself: it takes every example plan and stops what no tool can do."""

from __future__ import annotations

from functools import cache

import pytest

from llmsh.backends.llama import Engine
from llmsh.grammar import grammar
from llmsh.registry import Registry, derive
from llmsh.tools import built_in
from llmsh.types import Files, Processes

pytestmark = pytest.mark.model

REGISTRY = Registry(derive(function) for function in built_in())
EXAMPLES = [(tool, example.plan) for tool in REGISTRY for example in tool.examples]


def accepts(engine: Engine, rules: str, plan: str) -> bool:
    """Whether a grammar lets a whole plan through, token by token, and lets it end there."""
    with engine.grammar(rules) as state:
        for token in engine.tokenize(plan):
            if not state.allowed([token]):
                return False
            state.accept(token)
        return bool(state.allowed([end(engine)]))


@cache
def end(engine: Engine) -> int:
    """The token that ends the model's turn."""
    return next(token for token in range(engine.size) if engine.is_end(token))


@pytest.mark.parametrize(("last", "count"), [(Files, 3), (Processes, 3)])
def test_the_grammar_takes_every_example(engine: Engine, last: type[Files], count: int) -> None:
    rules = grammar(REGISTRY, last, has_stdin=True)
    refused = [
        plan
        for tool, plan in EXAMPLES
        if not (plan.startswith("last") and tool.takes is Processes and last is Files)
        and not (plan.startswith("last") and tool.takes is Files and last is Processes)
        and not accepts(engine, rules, plan)
    ]
    assert len(EXAMPLES) > count
    assert refused == []


@pytest.mark.parametrize(
    "plan",
    [
        "os.system()",
        "find_files() | memory()",
        "first(3)",
        'find_files(kind="directory")',
        'find_files(min_size="big")',
        "memory() | delete()",
        "last | count()",
        'copy("a.txt")',
        'find_files(name="a", name="b")',
        "append()",
        "hello",
    ],
)
def test_the_grammar_stops_what_does_not_fit(engine: Engine, plan: str) -> None:
    assert not accepts(engine, grammar(REGISTRY, None, has_stdin=False), plan)
