"""The attacks on a fetch: each with the control that the same server is reached once its host is allowed."""

from __future__ import annotations

import errno
import socket
import threading
import time
from collections.abc import Sequence

import pytest

from llmsh.errors import ToolFailed
from llmsh.preview import preview
from llmsh.sandbox.addresses import closed, own_addresses
from llmsh.sandbox.broker import Broker
from llmsh.tools.address import Address, parse_address
from llmsh.tools.shell.fetch import _effects
from llmsh.types import Decision, Verdict
from tests.sandbox.listening import ANSWER, connect, listening, places, refusal

# Where an address leads


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "0x7f000001",
        "017700000001",
        "0.0.0.0",
        "0",
        "localhost",
        "localhost.",
        "LOCALHOST",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "１２７.0.0.1",
        "127。0。0。1",
    ],
)
def test_this_machine_is_not_reached_in_whatever_spelling_until_its_host_is_allowed(host):
    with listening() as listener:
        url = f"http://{host}:{listener.port}/x"
        assert "this machine itself" in refusal(Broker(), url)
        assert listener.heard == []
        allowed = Broker(allow=(parse_address(url).host,))
        with connect(allowed, url) as connection:
            connection.sendall(b"control")
            assert connection.recv(100) == ANSWER
        assert listener.heard == [b"control"]


def has_version_6() -> bool:
    with socket.socket(socket.AF_INET6) as probe:
        return probe.connect_ex(("::1", 9)) == errno.ECONNREFUSED


@pytest.mark.skipif(not has_version_6(), reason="there is no ::1 on this machine to be reached")
def test_this_machine_is_not_reached_over_version_6():
    with listening(family=socket.AF_INET6, host="::1") as listener:
        place = f"[::1]:{listener.port}"
        assert refusal(Broker(), f"http://{place}/") == f"{place} is this machine itself: it is not fetched from"
        assert listener.heard == []
        with connect(Broker(allow=(place,)), f"http://{place}/") as connection:
            connection.sendall(b"control")
            assert connection.recv(100) == ANSWER


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1", "172.16.5.4", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200",
        "168.63.129.16", "0.1.2.3", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.0.0.192",
        "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "192.88.99.1", "::", "::1", "fe80::1", "fe80::1%eth0",
        "fc00::1", "fd00:ec2::254", "ff02::1", "fec0::1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::10.0.0.1",
        "64:ff9b::10.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:a00:1::", "2002:7f00:1::1", "2001::1",
        "2001:db8::1", "3fff::1", "100::1", "5f00::1", "4000::1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_public_is_refused_whoever_names_it(address):
    resolve, asked = places(evil_example=(address,))
    message = refusal(Broker(resolve=resolve), "http://evil.example/")
    assert message.startswith(f"evil.example ({address}) is ")
    assert asked == ["evil.example"]


