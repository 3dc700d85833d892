from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from llmsh.errors import ToolFailed, WorkerFailed
from llmsh.sandbox.client import Worker
from llmsh.types import LINE, PATH, Changes, Column, Effects, Files, Limits, Progress, Text, Unit
from tests.sandbox.conftest import FORKS, MODULES, ROGUES, left_of_call, of_calls, request, unseen


def failure(worker: Worker, *calls, kind=WorkerFailed, **more) -> str:
    with pytest.raises(kind) as caught:
        worker.run(request(*calls, **more), unseen)
    return caught.value.message


def alive(*pids: object) -> list[object]:
    return [pid for pid in pids if psutil.pid_exists(int(str(pid)))]


# What a well-behaved pipe gives


def test_a_pipe_gives_its_rows(worker, tmp_path):
    (tmp_path / "a.txt").write_text("abc", encoding="utf-8")
    given = Files((PATH,), [("a.txt",), ("b.txt",)], ["one note"])
    result = worker.run(request(("first", {"count": 1}), given=given, cwd=str(tmp_path)), unseen)
    assert result == Files((PATH,), [("a.txt",)], ["one note"])


def test_details_are_added_where_they_are_asked_for(worker, tmp_path):
    (tmp_path / "a.txt").write_text("abc", encoding="utf-8")
    os.utime(tmp_path / "a.txt", (5.5, 5.5))
    given = Files((PATH,), [("a.txt",)])
    result = worker.run(request("first", given=given, cwd=str(tmp_path), details=True), unseen)
    columns = (PATH, Column("size", Unit.BYTES), Column("modified", Unit.TIME), Column("kind"))
    assert result == Files(columns, [("a.txt", 3, 5.5, "file")])


def test_changes_need_no_details_of_what_is_gone(worker):
    assert worker.run(request("changed", details=True), unseen) == Changes((PATH,), [("gone.txt",)])


def test_lines_piped_into_a_tool_that_takes_files_become_paths(worker):
    given = Text(LINE, [("a b.txt",), ("",), ("c.txt",)], ["cut short"])
    result = worker.run(request("sources", given=given), unseen)
    assert result == Text(LINE, [("Files ('a b.txt',)",), ("Files ('c.txt',)",)], ["cut short"])


def test_a_list_of_values_arrives_as_a_tuple(worker):
    result = worker.run(request(("maybe", {"pids": (4, 5)})), unseen)
    assert result.rows == [("None (4, 5)",)]


def test_a_type_of_a_plugin_arrives_as_the_type_it_was_derived_from(worker):
    assert worker.run(request("my_files"), unseen) == Files((PATH,), [("a",)])


def test_names_that_are_no_utf8_survive(worker):
    name = os.fsdecode(b"caf\xe9")
    result = worker.run(request("first", given=Files((PATH,), [(name,)])), unseen)
    assert result.rows == [(name,)]


def test_many_rows_go_in_and_come_out(worker):
    rows = [(f"line {number}",) for number in range(30_000)]
    result = worker.run(request(("first", {"count": 30_000}), given=Text(LINE, rows)), unseen)
    assert result == Text(LINE, rows)


def test_the_rows_before_a_failure_come_with_it(worker):
    with pytest.raises(ToolFailed) as caught:
        worker.run(request("some_then_fail"), unseen)
    assert (caught.value.message, caught.value.hint, caught.value.exit_status) == (
        "make failed (exit status 7)", "see its output", 7,
    )  # fmt: skip
    assert caught.value.rows == Text(LINE, [("cc a.c",), ("cc b.c",)], ["b.o is missing"], "make")


def test_progress_counts_the_rows_as_they_come(worker):
    seen: list[Progress] = []
    failed = request(("flood", {"width": 1000}), limits=Limits(seconds=20, rows=50_000))
    with pytest.raises(WorkerFailed):
        worker.run(failed, seen.append)
    counts = [progress.done for progress in seen]
    assert seen[-1].what == "flood"
    assert counts == sorted(counts)
    assert 0 < counts[-1] <= 51_000


