from __future__ import annotations

import os
import platform
import re
import signal
import socket
import struct
import subprocess
import threading
from pathlib import Path

import pytest

from llmsh.sandbox.kernel import seccomp
from llmsh.sandbox.kernel.bpf import ALLOW
from llmsh.sandbox.kernel.privileges import call
from llmsh.sandbox.kernel.syscalls import architecture
from tests.sandbox.kernel.child import outcome
from tests.sandbox.kernel.test_bpf import judged

TOOL = {"tool": seccomp.tool_filter(), "tool that writes": seccomp.tool_filter(writes=True)}
PROGRAM = {"program": seccomp.program_filter(), "program with network": seccomp.program_filter(network=True)}
EVERY = [pytest.param(program, id=name) for name, program in {**TOOL, **PROGRAM}.items()]
HEADERS = {"x86_64": "/usr/include/x86_64-linux-gnu/asm/unistd_64.h", "aarch64": "/usr/include/asm-generic/unistd.h"}


def refused(program: bytes, name: str, *arguments: int) -> bool:
    return judged(program, architecture("x86_64")[name], *arguments) != ALLOW


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_numbers_are_those_of_the_system_where_it_knows_them(machine):
    path = Path(HEADERS[machine])
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    known = {name: int(number) for name, number in re.findall(r"#define __NR_(\w+)\s+(\d+)\s*$", text, re.MULTILINE)}
    ours = architecture(machine).numbers
    assert {name: known[name] for name in ours if name in known} == {
        name: number for name, number in ours.items() if name in known
    }
    assert len(set(ours.values())) == len(ours)


def test_a_machine_without_a_table_is_refused():
    with pytest.raises(OSError, match="there is no table of system calls for sparc64"):
        architecture("sparc64")


@pytest.mark.parametrize("program", EVERY)
def test_what_nobody_may_do_is_refused_in_every_filter(program):
    assert [
        name for name in seccomp.NEVER if name in architecture("x86_64").numbers and not refused(program, name)
    ] == []


@pytest.mark.parametrize("program", EVERY)
def test_calls_that_are_not_known_yet_do_not_exist(program):
    highest = architecture("x86_64").highest
    assert [judged(program, number) for number in (highest + 1, 0x40000000, 0x40000029)] == [seccomp.ENOSYS] * 3


@pytest.mark.parametrize("program", EVERY)
@pytest.mark.parametrize("flag", [0x02000000, 0x10000000, 0x20000000, 0x40000000, 0x00020000])
def test_no_namespace_is_made_by_clone(program, flag):
    assert refused(program, "clone", flag | 0x10000 | 17)


@pytest.mark.parametrize("program", EVERY)
def test_keys_are_not_pushed_into_a_terminal_with_a_bit_above_either(program):
    assert all(refused(program, "ioctl", 0, request) for request in (0x5412, 0x1_0000_5412, 0x541C))


@pytest.mark.parametrize("program", EVERY)
def test_no_file_becomes_setuid(program):
    assert refused(program, "fchmod", 3, 0o4755)
    assert refused(program, "openat", 0, 0, 0o101, 0o2755)
    assert refused(program, "openat2", 0, 0, 0, 24)
    assert not refused(program, "openat", 0, 0, 0, 0o7777)  # without O_CREAT the mode is whatever lay there


def test_a_pair_of_datagram_sockets_could_be_aimed_elsewhere_and_is_refused():
    program = seccomp.program_filter(network=True)
    kinds = [refused(program, "socketpair", 1, kind) for kind in (1, 5, 2, 1 | 0o2000000)]
    assert kinds == [False, False, True, False]


def test_with_network_there_are_internet_sockets_and_no_others():
    program = seccomp.program_filter(network=True)
    wanted = [(2, 1, 0), (10, 2, 17), (16, 3, 0)]
    unwanted = [(1, 1, 0), (17, 3, 0), (40, 1, 0), (38, 5, 0), (2, 1, 262), (2, 3, 1), (16, 3, 15)]
    assert [refused(program, "socket", *given) for given in wanted] == [False] * 3
    assert [refused(program, "socket", *given) for given in unwanted] == [True] * 7
    assert refused(seccomp.program_filter(), "socket", 2, 1, 0)


def test_a_tool_starts_threads_and_no_processes():
    program = seccomp.tool_filter(writes=True)
    assert [refused(program, "clone", flags) for flags in (0x3D0F00, 0x11, 0x4111)] == [False, True, True]
    assert refused(program, "fork")
    assert refused(program, "execve")


