"""Download a file over HTTP."""

from __future__ import annotations

import os
import re
from contextlib import ExitStack
from http.client import HTTPException, HTTPResponse
from socket import socket
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from llmsh.errors import ToolFailed
from llmsh.tool import Door, Example, Path, Url, tool
from llmsh.tools.address import Address, parse_address
from llmsh.tools.atomic import replacing
from llmsh.tools.changing import cannot
from llmsh.types import CHANGE_COLUMNS, Changes, Effects, Limits
from llmsh.units import show_size

if TYPE_CHECKING:
    from ssl import SSLSocket

MOST = 2 << 30
PIECE = 1 << 18
TIMEOUT = 30.0
REDIRECTS = (301, 302, 303, 307, 308)
MOST_REDIRECTS = 10


def _effects(url: str, to: str | None = None, **_: object) -> Effects:
    host, path = parse_address(url).place, _place(url, to)
    return Effects(hosts=(host,), writes=(path,), overwrites=(path,) if os.path.lexists(path) else ())


@tool(
    effects=_effects,
    limits=Limits(seconds=3600, file=4 << 30),
    also=("download", "wget", "curl", "get a file", "下载"),
    examples=(
        Example("download https://example.com/data.zip", 'fetch("https://example.com/data.zip")'),
        Example("save http://example.org/a.csv as numbers.csv", 'fetch("http://example.org/a.csv", to="numbers.csv")'),
        Example("wget https://example.com/logo.png into images", 'fetch("https://example.com/logo.png", to="images/")'),
        Example("can you get me https://example.com/index.html?", 'fetch("https://example.com/index.html")'),
        Example("下载 https://example.com/setup.sh", 'fetch("https://example.com/setup.sh")', language="zh"),
        Example(
            "把 https://example.com/a.pdf 下载到 docs 里",
            'fetch("https://example.com/a.pdf", to="docs/")',
            language="zh",
        ),
    ),
)
def fetch(url: Url, *, to: Path | None = None, door: Door) -> Changes:
    """Download a file from an http or https address.

    Args:
        url: the address.
        to: the file to write, or the folder to put it in; this folder if left out.
    """
    address, path = parse_address(url), _place(url, to)
    try:
        size = _download(door, address, path)
    except (HTTPException, ValueError) as error:
        raise ToolFailed(f"{address.place} gave no proper answer: {error or type(error).__name__}") from None
    except OSError as error:
        raise _trouble(address, path, error) from None
    return Changes(CHANGE_COLUMNS, [(path, "downloaded", None)], [f"{show_size(size)} from {address.place}"])


def _download(door: Door, address: Address, path: str) -> int:
    """Write what an address gives to a file, all of it or nothing; how many bytes that were."""
    url = address.url
    with _answer(door, address) as answer, replacing(path) as file:
        length = answer.headers.get("Content-Length") or ""
        promised = int(length) if length.isascii() and length.isdigit() else None
        size = 0
        while piece := answer.read(PIECE):
            size += len(piece)
            if size > MOST or (promised or 0) > MOST:
                raise ToolFailed(f"{url} is larger than {show_size(MOST)}, the most that is fetched")
            file.write(piece)
        if promised is not None and size != promised:
            raise ToolFailed(f"{url} broke off after {size} of {promised} bytes", "try again")
        return size


def _answer(door: Door, address: Address) -> HTTPResponse:
    """The answer to a GET, after redirects. Each address is asked of the door anew, and checked there."""
    for _ in range(MOST_REDIRECTS):
        answer = _get(door, address)
        leads_to = answer.headers.get("Location") if answer.status in REDIRECTS else None
        if leads_to is None:
            if not 200 <= answer.status < 300:
                answer.close()
                raise ToolFailed(
                    f"{address.place} answered {answer.status} {answer.reason} for {address.url}", "check the address"
                )
            return answer
        answer.close()
        address = redirected(address, leads_to)
    raise ToolFailed(f"{address.place} leads on and on: {MOST_REDIRECTS} redirects were followed", "check the address")


def _get(door: Door, address: Address) -> HTTPResponse:
    """One request over one connection that was opened for it: nothing here could open another."""
    from http.client import HTTPConnection, HTTPSConnection

    plain = address.scheme == "http"
    asking = (HTTPConnection if plain else HTTPSConnection)(address.host, address.port)
    with ExitStack() as stack:
        asking.sock = stack.enter_context(door.connect(address.url))
        asking.sock.settimeout(TIMEOUT)
        try:
            if not plain:
                asking.sock = stack.enter_context(_encrypted(asking.sock, address.host))
            asking.request("GET", address.target, headers={"User-Agent": "llmsh", "Connection": "close"})
            answer = asking.getresponse()
        except OSError as error:
            reason = error.strerror or str(error) or "it does not answer"
            hint = "check the address and the network"
            raise ToolFailed(f"{address.place} could not be reached: {reason}", hint) from None
        stack.pop_all()  # the answer holds what is left open
        return answer


def _encrypted(connection: socket, host: str) -> SSLSocket:
    import ssl

    return ssl.create_default_context().wrap_socket(connection, server_hostname=host)


def redirected(old: Address, location: str) -> Address:
    """Where a redirect leads. Raises ToolFailed where that is another host, or from https to anything else."""
    target = urljoin(old.url, location.replace(" ", "%20"))
    if not target.startswith(("http://", "https://")) or (old.scheme == "https" and target.startswith("http://")):
        raise ToolFailed(f"{old.url} leads to {target}, which is not {old.scheme}", "only http and https are followed")
    new = parse_address(target)
    if new.place != old.place:  # another may be a machine behind the firewall
        raise ToolFailed(f"{old.place} leads to another host: {target}", f'if you trust it: fetch("{target}")')
    return new


def _place(url: str, to: str | None) -> str:
    """The file that is written: `to`, or the last part of the address, in the folder that `to` is if it is one."""
    path = os.path.expanduser(to or "")
    if path and not path.endswith("/") and not os.path.isdir(path):
        return path
    name = re.sub(r"[\x00-\x1f/]", "_", unquote(urlsplit(url).path.rpartition("/")[2], errors="replace"))
    return os.path.join(path, "index.html" if name in ("", ".", "..") else name)


def _trouble(address: Address, path: str, error: OSError) -> ToolFailed:
    """A download that broke off, as a sentence: what the network said, or what the disk said."""
    from ssl import SSLError

    if isinstance(error, TimeoutError | ConnectionError | SSLError):
        return ToolFailed(f"{address.url} broke off: {error}", "try again")
    return cannot("write", path, error)