def test_a_tool_runs_in_a_session_of_its_own_with_nothing_of_the_shell_in_reach(tmp_path, monkeypatch):
    monkeypatch.setenv("API_KEY", "secret")
    with closing(Worker()) as worker, (tmp_path / "open").open("w", encoding="utf-8"):
        worker.start([ROGUES], MODULES)
        asked = request("surroundings", cwd=str(tmp_path), limits=Limits(seconds=20, memory=1 << 30))
        facts = dict(worker.run(asked, unseen).rows)
        assert b"API_KEY" not in Path(f"/proc/{worker._zygote.pid}/environ").read_bytes()
    unlimited = facts.pop("data")
    assert unlimited != 1 << 30
    assert facts == {
        "leads its session": 1, "files above 2": 1, "stdin": "/dev/null", "stdout": "/dev/null", "stderr": "/dev/null",
        "folder": str(tmp_path), "PATH": "/bin", "secret": "", "memory": 1 << 30, "core": 0, "model": 0,
    }  # fmt: skip


def test_where_programs_are_run_their_data_is_limited_and_not_their_addresses(worker):
    asked = request("surroundings", effects=Effects(runs=("make",)), limits=Limits(seconds=20, memory=1 << 30))
    facts = dict(worker.run(asked, unseen).rows)
    assert facts["data"] == 1 << 30
    assert facts["memory"] != 1 << 30


# What a broken or hostile tool costs: its own call


def test_a_crash_in_c_is_named(worker):
    assert failure(worker, "abort") == "abort crashed (SIGABRT)"
    assert failure(worker, "segfault") == "segfault crashed (SIGSEGV)"


def test_a_crash_in_python_names_the_tool_of_the_pipe_and_the_line(worker):
    with pytest.raises(WorkerFailed) as caught:
        worker.run(request("divide", ("first", {"count": 5})), unseen)
    assert caught.value.message == "divide crashed: ZeroDivisionError: integer division or modulo by zero"
    assert caught.value.hint.startswith("this is a fault of the tool (rogues.py, line ")


def test_rows_that_nobody_asked_for_do_not_crash(worker):
    assert worker.run(request("divide", ("first", {"count": 2})), unseen).rows == [(1,), (2,)]


def test_sys_exit_is_no_result(worker):
    assert failure(worker, ("sys_exit", {"status": 3})) == "sys_exit crashed: SystemExit: 3"
    assert failure(worker, ("hard_exit", {"status": 3})) == "hard_exit ended without a result (exit status 3)"


def test_an_interrupt_raised_by_a_tool_does_not_interrupt_the_shell(worker):
    assert failure(worker, "interrupt_itself") == "interrupt_itself crashed: KeyboardInterrupt"


def test_a_hanging_tool_is_stopped_when_its_time_is_up(worker):
    limits = Limits(seconds=0.3)
    assert failure(worker, "hang_at_once", limits=limits) == "hang_at_once took longer than 0.3 s and was stopped"
    assert failure(worker, "spin", limits=limits) == "spin took longer than 0.3 s and was stopped"


def test_a_flood_of_rows_is_stopped(worker):
    limits = Limits(seconds=20, rows=5000)
    assert failure(worker, "flood", limits=limits) == "flood gave more than 5,000 rows and was stopped"


def test_a_flood_of_bytes_is_stopped(worker):
    limits = Limits(seconds=20, output=1_000_000)
    message = failure(worker, ("flood", {"width": 100_000}), limits=limits)
    assert message == "flood gave more than 1,000,000 bytes and was stopped"


def test_a_line_too_long_for_a_frame_is_an_error_and_the_rows_before_it_are_kept(worker):
    with pytest.raises(ToolFailed, match="a single row holds 33,554,438 bytes") as caught:
        worker.run(request(("one_huge_line", {"width": 32 << 20})), unseen)
    assert caught.value.rows == Text(LINE, [("short",)])


def test_a_tool_that_eats_memory_is_told_so(worker):
    limits = Limits(seconds=20, memory=300 << 20)
    assert failure(worker, "eat", limits=limits) == "eat ran out of memory"


def test_what_a_tool_prints_goes_nowhere(worker):
    assert worker.run(request("chatter"), unseen).rows == [(0,)]


def test_a_full_disk_is_an_error_of_the_tool(worker):
    assert failure(worker, "no_space", kind=ToolFailed) == "no_space: No space left on device: big.iso"


