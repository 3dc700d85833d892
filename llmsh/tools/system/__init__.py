"""Tools for the machine: memory, disks, network, time, accounts."""

MODULES: tuple[str, ...] = (
    "memory",
    "cpu",
    "disks",
    "network_interfaces",
    "network_usage",
    "uptime",
    "system_info",
    "hostname",
    "whoami",
    "users",
    "accounts",
    "groups",
    "battery",
    "sensors",
    "locale",
    "environment",
    "now",
    "calendar",
    "which",
)
