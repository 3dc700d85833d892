"""An http or https address, parsed in one place for all: what is shown, what is approved and what is connected to.

Two parsers that disagree on where the host ends (at an @, a NUL, a backslash) are how an approved host becomes another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv6Address
from urllib.parse import quote, urlsplit

from llmsh.errors import ToolFailed

PORTS = {"http": 80, "https": 443}
LONGEST = 4096
UNQUOTED = "/%:@!$&'()*+,;=?~"
HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*")
LIKE = "write it like https://example.com/file.zip"


@dataclass(frozen=True)
class Address:
    """Where a request goes: `host` in lower-case ASCII, `target` the path and query as they go over the wire."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def place(self) -> str:
        """The host as it is approved, with the port where that is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address in its one plain spelling."""
        return f"{self.scheme}://{self.place}{self.target}"


def parse_address(url: str) -> Address:
    """The parts of an address. Raises ToolFailed where anything about it could be read in two ways."""
    if len(url) > LONGEST:
        raise ToolFailed(f"the address is {len(url)} characters long, at most {LONGEST} are fetched", LIKE)
    if re.search(r"[\x00-\x20\x7f]", url):  # urlsplit would drop some of them silently
        raise ToolFailed(f"{url!r} holds a space or a control character", "write it as %20")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ToolFailed(f"{url} names no host", LIKE) from None
    if parts.scheme not in PORTS:
        raise ToolFailed(f"{url} is neither http nor https: nothing else is fetched", LIKE)
    if "@" in parts.netloc:
        raise ToolFailed(f"{url} has an @ before its host: that hides where it leads", "leave the name before @ out")
    if port == 0:
        raise ToolFailed(f"{url} names port 0, which nobody listens on", LIKE)
    target = quote(parts.path or "/", safe=UNQUOTED, errors="surrogateescape")
    if parts.query:
        target += "?" + quote(parts.query, safe=UNQUOTED, errors="surrogateescape")
    return Address(parts.scheme, _host(url, parts.hostname or ""), port or PORTS[parts.scheme], target)


def _host(url: str, written: str) -> str:
    """The host in ASCII. Other letters go through IDNA first: what comes out must still be a host and nothing more."""
    if not written:
        raise ToolFailed(f"{url} names no host", LIKE)
    if ":" in written:
        return _version_6(url, written)
    try:
        host = written.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        host = ""
    if not HOST.fullmatch(host):
        raise ToolFailed(f"{url} names a host that no machine can have: {written!r}", LIKE)
    return host


def _version_6(url: str, written: str) -> str:
    try:
        address = IPv6Address(written)
    except ValueError:
        raise ToolFailed(f"{url} names no host", LIKE) from None
    if address.scope_id is not None:  # fe80::1%eth0: it is on this very link
        raise ToolFailed(f"{url} names a network interface of this machine", LIKE)
    return str(address)
