"""Ports and open files."""

import os
import socket

import psutil
import pytest

from llmsh.errors import ToolFailed
from llmsh.tools.processes.open_files import open_files
from llmsh.tools.processes.ports import ports

ME = psutil.Process().name()


def test_a_port_that_is_listened_on_is_shown_with_its_process():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        expected = [(port, "tcp", "127.0.0.1", "listening", None, os.getpid(), ME)]
        assert list(ports(port=port).rows) == expected
        assert expected[0] in ports(pid=os.getpid()).rows
        assert expected[0] in ports(process=ME.upper()).rows
    gone = ports(port=port)
    assert (list(gone.rows), gone.notes) == ([], ["nothing listens there"])


def test_a_udp_socket_without_a_partner_is_open():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as waiting:
        waiting.bind(("127.0.0.1", 0))
        port = waiting.getsockname()[1]
        assert list(ports(port=port).rows) == [(port, "udp", "127.0.0.1", "open", None, os.getpid(), ME)]


def test_connections_are_shown_only_when_asked_for():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        port, remote = client.getsockname()[1], server.getsockname()[1]
        assert list(ports(port=port).rows) == []
        found = list(ports(port=port, all=True).rows)
        assert found == [(port, "tcp", "127.0.0.1", "established", f"127.0.0.1:{remote}", os.getpid(), ME)]


def test_the_process_that_has_a_file_open_is_found(start, tmp_path):
    (tmp_path / "held.txt").write_text("x", encoding="utf-8")
    child = start(before="held = open('held.txt', 'r+')")
    rows = [row for row in open_files(path=str(tmp_path / "held.txt")).rows if row[0] == child.pid]
    assert [(row[3], row[4]) for row in rows] == [(str(tmp_path / "held.txt"), "writing")]


def test_a_folder_is_busy_where_a_process_stands_in_it(start, tmp_path):
    child = start()
    assert [(row[0], row[3], row[4]) for row in open_files(path=str(tmp_path)).rows] == [
        (child.pid, str(tmp_path), "folder")
    ]


def test_what_one_process_has_open_includes_its_program(start, tmp_path):
    child = start()
    used = {(row[3], row[4]) for row in open_files(pid=child.pid).rows}
    assert {(str(tmp_path), "folder"), (psutil.Process(child.pid).exe(), "program")} <= used


def test_a_file_that_nobody_has_open_is_said_so(tmp_path):
    (tmp_path / "free.txt").touch()
    found = open_files(path=str(tmp_path / "free.txt"))
    assert list(found.rows) == []
    assert found.notes[0] == f"no process that may be looked into has {tmp_path / 'free.txt'} open"


def test_a_missing_file_a_missing_process_and_a_missing_name_are_errors():
    with pytest.raises(ToolFailed, match=r"there is no gone\.txt"):
        open_files(path="gone.txt")
    with pytest.raises(ToolFailed, match="there is no process 4000000"):
        open_files(pid=4_000_000)
    with pytest.raises(ToolFailed, match="no process is named nobody-at-all"):
        open_files(name="nobody-at-all")
