"""Which addresses are not for a worker to reach: those of this machine, of its networks, and of nobody."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Address = IPv4Address | IPv6Address

CLOSED = (
    ("this machine itself", ("127.0.0.0/8", "0.0.0.0/8", "::1/128", "::/128")),
    ("in a private network", ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10")),
    ("on this very link, where clouds keep their secrets", ("169.254.0.0/16", "fe80::/10")),
    ("the door to a cloud's secrets", ("168.63.129.16/32",)),
    ("in the network of a provider", ("100.64.0.0/10",)),
    ("for many machines at once", ("224.0.0.0/4", "ff00::/8")),
    (
        "reserved",
        (
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "240.0.0.0/4", "2001::/23", "2001:db8::/32", "3fff::/20",
        ),
    ),
)  # fmt: skip
"""Networks by what is wrong with them. Of IPv6 only 2000::/3 is in use between networks; the rest is closed anyway."""
OPEN_6 = ip_network("2000::/3")
MAPPED, TRANSLATED, SIX_TO_FOUR = ip_network("::ffff:0:0/96"), ip_network("64:ff9b::/96"), ip_network("2002::/16")


def closed(text: str, own: frozenset[Address]) -> str | None:
    """What is wrong with connecting to an address, as the end of a sentence; None where nothing is.

    `own` are the addresses of this machine. A version 6 address that stands for one of version 4 is judged as that.
    """
    address = ip_address(text.partition("%")[0])
    inner = _inner(address)
    if inner is not None:
        return closed(str(inner), own)
    if address in own:
        return "this machine itself"
    for reason, networks in CLOSED:
        if any(address in ip_network(network) for network in networks):
            return reason
    return None if address.version == 4 or address in OPEN_6 else "reserved"


def _inner(address: Address) -> IPv4Address | None:
    """The version 4 address that one of version 6 leads to: mapped, through NAT64, or by 6to4."""
    if isinstance(address, IPv4Address):
        return None
    if address in MAPPED or address in TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    if address in SIX_TO_FOUR:
        return IPv4Address(int(address) >> 80 & 0xFFFFFFFF)
    return None


def own_addresses() -> frozenset[Address]:
    """Every address of this machine's interfaces, also the public ones."""
    import psutil  # 20 ms that only a connection needs

    found = set()
    for addresses in psutil.net_if_addrs().values():
        for entry in addresses:
            try:
                found.add(ip_address(entry.address.partition("%")[0]))
            except ValueError:  # the hardware address of a card
                continue
    return frozenset(found)
