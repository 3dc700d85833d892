"""Stopping processes and changing their priority."""

import os
import shutil
import signal
import subprocess
from functools import partial

import psutil
import pytest

from llmsh.errors import ToolFailed
from llmsh.sandbox.holding import hold
from llmsh.tools.processes.aim import aim, gone, signals
from llmsh.tools.processes.processes import processes
from llmsh.tools.processes.set_priority import set_priority
from llmsh.tools.processes.stop import stop
from llmsh.types import Column, Effects, Processes
from tests.doors import LocalDoor

DEAF = "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)"


def do(function, *arguments, held=None, **more):
    """Call a tool as an approved call is: the processes it is aimed at are held first."""
    aimed = signals(*arguments, **{name: value for name, value in more.items() if name == "name"})
    with hold(aimed.signals if held is None else held) as processes:
        return function(*arguments, **more, door=LocalDoor(processes=processes))


def test_a_process_is_stopped_by_its_id(start):
    child = start()
    user = psutil.Process().username()
    name = psutil.Process(child.pid).name()
    assert signals(pids=(child.pid,)) == Effects(reads=("/proc",), signals=(child.pid,))
    assert list(do(stop, None, (child.pid,)).rows) == [(child.pid, name, user, "stopped")]
    assert child.wait() == -signal.SIGTERM


def test_every_process_of_a_name_is_stopped_and_no_other(start):
    one, two, other = start("llmsh-probe-x.py"), start("llmsh-probe-x.py"), start("llmsh-probe-y.py")
    assert set(signals(name="llmsh-probe-x.py").signals) == {one.pid, two.pid}
    do(stop, None, name="llmsh-probe-x.py")
    assert (one.wait(), two.wait(), other.poll()) == (-signal.SIGTERM, -signal.SIGTERM, None)


def test_a_name_means_the_exact_one_before_those_it_is_a_word_of(start):
    exact, longer = start("probe7"), start("probe7-helper.py")
    assert signals(name="probe7").signals == (exact.pid,)
    exact.kill()
    exact.wait()
    assert signals(name="PROBE7").signals == (longer.pid,)


def test_a_part_of_a_word_is_no_name(start):
    start("probe8-helper.py")
    for look in (signals, partial(do, stop)):
        with pytest.raises(ToolFailed, match="no process is named robe8"):
            look(None, name="robe8")


