"""Downloads as they are made: by a worker that has one connection, and through the proxies that the settings allow."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from llmsh.effects import resolve
from llmsh.errors import ToolFailed, WorkerFailed
from llmsh.sandbox.broker import Broker
from llmsh.sandbox.client import Worker
from llmsh.tools.shell.fetch import _effects
from llmsh.types import Effects, Limits
from tests.sandbox.conftest import request, unseen
from tests.sandbox.listening import connect, listening, places, refusal

# Proxies


def test_a_proxy_of_the_environment_is_not_used_unless_the_settings_say_so(tmp_path):
    with listening() as proxy, listening() as server, closing(Worker(broker=Broker(allow=("127.0.0.1",)))) as worker:
        worker.start((), ("llmsh.tools.shell.fetch",))
        variables = dict.fromkeys(("http_proxy", "HTTP_PROXY", "all_proxy"), f"http://127.0.0.1:{proxy.port}")
        url = f"http://127.0.0.1:{server.port}/a.txt"
        made = resolve(_effects(url), str(tmp_path))
        call = request(("fetch", {"url": url}), effects=made, cwd=str(tmp_path), environment=variables)
        worker.run(call, unseen)
        assert (len(server.heard), proxy.heard) == (1, [])
        assert (tmp_path / "a.txt").read_bytes() == b"ok"


def test_a_proxy_that_the_settings_allow_is_asked_for_a_tunnel_and_nothing_else():
    with listening(b"HTTP/1.1 200 Connection established\r\nX: y\r\n\r\nthe other end") as proxy:
        broker = Broker(proxies={"http_proxy": f"127.0.0.1:{proxy.port}", "no_proxy": "direct.example"})
        with connect(broker, "http://far.example/x") as connection:
            assert connection.recv(100) == b"the other end"
        assert proxy.heard == [b"CONNECT far.example:80 HTTP/1.1\r\nHost: far.example:80\r\n\r\n"]
        resolve, _ = places(direct_example=("127.0.0.1",))
        direct = Broker(proxies=broker.proxies, resolve=resolve)
        assert "this machine itself" in refusal(direct, "http://direct.example/")
        assert "this machine itself" in refusal(broker, "http://2130706433/")


@pytest.mark.parametrize("answer", [b"HTTP/1.1 403 Forbidden\r\n\r\n", b"hello", b"", b"HTTP/1.1 200 " + b"x" * 40_000])
def test_a_proxy_that_refuses_is_named(answer):
    with listening(answer) as proxy:
        broker = Broker(proxies={"https_proxy": f"http://127.0.0.1:{proxy.port}"})
        message = refusal(broker, "https://far.example/")
        assert message.startswith(
            f"far.example (through the proxy 127.0.0.1:{proxy.port}) could not be reached: the proxy"
        )


# Through a worker


@pytest.fixture(scope="module")
def fetcher() -> Iterator[Worker]:
    with closing(Worker(broker=Broker(allow=("127.0.0.1",)))) as worker:
        worker.start((), ("llmsh.tools.shell.fetch",))
        yield worker


def fetch(worker: Worker, url: str, cwd: object, seconds: float = 20):
    effects = resolve(_effects(url), str(cwd))
    call = request(("fetch", {"url": url}), effects=effects, cwd=str(cwd), limits=Limits(seconds=seconds))
    return worker.run(call, unseen)


def test_a_download_comes_through_one_connection_that_the_shell_opened(fetcher, tmp_path):
    with listening() as server:
        got = fetch(fetcher, f"http://127.0.0.1:{server.port}/a.txt", tmp_path)
        assert [row[:2] for row in got.rows] == [("a.txt", "downloaded")]
        assert (len(server.heard), (tmp_path / "a.txt").read_bytes()) == (1, b"ok")


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "169.254.169.254", "2130706433", "localhost"])
def test_a_redirect_into_this_machine_is_not_followed(fetcher, tmp_path, host):
    with listening() as secret:
        answer = f"HTTP/1.1 302 Found\r\nLocation: http://{host}:{secret.port}/\r\nContent-Length: 0\r\n\r\n".encode()
        with listening(answer) as server, pytest.raises(ToolFailed, match="leads to another host"):
            fetch(fetcher, f"http://127.0.0.1:{server.port}/a.txt", tmp_path)
        assert (secret.heard, list(tmp_path.iterdir())) == ([], [])


def test_a_call_that_names_no_host_gets_no_connection(fetcher, tmp_path):
    with listening() as server:
        url = f"http://127.0.0.1:{server.port}/a.txt"
        with pytest.raises(ToolFailed, match="is not what this call was approved for"):
            fetcher.run(request(("fetch", {"url": url}), effects=Effects(), cwd=str(tmp_path)), unseen)
        assert server.heard == []


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 100,
    ],
)
def test_a_server_that_never_comes_to_an_end_is_left_at_the_wall_clock(fetcher, tmp_path, answer):
    with socket.create_server(("127.0.0.1", 0)) as server:
        held: list[socket.socket] = []

        def drip() -> None:
            connection, _ = server.accept()
            held.append(connection)
            connection.sendall(answer)

        thread = threading.Thread(target=drip)
        thread.start()
        with pytest.raises(WorkerFailed, match="fetch took longer than 1 s and was stopped"):
            fetch(fetcher, f"http://127.0.0.1:{server.getsockname()[1]}/a.txt", tmp_path, seconds=1)
        thread.join()
        held[0].close()
    assert not (tmp_path / "a.txt").exists()
