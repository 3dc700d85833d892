"""Reaching other programs and machines: sockets of every kind, and memory and queues that are shared."""

from __future__ import annotations

import ctypes
import os
import socket
import struct
import subprocess

from .attempt import INSIDE, Attempt, World, attempt, holds, need, put
from .calls import call

HOST = "127.0.0.1"
MSG_FASTOPEN = 0x20000000
IPPROTO_MPTCP, IPPROTO_SCTP = 262, 132
AF_ALG, AF_VSOCK, AF_KEY, AF_TIPC, AF_BLUETOOTH, AF_XDP = 38, 40, 15, 30, 31, 44


@attempt("connect to a TCP server")
def net_tcp_connect(world: World) -> None:
    socket.create_connection((HOST, world.tcp), 2)


@attempt("connect to a TCP server by MPTCP", feature="MPTCP")
def net_tcp_mptcp(world: World) -> None:
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM, IPPROTO_MPTCP)
    made.settimeout(2)
    made.connect((HOST, world.tcp))


@attempt("connect to a TCP server by sending at once", feature="TCP fast open")
def net_tcp_fastopen(world: World) -> None:
    made = socket.socket()
    made.sendto(b"secret", MSG_FASTOPEN, (HOST, world.tcp))


@attempt("connect to a TCP server by its IPv6 spelling", feature="IPv6")
def net_tcp6_mapped(world: World) -> None:
    made = socket.socket(socket.AF_INET6)
    made.settimeout(2)
    made.connect((f"::ffff:{HOST}", world.tcp))


@attempt("listen for TCP connections")
def net_tcp_listen(world: World) -> None:
    made = socket.socket()
    made.bind((HOST, 0))
    made.listen()


@attempt("listen for TCP connections on a port that the kernel chooses")
def net_listen_autobind(world: World) -> None:
    socket.socket().listen()


@attempt("send a UDP packet")
def net_udp_sendto(world: World) -> None:
    socket.socket(type=socket.SOCK_DGRAM).sendto(b"secret", (HOST, world.udp))


@attempt("ask a name server by hand")
def net_udp_dns(world: World) -> None:
    question = b"\0\1\1\0\0\1\0\0\0\0\0\0\6secret\7example\3com\0\0\1\0\1"
    socket.socket(type=socket.SOCK_DGRAM).sendto(question, (HOST, 53))


@attempt("ping", needs_root=True)
def net_icmp_ping(world: World) -> None:
    try:
        made = socket.socket(type=socket.SOCK_DGRAM, proto=socket.IPPROTO_ICMP)
    except PermissionError:  # the kernel lets only some groups have such sockets
        made = socket.socket(type=socket.SOCK_RAW, proto=socket.IPPROTO_ICMP)
    made.sendto(struct.pack("!BBHHH", 8, 0, 0xF7FF, 0, 0), (HOST, 0))


@attempt("make a raw socket", needs_root=True)
def net_raw(world: World) -> None:
    socket.socket(type=socket.SOCK_RAW, proto=socket.IPPROTO_RAW)


@attempt("make a socket for whole packets", needs_root=True, feature="packet sockets")
def net_packet(world: World) -> None:
    socket.socket(socket.AF_PACKET, socket.SOCK_RAW)


@attempt("speak to the kernel by netlink")
def net_netlink(world: World) -> None:
    socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0).bind((0, 0))


@attempt("make a socket to the machine that this one is a guest of", feature="vsock")
def net_vsock(world: World) -> None:
    socket.socket(AF_VSOCK, socket.SOCK_STREAM)


@attempt("make a socket to the kernel's ciphers", feature="AF_ALG")
def net_alg(world: World) -> None:
    socket.socket(AF_ALG, socket.SOCK_SEQPACKET)


@attempt("make an SCTP socket", feature="SCTP")
def net_sctp(world: World) -> None:
    socket.socket(socket.AF_INET, socket.SOCK_STREAM, IPPROTO_SCTP)


@attempt("connect to a server in the user's session (docker, ssh-agent)")
def unix_path_stream(world: World) -> None:
    socket.socket(socket.AF_UNIX).connect(f"{world.run}/docker.sock")


