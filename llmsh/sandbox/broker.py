"""Connects for a worker that may not: it resolves a host once, checks the address, and hands over the open connection.

It runs in the shell's own process and reads nothing that comes through the connection. What a worker asks for is
parsed here again, compared with the hosts its call was approved for, and connected to by the very address that was
checked: a second answer of the name server (DNS rebinding) is never asked for.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from llmsh.errors import ToolFailed
from llmsh.sandbox.addresses import closed, own_addresses
from llmsh.sandbox.proxy import proxy_for, through
from llmsh.tools.address import Address, parse_address

Resolve = Callable[[str, int], Sequence[str]]
"""The numeric addresses of a host. Raises OSError."""
PATIENCE = 15.0
NETWORK = "check the address and the network"


def look_up(host: str, port: int) -> Sequence[str]:
    """The addresses that the system knows for a host, in the order to try them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True)
class Broker:
    """Opens connections. `allow` are hosts, perhaps with a port, that may lie on this machine or in its networks.

    `proxies` are the environment's variables where a proxy may be used; empty where every connection is direct.
    """

    allow: tuple[str, ...] = ()
    proxies: Mapping[str, str] = field(default_factory=dict)
    resolve: Resolve = look_up

    def connect(self, url: str, hosts: Iterable[str], seconds: float) -> socket.socket:
        """A connection to the host of an address. Raises ToolFailed where it is none of `hosts`, or not to be reached.

        Ctrl-C is heard at any moment.
        """
        address = parse_address(url)
        if address.place not in hosts:
            raise ToolFailed(
                f"{address.place} is not what this call was approved for", "each host is approved by itself"
            )
        deadline = time.monotonic() + min(seconds, PATIENCE)
        proxy = proxy_for(address, self.proxies)
        try:
            if proxy is None:
                return _first(self._open_addresses(address, deadline), address.port, deadline)
            self._check(address, _numeric(address.host))  # of a name only the proxy knows the address
            return through(_first(self._look_up(proxy, deadline), proxy.port, deadline), address, deadline)
        except OSError as error:
            reason = error.strerror or str(error) or "it does not answer"
            where = address.place if proxy is None else f"{address.place} (through the proxy {proxy.place})"
            raise ToolFailed(f"{where} could not be reached: {reason}", NETWORK) from None

    def _open_addresses(self, address: Address, deadline: float) -> Sequence[str]:
        found = self._look_up(address, deadline)
        self._check(address, found)
        return found

    def _check(self, address: Address, found: Sequence[str]) -> None:
        """Raise ToolFailed where any address of a host is closed: half an answer of a name server is no better."""
        if {address.place, address.host, f"{address.host}:{address.port}"} & set(self.allow):
            return
        own = own_addresses()
        for text in found:
            reason = closed(text, own)
            if reason is not None:
                shown = address.place if text == address.host else f"{address.place} ({text})"
                hint = f'if you trust it, set fetch_allow = ["{address.place}"] in config.toml'
                raise ToolFailed(f"{shown} is {reason}: it is not fetched from", hint)

    def _look_up(self, address: Address, deadline: float) -> Sequence[str]:
        """The addresses of a host, looked up beside this thread: a name server that is silent holds up nobody."""
        answer: list[Sequence[str] | OSError] = []

        def ask() -> None:
            try:
                answer.append(self.resolve(address.host, address.port))
            except OSError as error:
                answer.append(error)
            except UnicodeError:
                answer.append(OSError("it is no name of a machine"))

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(max(0.0, deadline - time.monotonic()))
        if not answer:
            raise TimeoutError("no name server answered")
        if isinstance(answer[0], OSError):
            raise answer[0]
        if not answer[0]:
            raise OSError("it has no address")
        return answer[0]


def _first(found: Sequence[str], port: int, deadline: float) -> socket.socket:
    """A connection to the first of several addresses that answers. Raises the OSError of the last."""
    last = OSError("it does not answer")
    for index, text in enumerate(found):
        share = (deadline - time.monotonic()) / (len(found) - index)
        connection = socket.socket(socket.AF_INET6 if ":" in text else socket.AF_INET, socket.SOCK_STREAM)
        try:
            connection.settimeout(max(0.01, share))
            connection.connect((text, port))
        except OSError as error:
            connection.close()
            last = error
        except BaseException:
            connection.close()
            raise
        else:
            return connection
    raise last


def _numeric(host: str) -> Sequence[str]:
    """The address that a host is in itself, in any spelling the C library takes: 127.0.0.1, 2130706433, 0x7f.1, ::1."""
    if ":" in host:
        return (host,)
    try:
        return (socket.inet_ntoa(socket.inet_aton(host)),)
    except OSError:
        return ()
