"""Every example of every tool: it fits, it is canonical, the grammar takes it, and in the example tree it is true."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from llmsh.check import BoundPlan, check
from llmsh.effects import changes
from llmsh.errors import LlmshError
from llmsh.executor import Executor, Outcome
from llmsh.plan import parse
from llmsh.registry import Registry, Tool, derive
from llmsh.sandbox.client import Worker
from llmsh.session import Session
from llmsh.tool import Example
from llmsh.tools import built_in
from llmsh.types import LINE, PATH, Decision, Effects, Files, Processes, Text, Verdict

TOOLS = [derive(function) for function in built_in()]
REGISTRY = Registry(TOOLS)
ALL = [pytest.param(tool, example, id=f"{tool.name}: {example.request}") for tool in TOOLS for example in tool.examples]
PIPED = Text(LINE, [("pear",), ("apple",), ("fig",)])


def bound(example: Example) -> BoundPlan:
    plan = parse(example.plan)
    taker = REGISTRY.get(plan.steps[0].calls[0].tool) if plan.steps[0].calls else None
    return check(plan, REGISTRY, last=Processes if taker and taker.takes is Processes else Files)


@pytest.mark.parametrize(("tool", "example"), ALL)
def test_an_example_is_a_canonical_plan_that_uses_its_tool(tool: Tool, example: Example) -> None:
    plan = bound(example)
    assert plan.text == example.plan
    assert tool.name in {call.tool.name for step in plan.steps for call in step.calls}


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_every_tool_has_examples_in_both_languages(tool: Tool) -> None:
    languages = [example.language for example in tool.examples]
    assert languages.count("en") >= 3
    assert languages.count("zh") >= 1


def test_no_request_stands_for_two_plans() -> None:
    plans: dict[str, set[str]] = {}
    for tool in TOOLS:
        for example in tool.examples:
            plans.setdefault(example.request.lower(), set()).add(example.plan)
    assert {request: found for request, found in plans.items() if len(found) > 1} == {}


RUNNABLE = [
    pytest.param(tool, example, id=f"{tool.name}: {example.request}")
    for tool in TOOLS
    for example in tool.examples
    if example.finds is not None
]


@pytest.mark.parametrize(("tool", "example"), RUNNABLE)
def test_an_example_finds_what_it_says(tree: Path, worker: Worker, tool: Tool, example: Example) -> None:
    outcome = run(example, worker)
    assert outcome.error is None
    assert outcome.result is not None
    assert sorted(map(str, first_column(outcome))) == sorted(map(str, example.finds or ()))


def first_column(outcome: Outcome) -> list[object]:
    return [] if outcome.result is None else [row[0] for row in outcome.result.rows]


def run(example: Example, worker: Worker) -> Outcome:
    session = Session({**os.environ, "XDG_DATA_HOME": os.path.abspath("../data")})  # the trash is there
    session.last = Files((PATH,), [("notes.txt",), ("todo.txt",)])
    session.stdin = PIPED
    executor = Executor(worker, session, judge=allow, confirm=lambda preview: True)
    return executor.execute(bound(example), lambda progress: None)


def allow(effects: Effects) -> Verdict:
    return Verdict(Decision.ALLOW, "test", "the example tree is ours")


LOOKING = [
    pytest.param(tool, example, id=f"{tool.name}: {example.request}")
    for tool in TOOLS
    if tool.area in {"files", "rows", "text", "system", "words"}
    for example in tool.examples
    if example.finds is None
]


@pytest.mark.parametrize(("tool", "example"), LOOKING)
def test_an_example_that_only_looks_runs_or_says_why_not(
    tree: Path, worker: Worker, tool: Tool, example: Example
) -> None:
    executor = Executor(worker, Session(dict(os.environ)), judge=allow, confirm=lambda preview: True)
    if any(changes(record.effects) for record in executor.rehearse(bound(example)).records):
        assert example.finds is None  # changing examples without a certain result run in the tools' own tests
        return
    outcome = run(example, worker)
    if outcome.error is not None:
        assert isinstance(outcome.error, LlmshError)
        assert not re.search("not permitted|denied", outcome.error.message), "the cage refuses what it is for"