@attempt("send a packet to a server in the user's session")
def unix_path_dgram(world: World) -> None:
    socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"evil", f"{world.run}/log")


@attempt("connect to a terminal server in the folder of temporary files")
def unix_path_tmp_tmux(world: World) -> None:
    socket.socket(socket.AF_UNIX).connect(world.tmux)


@attempt("connect to a server that has no path")
def unix_abstract(world: World) -> None:
    socket.socket(socket.AF_UNIX).connect(f"\0{world.tag}")


@attempt("read System V memory of another process")
def sysv_shm(world: World) -> None:
    number = call("shmget", world.ipc_key, 16, 0)
    address = call("shmat", number, None, 0o10000)
    need(ctypes.string_at(address, 6) == b"secret", "it holds something else")


@attempt("write to a message queue of another process", feature="POSIX message queues")
def posix_mq(world: World) -> None:
    number = call("mq_open", world.tag, os.O_WRONLY | os.O_NONBLOCK, 0, None)
    os.close(number)


@attempt("write a file of another process in /dev/shm")
def dev_shm_write(world: World) -> None:
    put(world.shared_memory, mode="r+")


@attempt("make a file in /dev/shm", strict=INSIDE, trace=lambda world: holds(f"{world.shared_memory}-new"))
def dev_shm_create(world: World) -> None:
    put(f"{world.shared_memory}-new")


@attempt("make a file in the folder of temporary files", strict=INSIDE,
         trace=lambda world: holds(f"{world.temp}/{world.tag}-new"))  # fmt: skip
def tmp_create(world: World) -> None:
    put(f"{world.temp}/{world.tag}-new")


# Further ones


def _session(name: str, what: str) -> Attempt:
    def act(world: World) -> None:
        socket.socket(socket.AF_UNIX).connect(f"{world.run}/{name}")

    act.__name__ = "session_" + "".join(letter if letter.isalnum() else "_" for letter in name)
    return attempt(f"connect to {what}")(act)


SESSIONS = (
    _session("systemd/private", "the user's service manager, as systemd-run does"),
    _session("bus", "the user's message bus, as gdbus and portals do"),
    _session("ssh-agent", "the agent that signs with the user's keys"),
    _session("S.gpg-agent", "the agent that holds the user's passphrases"),
    _session("wayland-0", "the display"),
    _session("pipewire-0", "the microphone"),
    _session("emacs-server", "an editor that runs what it is told"),
)


def _family(name: str, family: int, kind: int, *, needs_root: bool = False) -> Attempt:
    def act(world: World) -> None:
        socket.socket(family, kind)

    act.__name__ = f"net_{name.lower()}"
    return attempt(f"make a socket of the family {name}", feature=name, needs_root=needs_root)(act)


FAMILIES = (
    _family("AF_KEY", AF_KEY, socket.SOCK_RAW, needs_root=True),
    _family("AF_TIPC", AF_TIPC, socket.SOCK_STREAM),
    _family("AF_BLUETOOTH", AF_BLUETOOTH, socket.SOCK_RAW),
    _family("AF_XDP", AF_XDP, socket.SOCK_RAW, needs_root=True),
)


@attempt("connect to a TCP server with bash's own means", feature="bash")
def net_bash(world: World) -> None:
    done = subprocess.run(["bash", "-c", f": < /dev/tcp/{HOST}/{world.tcp}"], capture_output=True, check=False)
    need(done.returncode == 0, "it could not")


@attempt("send many packets with one call")
def net_udp_sendmsg(world: World) -> None:
    made = socket.socket(type=socket.SOCK_DGRAM)
    made.sendmsg([b"secret"], [], 0, (HOST, world.udp))


@attempt("make a pair of sockets and send one of them elsewhere")
def net_socketpair_connect(world: World) -> None:
    one, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    one.sendto(b"evil", f"{world.run}/log")


@attempt("make a server in the work folder that other processes connect to")
def unix_serve(world: World) -> None:
    made = socket.socket(socket.AF_UNIX)
    made.bind(f"{world.work}/socket")
    made.listen()


@attempt("read from a FIFO of another process in the home folder")
def fifo_outside(world: World) -> None:
    os.open(f"{world.home}/fifo-there", os.O_RDONLY | os.O_NONBLOCK)