@pytest.mark.parametrize("name", ["sleep 600.25", "ledger9.csv"])
def test_a_process_is_meant_by_how_its_command_line_starts_and_by_a_file_that_it_was_given(name):
    command = ["sleep", "600.25"] if name.startswith("sleep") else ["tail", "-f", "/dev/null", "ledger9.csv"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as child:
        try:
            assert signals(name=name).signals == (child.pid,)
        finally:
            child.kill()


def test_a_program_is_meant_by_its_path_too(tmp_path):
    shutil.copy("/usr/bin/sleep", tmp_path / "llmsh-lantern")
    with subprocess.Popen([tmp_path / "llmsh-lantern", "600"]) as child:
        try:
            assert signals(name=f"{tmp_path}/llmsh-lantern").signals == (child.pid,)
        finally:
            child.kill()


def test_a_number_in_a_command_line_is_no_name(start):
    child = start("llmsh-probe-number.py")
    with pytest.raises(ToolFailed, match="no process is named 600"):
        signals(name="600")
    assert child.poll() is None


def test_processes_come_through_the_pipe(start):
    child = start("llmsh-probe-pipe.py")
    given = processes(name="llmsh-probe-pipe")
    assert signals(given=given).signals == (child.pid,)
    do(stop, given)
    assert child.wait() == -signal.SIGTERM


def test_a_number_that_belongs_to_another_process_by_now_is_left_alone(start):
    child = start()
    given = Processes((Column("pid"), Column("started")), [(child.pid, psutil.Process(child.pid).create_time() - 60)])
    for look in (signals, partial(do, stop)):
        with pytest.raises(ToolFailed, match="its number belongs to another one now"):
            look(given)
    assert child.poll() is None


@pytest.mark.parametrize("pid", [1, os.getpid(), os.getppid()])
def test_init_and_llmsh_and_what_it_runs_in_are_never_touched(pid):
    for look in (signals, partial(do, stop)):
        with pytest.raises(ToolFailed, match=f"process {pid} is llmsh itself or what it runs in"):
            look(None, (pid,), force=True)


def test_what_is_left_alone_is_noted_when_others_are_stopped(start):
    child = start()
    stopped = do(stop, None, (1, child.pid, 4_000_000))
    assert [row[0] for row in stopped.rows] == [child.pid]
    assert stopped.notes == [
        "process 1 is llmsh itself or what it runs in: it is left alone",
        "there is no process 4000000",
    ]


def test_a_process_that_does_not_listen_is_reported_and_then_killed(start):
    child = start(before=DEAF)
    with pytest.raises(ToolFailed, match=f"still running after 3 seconds: {child.pid}") as failure:
        do(stop, None, (child.pid,))
    assert failure.value.hint == f"kill by force: stop({child.pid}, force=True)"
    assert [row[-1] for row in do(stop, None, (child.pid,), force=True).rows] == ["killed"]
    assert child.wait() == -signal.SIGKILL


def test_nothing_named_is_an_error():
    assert signals() == signals(given=Processes((Column("pid"),), [])) == Effects()
    with pytest.raises(ToolFailed, match="there are no processes to work on"):
        do(stop, None)
    assert aim(None, (), None).processes == ()


def test_a_pid_that_nobody_has_is_an_error():
    with pytest.raises(ToolFailed, match="there is no process 4000000"):
        do(stop, None, (4_000_000,))


def test_the_process_that_runs_the_tools_is_not_meant_by_pythons_name():
    commands = ("read _; :", "read _; : from llmsh.sandbox.zygote import main")
    plain, zygote = (subprocess.Popen(["sh", "-c", command], stdin=subprocess.PIPE) for command in commands)
    try:
        meant = signals(name="sh").signals
        assert (plain.pid in meant, zygote.pid in meant) == (True, False)
    finally:
        for child in (plain, zygote):
            child.kill()
            child.communicate()


def test_the_priority_of_a_process_is_lowered(start):
    child = start()
    before = psutil.Process(child.pid).nice()
    changed = do(set_priority, None, (child.pid,), nice=before + 5)
    assert [row[3:] for row in changed.rows] == [(before + 5, before)]
    assert psutil.Process(child.pid).nice() == before + 5


def test_a_nice_value_has_bounds(start):
    with pytest.raises(ToolFailed, match="a nice value is -20 to 19, not 20"):
        do(set_priority, None, (start().pid,), nice=20)


def test_a_process_that_was_not_approved_is_left_alone(start):
    one, other = start(), start()
    stopped = do(stop, None, (one.pid, other.pid), held=(one.pid,))
    assert [row[0] for row in stopped.rows] == [one.pid]
    assert stopped.notes == [gone(other.pid)]
    with pytest.raises(ToolFailed, match=f"process {other.pid} had ended already, or was not there yet"):
        do(set_priority, None, (other.pid,), nice=5, held=())
    assert (other.poll(), psutil.Process(other.pid).nice()) == (None, psutil.Process().nice())


def test_a_process_that_ended_after_it_was_approved_is_not_mistaken_for_another(start):
    child = start()
    with hold((child.pid,)) as processes:
        door = LocalDoor(processes=processes)
        assert door.holds(child.pid)
        child.kill()
        child.wait()
        assert not door.holds(child.pid)
        with pytest.raises(ProcessLookupError):
            door.signal(child.pid, signal.SIGTERM)


def test_more_processes_than_one_call_may_touch_are_refused():
    with pytest.raises(ToolFailed, match="201 processes are more than the 200"), hold(range(1, 202)):
        pass
