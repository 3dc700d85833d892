"""Memory, processor, disks, network, and what the machine is."""

import os
import platform
import socket
import time

import psutil
import pytest

from llmsh.errors import ToolFailed
from llmsh.tools.system.battery import battery
from llmsh.tools.system.cpu import cpu
from llmsh.tools.system.disks import disks
from llmsh.tools.system.hostname import hostname
from llmsh.tools.system.memory import memory
from llmsh.tools.system.network_interfaces import network_interfaces
from llmsh.tools.system.network_usage import network_usage
from llmsh.tools.system.sensors import sensors
from llmsh.tools.system.system_info import system_info
from llmsh.tools.system.uptime import uptime


def records(rows):
    names = [column.name for column in rows.columns]
    return [dict(zip(names, row, strict=True)) for row in rows.rows]


def test_memory_and_swap_are_shown_in_bytes():
    main, swap = records(memory())
    assert (main["kind"], main["total"]) == ("memory", psutil.virtual_memory().total)
    assert 0 < main["available"] <= main["total"]
    assert (swap["kind"], swap["total"]) == ("swap", psutil.swap_memory().total)


def test_the_processor_has_a_name_cores_and_a_load():
    (row,) = records(cpu())
    assert row["model"]
    assert row["threads"] == os.cpu_count()
    assert 0 <= row["percent"] <= 100
    assert row["load_1"] >= 0


def test_the_root_disk_is_always_among_the_disks():
    assert "/" in [row["mount"] for row in records(disks())]


def test_the_disk_that_holds_a_path_is_the_one_the_system_names(tmp_path):
    (row,) = records(disks(str(tmp_path)))
    assert row["total"] == psutil.disk_usage(str(tmp_path)).total
    assert str(tmp_path).startswith(row["mount"])


def test_all_mounts_include_those_without_a_disk():
    assert {row["mount"] for row in records(disks())} < {row["mount"] for row in records(disks(all=True))}


def test_the_disk_of_a_missing_path_is_an_error():
    with pytest.raises(ToolFailed, match="there is no nowhere"):
        disks("nowhere")


def test_the_loopback_interface_has_its_address_and_comes_after_those_that_lead_out():
    found = records(network_interfaces(family="ipv4"))
    addresses = [row["address"] for row in found]
    assert "127.0.0.1" in addresses
    assert {row["family"] for row in found} == {"ipv4"}
    assert [row["address"] for row in records(network_interfaces("lo", family="ipv4"))] == ["127.0.0.1"]
    outside = [row["address"] for row in found if row["up"] and not row["address"].startswith("127.")]
    assert addresses[: len(outside)] == outside


def test_an_interface_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(ToolFailed, match="there is no interface eth99") as failure:
        network_interfaces("eth99")
    assert "lo" in failure.value.hint
    with pytest.raises(ToolFailed, match="there is no interface eth99"):
        network_usage("eth99")


def test_what_went_over_an_interface_is_counted():
    before = records(network_usage("lo"))[0]
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        client.sendall(b"x" * 1000)
        after = records(network_usage("lo"))[0]
    assert after["sent"] >= before["sent"] + 1000


def test_uptime_counts_from_the_boot():
    (row,) = records(uptime())
    assert row["booted"] == psutil.boot_time()
    assert abs(row["up"] - (time.time() - row["booted"])) < 2


def test_the_system_says_what_it_is():
    (row,) = records(system_info())
    facts = platform.uname()
    assert (row["kernel"], row["machine"], row["hostname"]) == (facts.release, facts.machine, facts.node)
    assert row["system"]
    assert hostname().rows == [(socket.gethostname(),)]


def test_a_machine_without_battery_or_sensors_says_so():
    for found, note in ((battery(), "there is no battery"), (sensors(), "this machine shows no sensors")):
        assert found.notes == ([] if list(found.rows) else [note])
