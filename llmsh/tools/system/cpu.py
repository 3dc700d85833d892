"""The processor: what it is and how busy."""

from __future__ import annotations

import os
import platform

import psutil

from llmsh.tool import Example, tool
from llmsh.tools.paths import reads
from llmsh.types import Column, Table, Unit

INTERVAL = 0.1
COLUMNS = (
    Column("model"),
    Column("cores"),
    Column("threads"),
    Column("percent", Unit.PERCENT),
    Column("load_1"),
    Column("load_5"),
    Column("load_15"),
    Column("mhz"),
)


@tool(
    effects=reads(default="/proc"),
    also=("processor", "load average", "cores", "nproc", "lscpu", "处理器", "负载", "核心"),
    examples=(
        Example("how busy is the cpu?", 'cpu() | select("percent")'),
        Example("how many cores do I have", 'cpu() | select("cores")'),
        Example("what processor is in this machine", 'cpu() | select("model")'),
        Example("show the load average please", 'cpu() | select(["load_1", "load_5", "load_15"])'),
        Example("cpu info", "cpu()"),
        Example("这台电脑有几个核？", 'cpu() | select("cores")', language="zh"),
        Example("CPU 使用率", 'cpu() | select("percent")', language="zh"),
    ),
)
def cpu() -> Table:
    """The processor: model, cores, use in percent, load over 1, 5 and 15 minutes."""
    one, five, fifteen = (round(load, 2) for load in os.getloadavg())
    frequency = psutil.cpu_freq()
    row = (
        _model(),
        psutil.cpu_count(logical=False),
        psutil.cpu_count(),
        psutil.cpu_percent(interval=INTERVAL),
        one,
        five,
        fifteen,
        None if frequency is None else round(frequency.current),
    )
    return Table(COLUMNS, [row])


def _model() -> str:
    """The name of the processor; Linux tells it in /proc/cpuinfo alone."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as file:
            for line in file:
                key, _, value = line.partition(":")
                if key.strip().lower() in ("model name", "hardware"):
                    return value.strip()
    except OSError:
        pass  # no such file elsewhere, or it may not be read: the architecture has to do
    return platform.machine()