def test_rows_that_are_none_are_refused(worker):
    assert failure(worker, "nothing") == "nothing crashed: TypeError: it gave NoneType, not rows"
    assert (
        failure(worker, "object_row") == "object_row crashed: TypeError: Object of type object is not JSON serializable"
    )
    assert failure(worker, "list_row") == "the worker sent values that are neither text nor numbers instead of rows"
    assert failure(worker, "wrong_width", kind=ToolFailed) == "a row with 1 values where there are 2 columns"


def test_an_unknown_tool_is_named(worker):
    assert failure(worker, "teleport", kind=ToolFailed) == "there is no tool named teleport in the worker"


def test_a_working_folder_that_is_gone_is_named(worker):
    message = failure(worker, "maybe", kind=ToolFailed, cwd="/nowhere")
    assert message == "the working folder /nowhere cannot be entered: No such file or directory"


def test_a_tool_that_closes_its_sockets_gives_no_result(worker):
    assert failure(worker, "shut") == "shut ended without a result (exit status 1)"
    assert failure(worker, "shut_and_hang") == "shut_and_hang closed its connection without a result"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("ff" * 20, "the worker sent a header that is none (kind 255, 4,294,967,295 bytes) instead of rows"),
        ("02ffffffff", "the worker sent a header that is none (kind 2, 4,294,967,295 bytes) instead of rows"),
        ("0400000002" + b"[]".hex(), "the worker sent END out of order instead of rows"),
        ("0200000002" + b"{}".hex(), "the worker sent a head that is none instead of rows"),
        ("0100000002" + b"{}".hex(), "the worker sent REQUEST out of order instead of rows"),
        ("0500000002" + b"[]".hex(), "the worker sent an error that is none instead of rows"),
    ],
)
def test_garbage_in_place_of_frames_is_refused(worker, code, message):
    assert failure(worker, ("say", {"code": code})) == message


# Nothing is left running


def test_children_that_stay_end_with_the_call(worker):
    assert len(worker.run(request("breed", effects=FORKS), unseen).rows) == 2
    assert left_of_call(worker) == []


def test_a_tool_that_runs_no_program_starts_no_process(worker):
    assert failure(worker, "breed", kind=ToolFailed) == "breed: Operation not permitted"


def test_children_of_a_crashed_tool_end_with_it(worker):
    # process 1 of a namespace cannot be aborted: the C library falls back to an instruction that there is not
    assert failure(worker, "breed_and_abort", effects=FORKS) in {
        "breed_and_abort crashed (SIGABRT)", "breed_and_abort crashed (SIGSEGV)",
    }  # fmt: skip
    assert left_of_call(worker) == []


def test_ctrl_c_stops_the_tool_and_all_it_started(worker):
    started: list[psutil.Process] = []

    def press(progress: Progress) -> None:
        if progress.done == 1 and not started:
            started.extend(of_calls(worker))
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        worker.run(request("hang", effects=FORKS), press)
    assert len(started) == 3
    assert alive(*(process.pid for process in started)) == []


def test_ctrl_c_while_rows_are_sent_stops_the_call(worker):
    def rows():
        yield ("a",)
        os.kill(os.getpid(), signal.SIGINT)
        yield ("b",)

    with pytest.raises(KeyboardInterrupt):
        worker.run(request("first", given=Text(LINE, rows())), unseen)
    assert left_of_call(worker) == []


def test_an_error_in_the_observer_stops_the_call(worker):
    def fail(progress: Progress) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        worker.run(request("hang", effects=FORKS), fail)
    assert left_of_call(worker) == []


def test_a_worker_dies_with_a_shell_that_is_killed():
    script = (
        "from llmsh.sandbox.client import Worker\n"
        "from tests.sandbox.conftest import *\n"
        "import psutil\n"
        "worker = Worker()\n"
        "worker.start([ROGUES], MODULES)\n"
        "def show(progress):\n"
        "    if progress.done == 1:\n"
        "        print(*(p.pid for p in psutil.Process().children(recursive=True)), flush=True)\n"
        "worker.run(request('hang', effects=FORKS), show)\n"
    )
    root = Path(__file__).parents[2]
    shell = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=root, text=True)
    with shell:
        processes = [psutil.Process(int(pid)) for pid in shell.stdout.readline().split()]
        shell.kill()
    assert len(processes) >= 4  # the zygote, the call, and what waits for the next one
    assert psutil.wait_procs(processes, timeout=10)[1] == []