def test_a_tool_signals_only_what_it_was_given_and_only_to_end_it():
    program = seccomp.tool_filter(pidfds=(7, 9), own=30)
    assert [refused(program, "pidfd_send_signal", *given) for given in ((7, 15), (9, 9))] == [False, False]
    assert [
        refused(program, "pidfd_send_signal", *given) for given in ((8, 15), (7, 19), (7, 15, 1), (7, 9, 0, 1))
    ] == ([True] * 4)
    assert [refused(program, "kill", pid, 6) for pid in (30, 40, 1, 2**32 - 1)] == [False, True, True, True]
    assert [refused(program, "setpriority", 0, pid) for pid in (0, 41)] == [False, True]
    assert refused(program, "setpriority", 2, 0)


def test_the_filter_of_one_signal_allows_that_signal_and_the_end():
    program = seccomp.signal_filter(5, signal.SIGTERM)
    assert not refused(program, "pidfd_send_signal", 5, 15)
    assert [refused(program, name) for name in ("write", "exit_group")] == [False, False]
    assert all(refused(program, name, 5, 9) for name in ("pidfd_send_signal", "kill", "read", "openat", "connect"))


def test_metadata_is_changed_through_open_files_only(tmp_path):
    path = tmp_path / "file"
    path.write_text("x", encoding="utf-8")
    handle = os.open(path, os.O_RDWR)
    acts = (
        lambda: os.fchmod(handle, 0o600), lambda: os.utime(handle, (1, 1)), lambda: os.chmod(path, 0o777),
        lambda: os.utime(path), lambda: os.chown(path, -1, -1), lambda: os.setxattr(path, "user.a", b"b"),
    )  # fmt: skip
    writes = outcome(lambda: seccomp.install(seccomp.tool_filter(writes=True)), *acts)
    reads = outcome(lambda: seccomp.install(seccomp.tool_filter()), *acts)
    os.close(handle)
    assert writes == ["done", "done", "EPERM", "EPERM", "EPERM", "EPERM"]
    assert reads == ["EPERM"] * 6
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_filter_holds_programs_that_are_started_too(tmp_path):
    done = tmp_path / "done"

    def run() -> None:
        line = f"unshare -r true || echo refused > {done}"
        subprocess.run(["/bin/sh", "-c", line], stderr=subprocess.DEVNULL, check=True)

    outcome(lambda: seccomp.install(seccomp.program_filter()), run)
    assert done.read_text(encoding="utf-8") == "refused\n"


def test_without_a_filter_the_same_calls_succeed():
    assert outcome(lambda: None, socket.socket, lambda: os.kill(os.getppid(), 0)) == ["done"] * 2


@pytest.mark.skipif(platform.machine() != "x86_64", reason="bytes of machine code for x86_64")
def test_the_door_of_another_architecture_is_shut():
    import ctypes
    import mmap

    code = b"\xb8\x14\x00\x00\x00\xcd\x80\xc3"  # mov eax, 20 (getpid of i386); int 0x80; ret

    def by_the_other_door() -> None:
        page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        page.write(code)
        function = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
        result = function()
        if result < 0:
            raise OSError(-result, os.strerror(-result))

    assert outcome(lambda: seccomp.install(seccomp.tool_filter()), by_the_other_door) == ["ENOSYS"]


def test_a_listener_is_asked_about_a_change_by_path(tmp_path):
    path = tmp_path / "file"
    path.write_text("x", encoding="utf-8")
    numbers: list[int] = []

    def work() -> None:
        listener = seccomp.install_with_listener(seccomp.program_filter(metadata=0x7FC00000))
        asked = threading.Thread(target=lambda: refuse(listener), daemon=True)
        asked.start()

    def refuse(listener: int) -> None:
        import fcntl

        notice = bytearray(80)
        fcntl.ioctl(listener, 0xC0502100, notice)
        number = struct.unpack_from("=Q", notice)[0]
        numbers.append(struct.unpack_from("=i", notice, 16)[0])
        fcntl.ioctl(listener, 0xC0182101, struct.pack("=QqiI", number, 0, -13, 0))

    assert outcome(work, lambda: os.chmod(path, 0o777)) == ["EACCES"]


def test_a_call_by_number_reports_its_error():
    with pytest.raises(OSError, match="Bad file descriptor"):
        call(architecture()["close"], -1)
