"""Get one file over HTTP, going on where an earlier try stopped.

What does not belong here: whether the bytes are the right ones (verify.py), and which addresses to try (sources.py).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from llmsh.errors import NoModel

TIMEOUT = 15.0
BLOCK = 1 << 18
TRIES = 8
LARGEST_PAGE = 32 << 20

Told = Callable[[int], None]
"""Hears how many bytes of a file are there."""


@dataclass(frozen=True)
class Remote:
    """A file on a server, its size known beforehand. `headers` are sent to that server alone."""

    url: str
    size: int
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def host(self) -> str:
        """The server's name, for messages: an address may hold a password."""
        return urlsplit(self.url).hostname or "?"


class SourceFailed(NoModel):
    """One source could not give the file; the next one is tried."""


def open_url(url: str, headers: Mapping[str, str]) -> HTTPResponse:
    """Ask for an address. Raises SourceFailed with the reason in a few words."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):  # an index must not make us read file:///etc/passwd
        raise SourceFailed(f"expected an http or https address, found {parts.scheme or url}")
    request = Request(url)  # noqa: S310  the scheme was checked above
    for name, value in headers.items():
        # A redirect to another host must not carry the login there; the range it must.
        (request.add_unredirected_header if name == "Authorization" else request.add_header)(name, value)
    try:
        answer: HTTPResponse = urlopen(request, timeout=TIMEOUT)  # noqa: S310  the scheme was checked above
    except HTTPError as error:
        error.close()
        raise SourceFailed(f"{parts.hostname}: HTTP status {error.code}") from error
    except (OSError, HTTPException, ValueError) as error:
        raise SourceFailed(f"{parts.hostname}: {reason(error)}") from error
    return answer


def reason(error: Exception) -> str:
    """Why a connection failed, in a few words."""
    inner = error.reason if isinstance(error, URLError) else error
    if isinstance(inner, TimeoutError):
        return f"no answer within {TIMEOUT:.0f} s"
    return (inner.strerror if isinstance(inner, OSError) else None) or str(inner) or type(inner).__name__


def read_page(url: str, headers: Mapping[str, str]) -> bytes:
    """The whole of a small answer. Raises SourceFailed."""
    with open_url(url, headers) as answer:
        try:
            return answer.read(LARGEST_PAGE)
        except (OSError, HTTPException) as error:
            raise SourceFailed(f"{urlsplit(url).hostname}: {reason(error)}") from error


def download(remote: Remote, part: str, told: Told) -> None:
    """Bring `part` to its whole size. What it holds already is not asked for again; a cut-off answer is continued.

    Raises SourceFailed, or NoModel where the disk will not take it.
    """
    for _ in range(TRIES):
        before = _length(part)
        if before == remote.size:
            told(before)
            return
        start = before if before < remote.size else 0
        _go_on(remote, part, start, told)
        if start and _length(part) <= start:
            raise SourceFailed(f"{remote.host}: the answer ended after {_length(part)} of {remote.size} bytes")
        if not _length(part):
            raise SourceFailed(f"{remote.host}: the answer was empty")
    if _length(part) != remote.size:
        raise SourceFailed(f"{remote.host}: the answer ended early {TRIES} times")


def _go_on(remote: Remote, part: str, start: int, told: Told) -> None:
    """One request for what is missing from `start` on."""
    wanted = {**remote.headers, "Range": f"bytes={start}-"} if start else remote.headers
    with open_url(remote.url, wanted) as answer:
        if answer.status != 206:  # the server knows no ranges: it starts from the beginning, so do we
            start = 0
        _check_length(remote, answer, start)
        with _open_part(part, start) as target:
            while block := _next_block(answer):
                start += len(block)
                if start > remote.size:
                    raise SourceFailed(f"{remote.host}: expected {remote.size} bytes, the answer is longer")
                write(target, block)
                told(start)


def _check_length(remote: Remote, answer: HTTPResponse, start: int) -> None:
    """Refuse another file before a byte of it is kept: the login page of a network, an error that calls itself 200."""
    length = answer.headers.get("Content-Length", "")
    if length.isdigit() and start + int(length) != remote.size:
        raise SourceFailed(f"{remote.host}: expected {remote.size} bytes, the server has {start + int(length)}")


def _next_block(answer: HTTPResponse) -> bytes:
    """What has arrived; nothing at the end, and where the connection broke, which the caller sees from the length."""
    try:
        return answer.read1(BLOCK)
    except (OSError, HTTPException):
        return b""


def _open_part(part: str, start: int) -> IO[bytes]:
    try:
        target = open(part, "ab")  # noqa: SIM115  the caller closes it
        target.truncate(start)
    except OSError as error:
        raise NoModel(f"{part} cannot be written: {error.strerror}", "set XDG_CACHE_HOME to another folder") from error
    return target


def write(target: IO[bytes], block: bytes) -> None:
    """Write; a full disk ends the fetch, since another source would fill it just the same. Raises NoModel."""
    try:
        target.write(block)
    except OSError as error:
        hint = "make room, or set XDG_CACHE_HOME to another folder; what was fetched is kept"
        raise NoModel(f"{target.name} cannot be written: {error.strerror}", hint) from error


def _length(part: str) -> int:
    try:
        return os.path.getsize(part)
    except FileNotFoundError:
        return 0
