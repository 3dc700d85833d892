"""Plans run for real: segments, verdicts, confirmation, and what is left when one stops."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from llmsh.check import BoundPlan, check
from llmsh.errors import Denied, ToolFailed
from llmsh.executor import Executor
from llmsh.plan import parse
from llmsh.policy import Ground, judge
from llmsh.registry import Registry, derive
from llmsh.sandbox.client import Worker
from llmsh.session import Session
from llmsh.tools import built_in
from llmsh.types import Decision, Effects, Files, Preview, Processes, Rows, Verdict

REGISTRY = Registry(derive(function) for function in built_in())


class Desk:
    """An executor whose questions are kept and answered as told."""

    def __init__(self, worker: Worker, tree: Path, *, approve: bool) -> None:
        self.asked: list[Preview] = []
        self.approve = approve
        self.session = Session({**os.environ, "XDG_DATA_HOME": str(tree.parent / "data")})
        self.tree = tree
        self.executor = Executor(worker, self.session, judge=self.judge, confirm=self.confirm)

    def judge(self, effects: Effects) -> Verdict:
        return judge(effects, Ground("ask", str(self.tree), "/nowhere", confined=True))

    def confirm(self, preview: Preview) -> bool:
        self.asked.append(preview)
        return self.approve

    def run(self, text: str) -> Rows | None:
        outcome = self.executor.execute(bound(text), lambda progress: None)
        if outcome.error is not None:
            raise outcome.error
        return outcome.result


def bound(text: str, last: type[Rows] | None = None) -> BoundPlan:
    return check(parse(text), REGISTRY, last=last)


def first_column(rows: Rows | None) -> list[object]:
    return [] if rows is None else [row[0] for row in rows.rows]


def test_a_read_only_pipe_asks_nothing(worker: Worker, tree: Path) -> None:
    desk = Desk(worker, tree, approve=False)
    assert first_column(desk.run('find_files(name="*.py") | sort() | first(2)')) == ["a.py", "src/main.py"]
    assert desk.asked == []


def test_a_piped_delete_is_judged_on_the_very_files(worker: Worker, tree: Path) -> None:
    desk = Desk(worker, tree, approve=True)
    desk.run('find_files("build", name="*.tmp") | delete()')
    assert [sorted(preview.effects.deletes) for preview in desk.asked] == [
        [str(tree / "build/x.tmp"), str(tree / "build/y.tmp")]
    ]
    assert (desk.asked[0].files, desk.asked[0].size) == (2, 30)
    assert sorted(os.listdir("build")) == []


def test_what_is_not_approved_changes_nothing_and_stops_the_plan(worker: Worker, tree: Path) -> None:
    desk = Desk(worker, tree, approve=False)
    outcome = desk.executor.execute(bound('delete("todo.txt")\nmake_folder("made")'), lambda progress: None)
    assert isinstance(outcome.error, Denied)
    assert (tree / "todo.txt").exists()
    assert not (tree / "made").exists()
    assert [(record.tool, record.ok) for record in outcome.records] == [("delete", None)]


def test_a_failing_call_is_on_record_with_its_error(worker: Worker, tree: Path) -> None:
    desk = Desk(worker, tree, approve=True)
    outcome = desk.executor.execute(bound('read("nothing.txt") | first(3)'), lambda progress: None)
    assert isinstance(outcome.error, ToolFailed)
    assert {record.ok for record in outcome.records} == {False}
    assert all("nothing.txt" in str(record.error) for record in outcome.records)


def test_last_and_its_rows_flow_into_the_next_step(worker: Worker, tree: Path) -> None:
    desk = Desk(worker, tree, approve=True)
    assert first_column(desk.run('find_files("docs", name="*.md") | sort()\nlast[2] | read(first=1)')) == ["# Intro"]


def test_a_row_that_is_not_there_is_an_error(worker: Worker, tree: Path) -> None:
    with pytest.raises(ToolFailed, match="has 2 rows, there is no row 3"):
        Desk(worker, tree, approve=True).run('find_files("docs", name="*.md")\nlast[3] | read()')


def test_a_new_working_folder_holds_for_the_next_step(worker: Worker, tree: Path) -> None:
    assert first_column(Desk(worker, tree, approve=True).run('change_folder("docs")\nfind_files(name="*.pdf")')) == [
        "report.pdf"
    ]


def test_files_in_the_result_have_their_details_and_those_between_calls_need_none(worker: Worker, tree: Path) -> None:
    result = Desk(worker, tree, approve=True).run('find_files("docs", name="*.pdf")')
    assert result is not None
    assert [column.name for column in result.columns] == ["path", "size", "modified", "kind"]


@pytest.mark.parametrize(
    ("plan", "decisions"),
    [
        ('find_files("build") | delete()', [Decision.ALLOW, Decision.ASK]),
        ('processes(name="nothing") | stop()', [Decision.ALLOW, Decision.ASK]),
        ('read("notes.txt") | first()', [Decision.ALLOW, Decision.ALLOW]),
    ],
)
def test_a_rehearsal_judges_every_call_and_runs_none(
    worker: Worker, tree: Path, plan: str, decisions: list[Decision]
) -> None:
    outcome = Desk(worker, tree, approve=True).executor.rehearse(bound(plan))
    assert [record.verdict.decision for record in outcome.records] == decisions
    assert {record.ok for record in outcome.records} == {None}
    assert (tree / "build/x.tmp").exists()


def test_last_keeps_its_type_between_lines(worker: Worker, tree: Path) -> None:
    desk = Desk(worker, tree, approve=True)
    desk.session.last = desk.run("processes() | first(2)")
    assert isinstance(desk.session.last, Processes)
    outcome = desk.executor.execute(bound("last | first()", Processes), lambda progress: None)
    assert isinstance(outcome.result, Processes)
    assert not isinstance(outcome.result, Files)


def test_a_process_is_held_from_before_it_is_approved(worker: Worker, tree: Path) -> None:
    child = subprocess.Popen(["sh", "-c", "read _"], stdin=subprocess.PIPE)
    other = subprocess.Popen(["sh", "-c", "read _"], stdin=subprocess.PIPE)
    try:
        assert first_column(Desk(worker, tree, approve=True).run(f"stop({child.pid})")) == [child.pid]
        assert (child.wait(), other.poll()) == (-signal.SIGTERM, None)
    finally:
        for process in (child, other):
            process.kill()
            process.communicate()


def test_a_process_whose_number_was_given_out_again_while_the_user_thought_is_left_alone(
    worker: Worker, tree: Path
) -> None:
    child = subprocess.Popen(["sh", "-c", "read _"], stdin=subprocess.PIPE)

    class Slow(Desk):
        def confirm(self, preview: Preview) -> bool:
            child.kill()
            child.communicate()
            return True

    with pytest.raises(ToolFailed, match=f"process {child.pid}"):
        Slow(worker, tree, approve=True).run(f"stop({child.pid})")


def test_a_priority_is_set_through_the_cage(worker: Worker, tree: Path) -> None:
    child = subprocess.Popen(["sh", "-c", "read _"], stdin=subprocess.PIPE)
    try:
        before = os.getpriority(os.PRIO_PROCESS, child.pid)
        Desk(worker, tree, approve=True).run(f"set_priority({child.pid}, nice={before + 5})")
        assert os.getpriority(os.PRIO_PROCESS, child.pid) == before + 5
    finally:
        child.kill()
        child.communicate()
