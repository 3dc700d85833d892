"""The proxy of the environment, where the settings let it be used: found, and asked for a tunnel.

A worker gets the far end of the tunnel and never speaks to the proxy, which would connect it to any host it names.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping

from llmsh.errors import ToolFailed
from llmsh.tools.address import Address, parse_address

LONGEST_REPLY = 16 << 10


def proxy_for(address: Address, environment: Mapping[str, str]) -> Address | None:
    """The proxy for an address, from http_proxy, https_proxy, all_proxy and no_proxy. Raises ToolFailed."""
    proxies = {
        kind: environment.get(f"{kind}_proxy") or environment.get(f"{kind.upper()}_PROXY", "")
        for kind in ("http", "https", "all", "no")
    }
    written = proxies[address.scheme] or proxies["all"]
    if not written:
        return None
    from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined]  # 20 ms, and only for a proxy

    if proxy_bypass_environment(address.host, {"no": proxies["no"]}):
        return None
    proxy = parse_address(written if "://" in written else f"http://{written}")
    if proxy.scheme != "http":
        raise ToolFailed(f"the proxy {written} is not one that is spoken to over http", "set fetch_proxy = false")
    return proxy


def through(connection: socket.socket, address: Address, deadline: float) -> socket.socket:
    """Ask a proxy for a tunnel to an address. Raises OSError, with the connection closed."""
    host = f"[{address.host}]" if ":" in address.host else address.host
    try:
        connection.sendall(f"CONNECT {host}:{address.port} HTTP/1.1\r\nHost: {host}:{address.port}\r\n\r\n".encode())
        _check(_reply(connection, deadline))
    except BaseException:
        connection.close()
        raise
    return connection


def _check(reply: bytes) -> None:
    _, _, status = reply.partition(b"\r\n")[0].partition(b" ")
    if not reply.startswith(b"HTTP/1.") or status[:1] != b"2":
        raise OSError(f"the proxy said {status[:60].decode('ascii', 'replace')!r}")


def _reply(connection: socket.socket, deadline: float) -> bytes:
    """The head of the answer and not a byte more: what follows belongs to the other end of the tunnel."""
    reply = bytearray()
    while not reply.endswith(b"\r\n\r\n"):
        connection.settimeout(max(0.01, deadline - time.monotonic()))
        byte = connection.recv(1)
        if not byte or len(reply) > LONGEST_REPLY:
            raise OSError("the proxy gave no proper answer")
        reply += byte
    return bytes(reply)
