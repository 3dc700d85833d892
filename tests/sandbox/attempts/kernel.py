"""Parts of the kernel that a tool has no need of and that have been its weakest."""

from __future__ import annotations

import ctypes
import mmap
import os
import platform
import socket

from .attempt import World, attempt, need
from .calls import call, numbered

KEYCTL_READ, KEYCTL_SEARCH, SESSION = 11, 10, -3
INT80_SOCKET = bytes.fromhex("53 b867010000 bb02000000 b901000000 31d2 cd80 5b c3")
"""push rbx; mov eax, 359; mov ebx, AF_INET; mov ecx, SOCK_STREAM; xor edx, edx; int 0x80; pop rbx; ret"""


@attempt("make a BPF map", needs_root=True, feature="BPF")
def bpf_call(world: World) -> None:
    call("bpf", 0, (ctypes.c_uint32 * 32)(2, 4, 4, 1), 128)


@attempt("watch the processor", feature="performance counters for this user")
def perf_open(world: World) -> None:
    event = (ctypes.c_uint32 * 32)(1, 128, 1)
    ctypes.memmove(ctypes.addressof(event) + 40, (1 << 5 | 1 << 6).to_bytes(8, "little"), 8)  # not the kernel itself
    call("perf_event_open", event, 0, -1, -1, 0)


@attempt("handle page faults", feature="userfaultfd")
def userfaultfd_call(world: World) -> None:
    call("userfaultfd", 1)


@attempt("add a key to the user's keyring", feature="keyrings")
def keyring_add(world: World) -> None:
    call("add_key", "user", f"{world.tag}-new", "evil", 4, SESSION)


@attempt("read a secret from the user's keyring", feature="keyrings")
def keyring_read_session(world: World) -> None:
    number = call("keyctl", KEYCTL_SEARCH, SESSION, "user", world.tag, 0)
    need(call("keyctl", KEYCTL_READ, number, ctypes.create_string_buffer(64), 64), "it is empty")


@attempt("set up io_uring, which makes calls that no filter sees", feature="io_uring")
def io_uring_setup(world: World) -> None:
    call("io_uring_setup", 4, (ctypes.c_uint32 * 30)())


@attempt("turn address randomisation off")
def personality_call(world: World) -> None:
    call("personality", 0x0040000)


@attempt("ask for access to the hardware's ports", needs_root=True, feature="iopl")
def modify_ldt_or_iopl(world: World) -> None:
    call("iopl", 3)


@attempt("make a socket by its x32 number", feature="x32 calls")
def x32_abi(world: World) -> None:
    need(platform.machine() == "x86_64", "no x32 here")
    numbered(0x40000000 | 41, socket.AF_INET, socket.SOCK_STREAM, 0)


@attempt("make a socket as 32-bit programs do, by int 0x80", feature="32-bit calls")
def int80_socket(world: World) -> None:
    need(platform.machine() == "x86_64", "no int 0x80 here")
    code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    code.write(INT80_SOCKET)
    address = ctypes.addressof(ctypes.c_char.from_buffer(code))
    answer = ctypes.CFUNCTYPE(ctypes.c_int)(address)()
    if answer < 0:
        raise OSError(-answer, os.strerror(-answer))


@attempt("read the log of the kernel", needs_root=True)
def dmesg_read(world: World) -> None:
    call("syslog", 3, ctypes.create_string_buffer(1000), 1000)


@attempt("change a setting of the kernel", needs_root=True)
def sysctl_write(world: World) -> None:
    path = "/proc/sys/vm/swappiness"
    with open(path, encoding="ascii") as file:
        value = file.read()
    with open(path, "w", encoding="ascii") as file:
        file.write(value)


# Further ones


@attempt("watch all files of the machine", needs_root=True, feature="fanotify")
def fanotify_call(world: World) -> None:
    call("fanotify_init", 0, 0)


@attempt("look for a key through the kernel's own helper program", feature="keyrings")
def request_key_call(world: World) -> None:
    need(call("request_key", "user", world.tag, None, SESSION), "it is empty")


@attempt("read the keys of the user's keyring by their list", feature="keyrings")
def keyring_describe(world: World) -> None:
    need(call("keyctl", KEYCTL_READ, SESSION, ctypes.create_string_buffer(256), 256), "it is empty")


@attempt("make a System V semaphore that others see")
def sysv_semaphore(world: World) -> None:
    number = call("semget", world.ipc_key + 1, 1, 0o1600)
    ctypes.CDLL(None).semctl(number, 0, 0)


@attempt("make a System V message queue that others see")
def sysv_messages(world: World) -> None:
    number = call("msgget", world.ipc_key + 1, 0o1600)
    ctypes.CDLL(None).msgctl(number, 0, None)