@pytest.mark.parametrize(
    "address",
    ["93.184.216.34", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::8.8.8.8", "2002:808:808::1"],
)
def test_a_public_address_is_not_refused(address):
    assert closed(address, frozenset()) is None


def test_the_addresses_of_this_machines_own_cards_are_refused():
    for address in own_addresses():
        assert closed(str(address), own_addresses()) is not None
    public = next(iter(own_addresses()))
    assert closed(str(public), frozenset({public})) == "this machine itself"


def test_one_private_address_among_public_ones_is_enough_to_be_refused():
    with listening() as listener:
        resolve, _ = places(mixed_example=("93.184.216.34", "127.0.0.1"))
        url = f"http://mixed.example:{listener.port}/"
        assert "(127.0.0.1) is this machine itself" in refusal(Broker(resolve=resolve), url)
        assert listener.heard == []


def test_a_name_is_looked_up_once_and_that_very_address_is_connected_to():
    with listening() as listener, listening() as other:
        answers = [("127.0.0.1",), ("127.0.0.2",)]
        asked: list[str] = []

        def rebind(host: str, port: int) -> Sequence[str]:
            asked.append(host)
            return answers[len(asked) - 1]

        place = f"rebind.example:{listener.port}"
        with connect(Broker((place,), resolve=rebind), f"http://{place}/") as connection:
            assert connection.getpeername() == ("127.0.0.1", listener.port)
            connection.sendall(b"x")
        assert (asked, other.heard) == (["rebind.example"], [])


def test_a_second_answer_is_checked_like_the_first():
    with listening() as listener:
        answers = iter([("93.184.216.34", "10.0.0.1"), ("127.0.0.1",)])
        broker = Broker(resolve=lambda host, port: next(answers))
        url = f"http://rebind.example:{listener.port}/"
        assert "(10.0.0.1) is in a private network" in refusal(broker, url)
        assert "(127.0.0.1) is this machine itself" in refusal(broker, url)
        assert listener.heard == []


# What an address may look like


@pytest.mark.parametrize(
    "url",
    [
        "http://good.example\x00.evil.example/",
        "http://good.example\r\nX: y/",
        "http://good.example/\r\nHost: evil.example",
        "http://good.example /",
        "http://user@good.example/",
        "http://good.example@evil.example/",
        "http://good.example:80@evil.example/",
        "http://evil.example\\@good.example/",
        "http://good.example\\.evil.example/",
        "http://good.example%00.evil.example/",
        "http://good.example%2f.evil.example/",
        "http://good.example℀.evil.example/",
        "http://exa\u200bmple.com.\ud800/",
        "http://good.example:0/",
        "http://good.example:99999/",
        "http://good.example:8o/",
        "http://[fe80::1%25eth0]/",
        "http://[::1/",
        "http:///x",
        "http://.../",
        "http://" + "a" * 64 + ".example/",
        "http://" + ".".join(["a" * 60] * 5) + "/",
        "https://good.example/" + "a" * 5000,
        "file:///etc/passwd",
        "gopher://good.example/",
        "ftp://good.example/x",
        "data:text/plain,x",
        "//good.example/",
        "good.example",
    ],
)
def test_an_address_that_could_be_read_in_two_ways_is_refused_before_anything_is_looked_up(url):
    resolve, asked = places()
    with pytest.raises(ToolFailed) as caught:
        Broker(resolve=resolve).connect(url, ("good.example",), 5)
    assert "\n" not in caught.value.message
    assert asked == []


def test_other_letters_become_the_host_that_is_looked_up_and_approved():
    assert parse_address("https://BÜCHER.example/ü?q=ö") == Address(
        "https", "xn--bcher-kva.example", 443, "/%C3%BC?q=%C3%B6"
    )
    assert parse_address("http://[0:0::1]:8080").place == "[::1]:8080"


def test_the_whole_address_is_shown_before_it_is_approved():
    url = "https://example.com/collect?data=" + "a" * 300
    shown = preview(f'fetch("{url}")', _effects(url), Verdict(Decision.ASK, "network", "it connects"))
    assert url in shown.call


# What a call was approved for


@pytest.mark.parametrize(
    "url",
    [
        "http://other.example/",
        "http://good.example:22/",
        "https://good.example:80/",
        "http://good.example.evil.example/",
        "http://sub.good.example/",
    ],
)
def test_a_worker_reaches_only_the_host_and_port_that_were_approved(url):
    resolve, asked = places()
    with pytest.raises(ToolFailed, match="is not what this call was approved for"):
        Broker(resolve=resolve).connect(url, ("good.example",), 5)
    assert asked == []


def test_a_name_server_that_is_silent_holds_up_nobody():
    wait = threading.Event()

    def silent(host: str, port: int) -> Sequence[str]:
        wait.wait()
        return ()

    started = time.monotonic()
    with pytest.raises(ToolFailed, match=r"good\.example could not be reached: no name server answered"):
        Broker(resolve=silent).connect("http://good.example/", ("good.example",), 0.2)
    wait.set()
    assert time.monotonic() - started < 2


def test_the_next_address_is_tried_where_the_first_does_not_answer():
    with listening() as listener:
        resolve, _ = places(two_example=("127.0.0.9", "127.0.0.1"))
        place = f"two.example:{listener.port}"
        with connect(Broker((place,), resolve=resolve), f"http://{place}/") as connection:
            connection.sendall(b"x")
            assert connection.recv(100) == ANSWER
