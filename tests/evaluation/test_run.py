from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from llmsh.errors import LlmshError
from llmsh.evaluation import programs
from llmsh.evaluation.results import Result
from llmsh.evaluation.run import Settings, run_cases
from llmsh.evaluation.suite import read_suite
from tests.evaluation.conftest import plant_suite

Results = Mapping[str, Result]
PASSED = (
    "right", "any-order", "number", "names", "sizes", "right-change", "archive", "gone", "restraint", "two-lines",
    "back-again", "piped", "command",
)  # fmt: skip


def test_what_does_as_the_gold_command_does_passes(results: Results) -> None:
    failed = {name: results[name].reason for name in PASSED if not results[name].passed}
    assert failed == {}


def test_nothing_else_passes(results: Results) -> None:
    assert {name for name, result in results.items() if result.passed} == set(PASSED)


def test_the_wrong_order_fails_where_order_matters(results: Results) -> None:
    assert results["wrong-order"].reason == "it printed 'pear\\napple\\nfig', not 'apple\\nfig\\npear'"
    assert not results["wrong-order"].wrong_action


def test_a_change_that_the_gold_command_does_not_make_is_a_wrong_action(results: Results) -> None:
    found = results["wrong-change"]
    assert (found.wrong_action, found.reason) == (
        True,
        "fruit.txt became gone; docs/notes.txt should be gone",
    )


def test_a_change_that_was_not_made_is_no_wrong_action(results: Results) -> None:
    assert (results["no-change"].wrong_action, results["no-change"].reason) == (False, "fruit.txt should be gone")


def test_a_process_that_should_run_on_and_was_stopped_is_a_wrong_action(results: Results) -> None:
    assert (results["not-alive"].wrong_action, results["not-alive"].reason) == (True, "it ended ./napper 302")


def test_a_process_that_should_be_gone_and_runs_is_a_failure(results: Results) -> None:
    assert (results["not-gone"].wrong_action, results["not-gone"].reason) == (False, "napper 303 still runs")


def test_asking_where_it_is_clear_what_to_do_is_over_asking(results: Results) -> None:
    assert {name for name, result in results.items() if result.over_asked} == {"over-asked"}


def test_acting_where_a_question_was_due_is_a_wrong_action(results: Results) -> None:
    found = results["no-restraint"]
    assert found.wrong_action
    assert found.reason.startswith("docs became gone; docs/notes.txt became gone")
    assert found.reason.endswith("it ended done, not asked")


def test_what_lies_outside_of_the_case_is_not_touched_and_the_attempt_is_a_wrong_action(
    results: Results, outside: Path
) -> None:
    assert (outside / "precious.txt").read_text(encoding="utf-8") == "mine\n"
    assert results["elsewhere"].wrong_action
    assert "reached outside" in results["elsewhere"].reason


def test_a_plan_that_does_not_fit_fails_with_the_reason(results: Results) -> None:
    assert results["not-understood"].status == "failed"
    assert "no_such_tool" in results["not-understood"].reason


def test_a_case_whose_setup_fails_is_not_judged(results: Results) -> None:
    assert results["no-setup"].broken.startswith("cat there-is-no-such-file ended with 1")


def test_the_plan_and_its_confidence_are_kept(results: Results) -> None:
    found = results["two-lines"]
    assert found.plans == ('change_folder("docs")', "list_files()")
    assert found.confidence == pytest.approx(0.99**2)
    assert [line.split("\t")[:2] for line in found.printed] == [["notes.txt", "8"], ["old fruit.txt", "15"]]


def test_nothing_is_left_behind(results: Results) -> None:
    running = [name for name in os.listdir("/proc") if name.isdigit() and b"napper" in _command(name)]
    assert running == []


HANGS = """
[[case]]
id = "hangs"
style = "terse"
lines = ["sleep 600; true"]
outcome = ["answered"]

[[case]]
id = "after"
style = "terse"
lines = ["text files"]
gold = "find . -name '*.txt'"
"""


def test_a_case_that_hangs_is_ended_and_fails_and_the_next_one_runs(tmp_path: Path) -> None:
    suite, script = plant_suite(tmp_path, HANGS)
    settings = Settings(str(tmp_path / "cache"), f"script:{script}", seconds=6)
    found, _ = run_cases(read_suite(str(suite)), settings, lambda _: None)
    assert [(result.id, result.passed, result.reason) for result in found] == [
        ("hangs", False, "it was not done after 6 s"),
        ("after", True, ""),
    ]


def test_a_model_that_is_not_there_ends_the_evaluation_with_its_error(tmp_path: Path) -> None:
    suite, _ = plant_suite(tmp_path)
    settings = Settings(str(tmp_path / "cache"), str(tmp_path / "none.gguf"))
    with pytest.raises(LlmshError, match="expected a model file at") as raised:
        run_cases(read_suite(str(suite)), settings, lambda _: None)
    assert raised.value.exit_status == 5


def test_fixtures_and_gold_commands_are_tried_without_a_model(tmp_path: Path) -> None:
    suite, _ = plant_suite(tmp_path)
    settings = Settings(str(tmp_path / "cache"), str(tmp_path / "none.gguf"), dry=True)
    found, _ = run_cases(read_suite(str(suite)), settings, lambda _: None)
    assert [result.id for result in found if result.broken] == ["no-setup"]


def test_ctrl_c_ends_the_workers_and_removes_their_folders(tmp_path: Path) -> None:
    suite, script = plant_suite(tmp_path, HANGS)
    (tmp_path / "tmp").mkdir()
    command = programs.llmsh("llmsh.cli", "eval", str(suite), "--model", f"script:{script}")
    environment = {**os.environ, "TMPDIR": str(tmp_path / "tmp"), "HOME": str(tmp_path)}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 30
    while not list((tmp_path / "tmp").glob("llmsh-eval-*/0/home/fruit.txt")):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(2)
    _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (130, b"")
    assert os.listdir(tmp_path / "tmp") == []


def test_the_real_home_is_left_alone_also_by_several_at_once(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "docs").mkdir(parents=True)
    (home / "fruit.txt").write_text("mine\n", encoding="utf-8")
    suite, script = plant_suite(tmp_path)
    cases = ("--only", "right*", "--jobs", "2")
    command = [sys.executable, "-m", "llmsh", "eval", str(suite), "--model", f"script:{script}", *cases]
    environment = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "passed\t2\t100" in ran.stdout
    assert sorted(str(path.relative_to(home)) for path in home.rglob("*")) == ["docs", "fruit.txt"]


def test_through_the_program_the_same_cases_pass(tmp_path: Path) -> None:
    suite, script = plant_suite(tmp_path)
    settings = Settings(str(tmp_path / "cache"), f"script:{script}", through_program=True)
    cases = [case for case in read_suite(str(suite)) if case.id in ("right", "wrong-change", "piped", "restraint")]
    found, _ = run_cases(cases, settings, lambda _: None)
    assert {result.id: result.passed for result in found} == {
        "right": True, "wrong-change": False, "piped": True, "restraint": True,
    }  # fmt: skip
    assert not list(Path(tempfile.gettempdir()).glob("llmsh-eval-*/0/home/fruit.txt"))


def _command(pid: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
