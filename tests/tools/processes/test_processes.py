"""The list of processes and the tree."""

import os
import socket
import subprocess

import psutil
import pytest

from llmsh.errors import ToolFailed
from llmsh.tools.processes.known import program_names
from llmsh.tools.processes.process_tree import process_tree
from llmsh.tools.processes.processes import processes
from llmsh.types import Processes


def column(rows, name):
    index = [item.name for item in rows.columns].index(name)
    return [row[index] for row in rows.rows]


def test_a_script_is_found_by_its_own_name_and_not_only_by_the_interpreters(start):
    child = start("llmsh-probe-a.py")
    found = processes(name="LLMSH-probe-a")
    assert isinstance(found, Processes)
    assert column(found, "pid") == [child.pid]
    assert column(found, "user") == [psutil.Process().username()]
    assert column(found, "command")[0].endswith("llmsh-probe-a.py")
    assert column(found, "memory")[0] > 1_000_000
    assert abs(column(found, "started")[0] - psutil.Process(child.pid).create_time()) < 1


def test_a_name_may_have_wildcards(start):
    child = start("llmsh-probe-b.py")
    assert column(processes(name="llmsh-probe-?.py"), "pid") == [child.pid]


def test_any_part_of_the_command_line_can_be_asked_for(start, tmp_path):
    child = start()
    assert column(processes(command=str(tmp_path)), "pid") == [child.pid]


def test_process_ids_are_looked_up_and_missing_ones_are_noted():
    found = processes(pids=(os.getpid(), 4_000_000))
    assert column(found, "pid") == [os.getpid()]
    assert found.notes == ["there is no process 4000000"]


def test_a_process_id_that_nobody_has_is_an_error():
    with pytest.raises(ToolFailed, match="there is no process 4000000"):
        processes(pids=(4_000_000,))


def test_a_name_that_nobody_has_gives_no_rows_and_says_so():
    found = processes(name="no-such-program-anywhere")
    assert (list(found.rows), found.notes) == ([], ["there is no process named no-such-program-anywhere"])


def test_memory_is_sorted_largest_first_and_names_alphabetically():
    memory = [value for value in column(processes(sort="memory"), "memory") if value is not None]
    assert memory == sorted(memory, reverse=True)
    names = [name.lower() for name in column(processes(sort="name"), "name")]
    assert names == sorted(names)


def test_a_process_that_works_hard_comes_first_by_cpu(start):
    busy = start(
        "llmsh-probe-busy.py",
        "import threading\nthreading.Thread(target=lambda: [0 for _ in iter(int, 1)], daemon=True).start()",
    )
    idle = start("llmsh-probe-idle.py")
    found = processes(name="llmsh-probe", sort="cpu")
    assert column(found, "pid") == [busy.pid, idle.pid]
    assert column(found, "cpu")[0] > column(found, "cpu")[1]


def test_the_process_behind_a_port_is_found():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert column(processes(port=port), "pid") == [os.getpid()]
    assert processes(port=port).notes[0].endswith(f"uses port {port}")


def test_mine_are_those_of_the_user_who_asks():
    assert set(column(processes(mine=True), "user")) == {psutil.Process().username()}
    assert os.getpid() in column(processes(mine=True), "pid")


def test_a_process_that_has_ended_but_was_not_reaped_is_a_zombie(start):
    child = start()
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert child.pid in column(processes(status="zombie"), "pid")


@pytest.mark.parametrize(
    ("name", "argv", "names"),
    [
        ("nginx", ["nginx: worker process"], ["nginx", "nginx"]),
        ("bash", ["-bash"], ["bash", "bash"]),
        ("sshd", ["sshd: ann@pts/0"], ["sshd", "sshd"]),
        ("python3", ["/usr/bin/python3", "-u", "/srv/app.py", "x"], ["python3", "python3", "app.py"]),
        ("python3", ["python3", "-m", "http.server"], ["python3", "python3", "http.server"]),
        ("bash", ["bash", "-c", "rm -r /tmp/firefox"], ["bash", "bash"]),
        ("kthreadd", [], ["kthreadd"]),
    ],
)
def test_a_process_is_called_by_its_program_or_its_script(name, argv, names):
    assert program_names(name, argv) == names


def test_the_tree_has_children_below_their_parents(start):
    child = start(before="import subprocess\nsubprocess.Popen(['sleep', '60'])")
    grandchild = psutil.Process(child.pid).children()[0]
    found = process_tree(child.pid)
    assert column(found, "pid") == [child.pid, grandchild.pid]
    assert column(found, "parent") == [os.getpid(), child.pid]
    assert column(found, "depth") == [0, 1]
    assert column(process_tree(name="llmsh-probe.py"), "pid") == [child.pid, grandchild.pid]
    grandchild.kill()


def test_the_whole_tree_holds_every_process_once_with_parents_first():
    pids, parents = (column(process_tree(), name) for name in ("pid", "parent"))
    assert len(pids) == len(set(pids))
    assert os.getpid() in pids
    place = {pid: index for index, pid in enumerate(pids)}
    assert all(place[parent] < place[pid] for pid, parent in zip(pids, parents, strict=True) if parent in place)


def test_a_tree_below_nobody_is_an_error():
    with pytest.raises(ToolFailed, match="there is no process 4000000"):
        process_tree(4_000_000)
    with pytest.raises(ToolFailed, match="no process is named nobody-at-all"):
        process_tree(name="nobody-at-all")


def test_processes_that_vanish_while_they_are_listed_do_no_harm():
    for _ in range(3):
        passing = [subprocess.Popen(["true"]) for _ in range(10)]
        assert os.getpid() in column(processes(), "pid")
        for child in passing:
            child.wait()
