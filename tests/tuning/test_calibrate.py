"""From plans that were right or wrong to a calibration."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsh.backends.calibration import read_calibration
from llmsh.backends.scripted import ScriptedBackend
from llmsh.evaluation.calibration import calibration_error
from llmsh.evaluation.results import Evaluation, Result, write
from llmsh.registry import Registry, derive
from llmsh.tools import built_in
from llmsh.tuning.calibrate import ask, calibrated, fit, main, report
from llmsh.tuning.samples import Sample

REGISTRY = Registry(derive(function) for function in built_in())
PAIRS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=120)


def overconfident(count: int) -> list[tuple[float, bool]]:
    """Plans that are right as often as the cube of what the model says."""
    chance = random.Random(1)
    probabilities = [1 - 0.9 * chance.random() ** 3 for _ in range(count)]
    return [(probability, chance.random() < probability**3) for probability in probabilities]


def test_on_plans_it_was_not_fitted_on_confidence_comes_close_to_what_is_right() -> None:
    sure = overconfident(2000)
    assert calibration_error(sure) > 0.15
    assert calibration_error(calibrated(sure)) < 0.03
    assert len(calibrated(sure)) == len(sure)


@given(PAIRS, st.integers(1, 30))
def test_a_fitted_map_always_rises_within_0_and_1(sure: list[tuple[float, bool]], smallest: int) -> None:
    points = fit(sure, smallest).points
    assert list(points) == sorted(points)
    assert len({x for x, _ in points}) == len(points)
    assert [y for _, y in points] == sorted(y for _, y in points)
    assert all(0 < y < 1 for _, y in points)


def test_even_where_every_plan_was_right_none_is_certain() -> None:
    assert fit([(0.9, True)] * 49 + [(0.95, True)])(0.95) == pytest.approx(50.5 / 51)


def test_a_plan_is_right_where_it_means_the_same_and_the_model_came_to_an_end() -> None:
    answers = {
        "a": "find_files('.', name=['*.py'])",
        "b": 'read("b.txt")',
        "c": "last | count()",
        "d": "no plan at all",
    }
    samples = [
        Sample("a", 'find_files(name="*.py")', "en", "test"),
        Sample("b", 'read("a.txt")', "en", "test"),
        Sample("c", "last | count()", "en", "test", facts=("last: Files, 2 rows: x, y",)),
        Sample("d", "memory()", "en", "test"),
        Sample("e", "made_up()", "en", "test", facts=("tool: made_up(): Do it",)),
    ]
    found = list(ask(ScriptedBackend(answers), samples, REGISTRY))
    assert found == [(0.99, True), (0.99, False), (0.99, True), (0.99, False)]


def test_the_report_says_how_reliable_confidence_is_and_what_is_wrong_at_each_coverage() -> None:
    lines = report([(0.95, True)] * 9 + [(0.25, False)]).splitlines()
    assert lines[:4] == [
        "10 samples, calibration error 0.070",
        "confidence  cases  right",
        "      0.25      1  0.00",
        "      0.95      9  1.00",
    ]
    assert lines[-1] == "    100%             0.25  0.100"


def test_results_of_an_evaluation_are_calibrated_on_as_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each case counts as right or wrong as it was judged; one without a plan says nothing of confidence."""
    results = [
        Result(f"c{number}", "a", "en", "terse", 1, ("x",), "", restraint=False, passed=number % 4 > 0, confidence=0.9)
        for number in range(40)
    ]
    silent = Result("none", "a", "en", "terse", 1, ("x",), "", restraint=False, passed=False)
    write(str(tmp_path / "results.json"), Evaluation({}, (*results, silent)))
    adapter = str(tmp_path / "adapter.gguf")
    main(["model.gguf", adapter, str(tmp_path / "results.json")])
    assert "40 samples, calibration error 0.150" in capsys.readouterr().out
    assert read_calibration(adapter)(0.9) == pytest.approx(30.5 / 41)
