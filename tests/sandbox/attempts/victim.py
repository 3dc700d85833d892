"""A process of the user's that attempts are made on: it owns a file, memory, servers, a queue, and says where."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import socket
import sys

IPC_CREAT, IPC_RMID = 0o1000, 0


def main(base: str, temp: str, tag: str, ipc_key: int) -> None:
    """Set everything up, say so, and wait for the end of standard input."""
    home, run = f"{base}/home", f"{base}/home/run"
    os.chdir(home)
    streams = ("docker.sock", "systemd/private", "bus", "ssh-agent", "S.gpg-agent", "wayland-0", "pipewire-0")
    os.makedirs(f"{run}/systemd", exist_ok=True)
    os.makedirs(f"{temp}/{tag}-tmux", exist_ok=True)
    numbers = os.open(f"{run}/signals", os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    for number in (signal.SIGUSR1, signal.SIGIO):
        signal.signal(number, lambda got, _: os.write(numbers, b"%d\n" % got))
    kept = [_server(f"{run}/{name}") for name in (*streams, "emacs-server")]
    kept += [_server(f"{temp}/{tag}-tmux/default"), _server(f"\0{tag}")]
    datagrams = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    datagrams.bind(f"{run}/log")
    tcp, udp = socket.create_server(("127.0.0.1", 0), backlog=100), socket.socket(type=socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", 0))
    memory = ctypes.create_string_buffer(b"a secret of another process")
    libc = ctypes.CDLL(None)
    libc.shmat.restype = ctypes.c_void_p
    shared = libc.shmget(ipc_key, 4096, IPC_CREAT | 0o600)
    ctypes.memmove(libc.shmat(shared, None, 0), b"secret", 6)
    queue = libc.mq_open(f"/{tag}".encode(), os.O_CREAT | os.O_RDWR, 0o600, None)
    said = {
        "victim": os.getpid(),
        "address": ctypes.addressof(memory),
        "victim_file": os.open(f"{home}/.ssh/id_rsa", os.O_RDONLY),
        "tcp": tcp.getsockname()[1],
        "udp": udp.getsockname()[1],
    }
    print(json.dumps(said), flush=True)
    while True:
        if not sys.stdin.read(1):
            break
    libc.shmctl(shared, IPC_RMID, None)
    if queue >= 0:
        libc.mq_unlink(f"/{tag}".encode())
    del kept


def _server(path: str) -> socket.socket:
    made = socket.socket(socket.AF_UNIX)
    made.bind(path)
    made.listen(100)
    return made


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
