from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from llmsh.errors import UsageError
from llmsh.evaluation import report, results
from llmsh.evaluation.calibration import Bin, Coverage, bins, calibration_error, coverage
from llmsh.evaluation.compare import Comparison, compare, mcnemar
from llmsh.evaluation.results import Evaluation, Result

RIGHT = Result("a", "finding", "en", "terse", 1, ("x",), "ls", False, True, confidence=0.9, model_ms=(100.0,))
WRONG = replace(RIGHT, id="b", language="zh", passed=False, wrong_action=True, reason="no", plans=("delete()",))
ASKED = replace(WRONG, id="c", wrong_action=False, over_asked=True, model_ms=(300.0,), confidence=0.5)
SILENT = replace(RIGHT, id="d", restraint=True, confidence=None, model_ms=())
BROKEN = replace(WRONG, id="e", broken="the fixture fails")
EVALUATION = Evaluation({"suite": "s"}, (RIGHT, WRONG, ASKED, SILENT, BROKEN))


@pytest.mark.parametrize(
    ("won", "lost", "chance"), [(0, 0, 1.0), (5, 5, 1.0), (1, 0, 1.0), (8, 2, 0.109375), (10, 0, 0.001953125)]
)
def test_chance_is_that_of_mcnemars_exact_test(won: int, lost: int, chance: float) -> None:
    assert mcnemar(won, lost) == chance
    assert mcnemar(lost, won) == chance


def test_two_evaluations_are_compared_case_by_case() -> None:
    second = (replace(RIGHT, passed=False), replace(WRONG, passed=True), ASKED, SILENT, replace(RIGHT, id="new"))
    assert compare(EVALUATION, Evaluation({}, second)) == Comparison(1, 1, ("b",), ("a",))


def test_two_evaluations_of_different_suites_cannot_be_compared() -> None:
    with pytest.raises(UsageError, match="no case in common"):
        compare(EVALUATION, Evaluation({}, (replace(RIGHT, id="z"),)))


def test_calibration_is_how_far_confidence_is_from_what_is_right() -> None:
    sure = [(0.95, True), (0.95, True), (0.95, False), (0.95, True), (0.35, False), (1.0, True)]
    found = bins(sure)
    assert [(each.low, each.cases, each.right) for each in found] == [(0.3, 1, 0.0), (0.9, 5, 0.8)]
    assert calibration_error(sure) == pytest.approx((1 * 0.35 + 5 * (0.96 - 0.8)) / 6)
    assert bins([]) == []


def test_a_perfectly_calibrated_model_has_no_error() -> None:
    assert calibration_error([(0.75, True), (0.75, True), (0.75, True), (0.75, False)]) == 0
    assert bins([(0.75, True)]) == [Bin(0.7, 0.8, 1, 0.75, 1.0)]


def test_errors_are_counted_among_the_surest() -> None:
    sure = [(0.9, True), (0.8, True), (0.2, False), (0.6, True)]
    found = {each.share: each for each in coverage(sure)}
    assert (found[0.5], found[1.0]) == (Coverage(0.5, 2, 0.8, 0.0), Coverage(1.0, 4, 0.2, 0.25))


def test_the_report_gives_each_rate_of_what_it_is_a_rate_of() -> None:
    sections = {heading: list(table.rows) for heading, table in report.sections(EVALUATION)}
    assert sections["Rates"] == [
        ("cases", 4, None),
        ("passed", 2, 50.0),
        ("wrong actions", 1, 25.0),
        ("over-asked, of clear requests", 1, 33.3),
        ("restraint, of what calls for none", 1, 100.0),
        ("calibration error", None, 43.3),
        ("model, median ms", 100.0, None),
        ("model, 90th percentile ms", 260.0, None),
    ]
    assert sections["By language"] == [("en", 2, 2, 100.0, 0, 0), ("zh", 2, 0, 0.0, 1, 1)]
    assert sections["Failures"] == [("b", "x", "ls", "delete()", "no"), ("c", "x", "ls", "delete()", "no")]
    assert sections["Cases that cannot be judged"] == [("e", "the fixture fails")]


def test_results_are_the_same_after_writing_and_reading_them(tmp_path: Path) -> None:
    results.write(str(tmp_path / "a.json"), EVALUATION)
    assert results.read(str(tmp_path / "a.json")) == EVALUATION


@pytest.mark.parametrize("text", ["", "[]", '{"cases": [{"id": "a"}], "about": {}}'])
def test_a_file_that_holds_no_results_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"a\.json holds no evaluation"):
        results.read(str(tmp_path / "a.json"))


def llmsh(tmp_path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "llmsh", *words]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_earlier_results_are_shown_and_compared_without_running_anything(tmp_path: Path) -> None:
    results.write(str(tmp_path / "old.json"), EVALUATION)
    results.write(str(tmp_path / "new.json"), Evaluation({}, tuple(replace(RIGHT, id=name) for name in "abcd")))
    ran = llmsh(tmp_path, "eval", str(tmp_path / "new.json"), "--compare", str(tmp_path / "old.json"))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "won\t2\nlost\t0\np (McNemar, exact, two-sided)\t0.5\n" in ran.stdout
    assert "won\tb\nwon\tc\n" in ran.stdout


def test_the_report_is_json_lines_where_that_is_asked_for(tmp_path: Path) -> None:
    results.write(str(tmp_path / "a.json"), EVALUATION)
    ran = llmsh(tmp_path, "--json", "eval", str(tmp_path / "a.json"))
    turns = [json.loads(line) for line in ran.stdout.splitlines()]
    assert turns[0]["line"] == "Rates"
    assert turns[0]["result"]["rows"][1] == {"measure": "passed", "value": 2, "rate": 50}
    assert ran.returncode == 1


def test_a_suite_that_is_not_there_is_bad_usage(tmp_path: Path) -> None:
    ran = llmsh(tmp_path, "eval", str(tmp_path / "none"))
    assert (ran.returncode, ran.stderr) == (
        2,
        f"error: the suite {tmp_path / 'none'} cannot be read: No such file or directory\n"
        "hint: name a folder of .toml files\n",
    )
