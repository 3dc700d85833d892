"""Download a file over HTTP."""

from __future__ import annotations

import os
import re
from http.client import HTTPException, HTTPMessage
from typing import IO, Any
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Path, Url, tool
from llmsh.tools.atomic import replacing
from llmsh.tools.changing import cannot
from llmsh.types import CHANGE_COLUMNS, Changes, Effects, Limits
from llmsh.units import show_size

MOST = 2 << 30
PIECE = 1 << 18
TIMEOUT = 30.0
UNQUOTED = "/%:@!$&'()*+,;=?~"


def _effects(url: str, to: str | None = None, **_: object) -> Effects:
    host, path = _host(url), _place(url, to)
    return Effects(hosts=(host,), writes=(path,), overwrites=(path,) if os.path.lexists(path) else ())


@tool(
    effects=_effects,
    limits=Limits(seconds=3600),
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
def fetch(url: Url, *, to: Path | None = None) -> Changes:
    """Download a file from an http or https address.

    Args:
        url: the address.
        to: the file to write, or the folder to put it in; this folder if left out.
    """
    host, path = _host(url), _place(url, to)
    try:
        size = _download(url, path)
    except (HTTPException, ValueError) as error:
        raise ToolFailed(f"{host} gave no proper answer: {error or type(error).__name__}") from None
    except OSError as error:
        raise _trouble(url, path, error) from None
    return Changes(CHANGE_COLUMNS, [(path, "downloaded", None)], [f"{show_size(size)} from {host}"])


def _download(url: str, path: str) -> int:
    """Write what an address gives to a file, all of it or nothing; how many bytes that were."""
    with _open(url) as answer, replacing(path) as file:
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


def _open(url: str) -> Any:
    """The answer to a GET. Only http and https are spoken: urllib's own opener would read file: and ftp: too."""
    import ssl
    from urllib import request

    class SameHost(request.HTTPRedirectHandler):
        """Follows a redirect only to the host that was approved: another may be a machine behind the firewall."""

        def redirect_request(  # noqa: PLR0917  the signature is urllib's
            self, req: request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
        ) -> request.Request | None:
            check_redirect(req.full_url, newurl)
            return super().redirect_request(req, fp, code, msg, headers, newurl)

    opener = request.OpenerDirector()
    for handler in (
        request.ProxyHandler(),
        request.HTTPHandler(),
        request.HTTPSHandler(context=ssl.create_default_context()),
        request.HTTPDefaultErrorHandler(),
        request.HTTPErrorProcessor(),
        SameHost(),
    ):
        opener.add_handler(handler)
    asked = request.Request(_written(url), headers={"User-Agent": "llmsh"})  # noqa: S310  the schemes are bounded above
    return opener.open(asked, timeout=TIMEOUT)


def _written(url: str) -> str:
    """An address as it goes over the wire: the host in IDNA, other characters percent-encoded, no fragment."""
    parts = urlsplit(url)
    netloc = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode("ascii")
    path, query = quote(parts.path, safe=UNQUOTED), quote(parts.query, safe=UNQUOTED)
    return urlunsplit((parts.scheme, netloc, path, query, ""))


def check_redirect(old: str, new: str) -> None:
    """Raise ToolFailed where a redirect leads to another host, or from https to anything else."""
    target = urljoin(old, new)
    before, after = urlsplit(old), urlsplit(target)
    if after.scheme not in ("http", "https") or (before.scheme, after.scheme) == ("https", "http"):
        raise ToolFailed(f"{old} leads to {target}, which is not {before.scheme}", "only http and https are followed")
    if _host(old) != _host(target):
        raise ToolFailed(f"{old} leads to another host: {target}", f'if you trust it: fetch("{target}")')


def _host(url: str) -> str:
    try:
        host = urlsplit(url).hostname
    except ValueError:
        host = None
    if not host:
        raise ToolFailed(f"{url} names no host", "write it like https://example.com/file.zip")
    return host


def _place(url: str, to: str | None) -> str:
    """The file that is written: `to`, or the last part of the address, in the folder that `to` is if it is one."""
    path = os.path.expanduser(to or "")
    if path and not path.endswith("/") and not os.path.isdir(path):
        return path
    name = re.sub(r"[\x00-\x1f/]", "_", unquote(urlsplit(url).path.rpartition("/")[2], errors="replace"))
    return os.path.join(path, "index.html" if name in ("", ".", "..") else name)


def _trouble(url: str, path: str, error: OSError) -> ToolFailed:
    """A failed download as a sentence: what the server said, what the network said, or what the disk said."""
    from urllib.error import HTTPError, URLError

    if isinstance(error, HTTPError):
        error.close()
        return ToolFailed(f"{_host(url)} answered {error.code} {error.reason} for {url}", "check the address")
    if isinstance(error, URLError):
        return ToolFailed(
            f"{_host(url)} could not be reached: {_reason(error.reason)}", "check the address and the network"
        )
    if isinstance(error, TimeoutError | ConnectionError):
        return ToolFailed(f"{url} broke off: {error}", "try again")
    return cannot("write", path, error)


def _reason(reason: object) -> str:
    """What the system says went wrong, without its number."""
    return str(getattr(reason, "strerror", None) or reason)
