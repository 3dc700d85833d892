"""Downloads, from a server on this machine."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from llmsh.errors import ToolFailed
from llmsh.sandbox.broker import Broker
from llmsh.tools.address import parse_address
from llmsh.tools.shell.fetch import _effects, fetch, redirected
from llmsh.types import Effects
from tests.doors import LocalDoor

BODY = b"0123456789" * 1000


class Handler(BaseHTTPRequestHandler):
    """Answers by path."""

    def do_GET(self):
        name = self.path.rpartition("/")[2].partition("?")[0]
        if name.startswith("missing"):
            self.send_error(404)
        elif name.startswith("short"):
            self._answer(200, {"Content-Length": str(len(BODY) + 1)}, BODY)
        elif name.startswith("huge"):
            self._answer(200, {"Content-Length": str(3 << 30)}, BODY)
        elif name.startswith("elsewhere"):
            self._answer(302, {"Location": "http://127.0.0.2:1/secret"}, b"")
        elif name.startswith("to-file"):
            self._answer(302, {"Location": "file:///etc/passwd"}, b"")
        elif name.startswith("endless"):
            self._answer(302, {"Location": "endless"}, b"")
        elif name.startswith("headers"):
            self._answer(200, {f"X-{number}": "x" for number in range(10_000)}, b"")
        elif name.startswith("moved"):
            self._answer(302, {"Location": "data.bin"}, b"")
        elif name.startswith("garbage"):
            self.wfile.write(b"this is not http\r\n\r\n")
        else:
            self._answer(200, {"Content-Length": str(len(BODY))}, BODY)

    def _answer(self, status, headers, body):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def log_message(self, *_):
        """A test prints nothing."""


@pytest.fixture
def server(tree):
    """The address of a running server; the example tree is the working folder."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()
        thread.join()


def get(url, to=None):
    """Fetch as an approved call does, from a host of this machine that the settings allow."""
    return fetch(url, to=to, door=LocalDoor(_effects(url).hosts, Broker(allow=("127.0.0.1",))))


def leftovers(tree):
    return [path.name for path in tree.iterdir() if path.name.startswith(".llmsh")]


def test_a_file_is_downloaded_under_its_own_name(server, tree):
    got = get(f"{server}/files/data.bin?key=1#part")
    assert (got.rows, got.notes) == ([("data.bin", "downloaded", None)], [f"9.8 KB from {server[7:]}"])
    assert (tree / "data.bin").read_bytes() == BODY


@pytest.mark.parametrize(
    ("to", "path"), [("docs", "docs/data.bin"), ("new/", "new/data.bin"), ("new/x", "new/x"), ("x.bin", "x.bin")]
)
def test_it_goes_to_the_named_file_or_into_the_named_folder(server, tree, to, path):
    assert get(f"{server}/data.bin", to=to).rows == [(path, "downloaded", None)]
    assert (tree / path).read_bytes() == BODY


def test_an_existing_file_is_replaced_and_keeps_its_mode(server, tree):
    get(f"{server}/data.bin", to="script.sh")
    assert (tree / "script.sh").read_bytes() == BODY
    assert (tree / "script.sh").stat().st_mode & 0o777 == 0o755


def test_a_redirect_on_the_same_host_is_followed(server, tree):
    get(f"{server}/moved", to="here.bin")
    assert (tree / "here.bin").read_bytes() == BODY


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing.txt", "answered 404 Not Found"),
        ("short.bin", "broke off after 10000 of 10001 bytes"),
        ("huge.bin", "is larger than 2.0 GB"),
        ("elsewhere", "leads to another host: http://127.0.0.2:1/secret"),
        ("to-file", "file:///etc/passwd"),
        ("garbage", "gave no proper answer"),
        ("endless", "leads on and on: 10 redirects were followed"),
        ("headers", "gave no proper answer: got more than 100 headers"),
    ],
)
def test_a_download_that_fails_leaves_no_file_and_the_old_one_as_it_was(server, tree, name, message):
    before = (tree / "notes.txt").read_bytes()
    with pytest.raises(ToolFailed, match=message):
        get(f"{server}/{name}", to="notes.txt")
    assert (tree / "notes.txt").read_bytes() == before
    assert leftovers(tree) == []


def test_a_server_that_is_not_there_is_named(server):
    with pytest.raises(ToolFailed, match=r"127\.0\.0\.1:9 could not be reached: Connection refused"):
        get("http://127.0.0.1:9/x")


def test_other_letters_in_an_address_are_encoded(server, tree):
    get(f"{server}/资料 1.bin".replace(" ", "%20"))
    assert (tree / "资料 1.bin").read_bytes() == BODY


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://example.com", "index.html"),
        ("https://example.com/", "index.html"),
        ("https://example.com/a/..", "index.html"),
        ("https://example.com/a/%2e%2e", "index.html"),
        ("https://example.com/%2Fetc%2Fpasswd", "_etc_passwd"),
        ("https://example.com/a%0ab", "a_b"),
        ("https://example.com/a%20b.zip?x=/y", "a b.zip"),
    ],
)
def test_an_address_cannot_choose_a_file_outside_the_folder(tree, url, path):
    assert _effects(url) == Effects(hosts=("example.com",), writes=(path,))


def test_the_effects_name_the_host_the_file_and_what_is_lost(tree):
    assert _effects("https://EXAMPLE.com:8443/a", to="notes.txt") == Effects(
        hosts=("example.com:8443",), writes=("notes.txt",), overwrites=("notes.txt",)
    )


@pytest.mark.parametrize("url", ["https:///x", "http://[::1/x"])
def test_an_address_without_a_host_is_an_error(url):
    with pytest.raises(ToolFailed, match="names no host"):
        _effects(url)


@pytest.mark.parametrize(
    "new",
    [
        "ftp://example.com/x",
        "http://example.com/x",
        "https://other.example.com/x",
        "//evil.org/",
        "https://example.com:444/x",
        "https://user@example.com/x",
        "file:///etc/passwd",
    ],
)
def test_a_redirect_to_another_host_or_a_weaker_scheme_is_refused(new):
    with pytest.raises(ToolFailed):
        redirected(parse_address("https://example.com/x"), new)


@pytest.mark.parametrize(
    ("new", "url"),
    [
        ("/y", "https://example.com/y"),
        ("https://EXAMPLE.com./y", "https://example.com/y"),
        ("y?z w", "https://example.com/a/y?z%20w"),
    ],
)
def test_a_redirect_to_the_same_host_is_allowed(new, url):
    assert redirected(parse_address("https://example.com/a/x"), new).url == url


def test_a_redirect_from_http_to_https_on_one_host_is_allowed():
    old, new = parse_address("http://example.com/x"), parse_address("https://example.com/x")
    assert redirected(old, new.url) == new
