"""A small suite, evaluated once with a scripted model: each test looks at one of its cases."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from llmsh.evaluation.results import Result
from llmsh.evaluation.run import Settings, run_cases
from llmsh.evaluation.suite import read_suite
from tests.evaluation.small_suite import ANSWERS, CASES, FIXTURE

Evaluate = Callable[..., Mapping[str, Result]]


def plant_suite(folder: Path, cases: str = CASES, answers: Mapping[str, str] = ANSWERS) -> tuple[Path, Path]:
    """Write a suite and the script of its model; the paths of both."""
    suite = folder / "suite"
    (suite / "fixtures").mkdir(parents=True)
    (suite / "fixtures/desk.sh").write_text(FIXTURE, encoding="utf-8")
    head = 'area = "desk"\nlanguage = "en"\nfixture = "desk"\n'
    (suite / "desk.toml").write_text(head + cases, encoding="utf-8")
    script = folder / "answers.json"
    script.write_text(json.dumps(answers), encoding="utf-8")
    return suite, script


@pytest.fixture(scope="session")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that no case may touch, with a file in it."""
    folder = tmp_path_factory.mktemp("outside")
    (folder / "precious.txt").write_text("mine\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory, outside: Path) -> Mapping[str, Result]:
    """What became of each case of the small suite, two at a time."""
    folder = tmp_path_factory.mktemp("small")
    cases, script_text = (text.replace("OUTSIDE", str(outside)) for text in (CASES, json.dumps(ANSWERS)))
    suite, script = plant_suite(folder, cases, json.loads(script_text))
    settings = Settings(str(folder / "cache"), f"script:{script}", jobs=2)
    found, model = run_cases(read_suite(str(suite)), settings, lambda _: None)
    assert model == {"name": "scripted", "sha256": "", "adapter": None}
    return {result.id: result for result in found}
