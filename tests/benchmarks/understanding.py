"""How many of some ordinary requests the default model turns into a right plan; the requests are in requests.py.

Judged by what the plan does in the example tree beside what a right plan does. A figure of this size (82 requests) is
good to about 5 in a hundred.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from llmsh.check import check
from llmsh.config import find_folders, load_config
from llmsh.errors import LlmshError
from llmsh.executor import Executor
from llmsh.loading import ModelLoader, Place
from llmsh.models.catalogue import load_catalogue
from llmsh.plain import plain_lines
from llmsh.plan import parse
from llmsh.planner import Planner
from llmsh.prompt import Prompter, Situation
from llmsh.registry import Registry, derive
from llmsh.sandbox.client import Worker
from llmsh.session import Session
from llmsh.tools import built_in
from llmsh.types import Decision, Verdict
from tests.benchmarks.requests import CASES, Case, Judge
from tests.examples_tree import plant

Seen = tuple[Counter[str], dict[str, bytes | None]]
"""What a plan printed, in any order, and what each file holds afterwards; None for a folder."""


def measure() -> str:
    registry = Registry(derive(function) for function in built_in())
    worker = Worker()
    worker.start()
    planner = _planner(registry)
    right = 0
    for case in CASES:
        plan = _ask(planner, case.request)
        good = _is_right(case, plan, registry, worker)
        right += good
        if not good:
            print(f"wrong: {case.request} -> {plan}", file=sys.stderr)
    worker.close()
    return f"understanding: {right} of {len(CASES)} requests right"


def _planner(registry: Registry) -> Planner:
    environment = dict(os.environ)
    folders, config = find_folders(environment), load_config(environment, None, {})
    place = Place(load_catalogue(folders), config, folders, environment)
    prompter = Prompter(registry)
    return Planner(registry, prompter, ModelLoader(config.model, place, prompter.stable), config.plan_tokens)


def _ask(planner: Planner, request: str) -> str:
    with _tree():
        try:
            names = sorted(os.listdir())
            return planner.plan(request, Situation(names, [], None, has_stdin=False), lambda _: None).plan.text
        except LlmshError as error:
            return f"no plan: {error.message}"


def _is_right(case: Case, plan: str, registry: Registry, worker: Worker) -> bool:
    if plan == case.plan:
        return True
    if plan.startswith("no plan"):
        return False
    if case.judge is Judge.TOOLS:
        return _tools(plan) == _tools(case.plan)
    (wanted, files), (answer, left) = _run(case.plan, registry, worker), _run(plan, registry, worker)
    if case.judge is Judge.NAMES:
        return files.keys() == left.keys()
    return files == left and (case.judge is Judge.FILES or answer == wanted)


def _tools(plan: str) -> list[str]:
    """The tools of a plan; choosing columns to show makes no answer wrong."""
    return [call.tool for step in parse(plan).steps for call in step.calls if call.tool != "select"]


def _run(plan: str, registry: Registry, worker: Worker) -> Seen:
    allowed = Verdict(Decision.ALLOW, "benchmark", "the example tree is ours")
    with _tree() as root:
        session = Session({**os.environ, "XDG_DATA_HOME": str(root.parent / "data")})
        executor = Executor(worker, session, judge=lambda _: allowed, confirm=lambda _: True)
        outcome = executor.execute(check(parse(plan), registry), lambda _: None)
        printed = plain_lines(outcome.result) if outcome.result is not None and outcome.error is None else ["failed"]
        return Counter(printed), _files(root)


def _files(root: Path) -> dict[str, bytes | None]:
    """What each file holds; packed ones differ by the time they were made, so their names alone count."""
    return {
        str(path.relative_to(root)): path.read_bytes() if path.is_file() and path.suffix != ".gz" else None
        for path in root.rglob("*")
    }


@contextmanager
def _tree() -> Iterator[Path]:
    before = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "tree")
        root.mkdir()
        plant(root)
        os.chdir(root)
        try:
            yield root
        finally:
            os.chdir(before)
