"""The network interfaces and their addresses."""

from __future__ import annotations

import socket
from typing import Any, Literal

import psutil

from llmsh.errors import ToolFailed
from llmsh.tool import Example, tool
from llmsh.tools.paths import reads
from llmsh.types import Column, Row, Table

COLUMNS = (
    Column("name"),
    Column("address"),
    Column("family"),
    Column("netmask"),
    Column("mac"),
    Column("up"),
    Column("mbit"),
)
FAMILIES = {socket.AF_INET: "ipv4", socket.AF_INET6: "ipv6"}
LOOPBACK = ("127.", "::1")


@tool(
    effects=reads(default="/proc"),
    in_session=True,  # the kernel is asked through a socket, and a cage has none
    also=("ip address", "ifconfig", "mac address", "network cards", "IP 地址", "网卡", "网络接口"),
    examples=(
        Example("what is my ip address?", 'network_interfaces(family="ipv4") | select(["address", "name"])'),
        Example("show the network interfaces", "network_interfaces()"),
        Example("mac address of eth0", 'network_interfaces("eth0") | first() | select("mac")'),
        Example("is wlan0 up", 'network_interfaces("wlan0") | first() | select("up")'),
        Example("do I have an ipv6 address", 'network_interfaces(family="ipv6")'),
        Example(
            "我的 IP 地址是多少？", 'network_interfaces(family="ipv4") | select(["address", "name"])', language="zh"
        ),
        Example("列出所有网卡", "network_interfaces()", language="zh"),
    ),
)
def network_interfaces(name: str | None = None, *, family: Literal["ipv4", "ipv6"] | None = None) -> Table:
    """Network interfaces with their addresses; the ones that lead out come first.

    Args:
        name: only this interface.
        family: only addresses of this kind.
    """
    addresses, states = psutil.net_if_addrs(), psutil.net_if_stats()
    if name is not None and name not in addresses:
        raise ToolFailed(f"there is no interface {name}", f"there are {', '.join(sorted(addresses))}")
    rows: list[Row] = []
    for interface in sorted(addresses) if name is None else [name]:
        rows.extend(_rows(interface, addresses[interface], states.get(interface)))
    shown = [row for row in rows if family in (None, row[2])]
    return Table(COLUMNS, sorted(shown, key=_order), [] if shown else [f"there is no {family} address"])


def _rows(interface: str, addresses: list[Any], state: Any) -> list[Row]:
    """One row for each address; one without an address where there is none."""
    mac = next((item.address for item in addresses if item.family == psutil.AF_LINK), None)
    up, speed = (None, None) if state is None else (state.isup, state.speed or None)
    rows: list[Row] = [
        (interface, item.address.split("%")[0], FAMILIES[item.family], item.netmask, mac, up, speed)
        for item in addresses
        if item.family in FAMILIES
    ]
    return rows or [(interface, None, None, None, mac, up, speed)]


def _order(row: Row) -> tuple[bool, bool]:
    return (row[1] is None or not row[5], str(row[1]).startswith(LOOPBACK))
