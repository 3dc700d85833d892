"""A certificate authority that the environment names is trusted: also in a cage, whose tools read little else."""

from __future__ import annotations

import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path

import pytest

from llmsh.effects import resolve
from llmsh.errors import ToolFailed
from llmsh.sandbox.base import Tier
from llmsh.sandbox.broker import Broker
from llmsh.sandbox.client import Worker
from llmsh.tools.shell.fetch import _effects
from llmsh.types import Effects
from tests.sandbox.conftest import request, unseen

SIGNED = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]


class Quiet(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    """A certificate of its own authority, in a folder that no cage opens unasked."""
    folder = tmp_path / "own" / "ca"
    folder.mkdir(parents=True)
    names = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "ca.pem")]
    subprocess.run([*SIGNED, *names, *files], check=True, capture_output=True)
    return folder


@pytest.fixture
def port(authority: Path) -> Iterator[int]:
    """The port of a server on loopback that only this authority vouches for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority / "ca.pem", authority / "key.pem")
    with HTTPServer(("127.0.0.1", 0), Quiet) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def fetched(port: int, folder: Path, environment: dict[str, str]) -> bytes:
    folder.mkdir(exist_ok=True)
    url = f"https://127.0.0.1:{port}/a.txt"
    with closing(Worker(broker=Broker(allow=("127.0.0.1",)))) as worker:
        worker.start((), ("llmsh.tools.shell.fetch",))
        call = request(
            ("fetch", {"url": url}),
            effects=resolve(_effects(url), str(folder)),
            cwd=str(folder),
            environment=environment,
        )
        worker.run(call, unseen)
    return (folder / "a.txt").read_bytes()


def test_an_authority_that_nobody_named_is_not_trusted(port: int, tmp_path: Path) -> None:
    with pytest.raises(ToolFailed, match="certificate"):
        fetched(port, tmp_path / "work", {})


def test_an_authority_that_the_environment_names_is_trusted(port: int, authority: Path, tmp_path: Path) -> None:
    assert fetched(port, tmp_path / "work", {"SSL_CERT_FILE": str(authority / "ca.pem")}) == b"ok"


@pytest.mark.parametrize("tier", [Tier.FLOOR, Tier.STRICT])
def test_a_program_with_the_network_reads_it_and_one_without_does_not(
    authority: Path, tmp_path: Path, tier: Tier
) -> None:
    (tmp_path / "work").mkdir()
    environment = {"PATH": "/usr/bin:/bin", "SSL_CERT_FILE": str(authority / "ca.pem")}
    command = 'head -n 1 "$SSL_CERT_FILE" 2>/dev/null || echo hidden'
    said = []
    with closing(Worker(tier=tier)) as worker:
        worker.start([], ["llmsh.tools.shell.run"])
        for network in (True, False):
            effects = Effects(runs=(command,), network=network)
            call = request(
                ("run", {"command": command}), cwd=str(tmp_path / "work"), effects=effects, environment=environment
            )
            said += worker.run(call, unseen).rows
    assert said == [("-----BEGIN CERTIFICATE-----",), ("hidden",)]
