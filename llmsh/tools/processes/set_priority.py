"""How much processor time processes get when others want it too."""

from __future__ import annotations

import psutil

from llmsh.errors import ToolFailed
from llmsh.tool import Door, Example, Pids, tool
from llmsh.tools.processes.aim import gone, signals, some
from llmsh.types import Column, Processes, Row

COLUMNS = (Column("pid"), Column("name"), Column("user"), Column("nice"), Column("was"))


@tool(
    effects=signals,
    also=("nice", "renice", "priority", "slow down", "优先级", "降低优先级"),
    examples=(
        Example("lower the priority of process 1234", "set_priority(1234, nice=10)"),
        Example("renice ffmpeg to 19", 'set_priority(name="ffmpeg", nice=19)'),
        Example("give process 812 a higher priority", "set_priority(812, nice=-5)"),
        Example("make the busiest process nicer", 'processes(sort="cpu") | first() | set_priority(nice=10)'),
        Example("set the nice value of 4321 back to 0, please", "set_priority(4321, nice=0)"),
        Example("把 1234 的优先级调低", "set_priority(1234, nice=10)", language="zh"),
    ),
)
def set_priority(
    given: Processes | None = None, /, pids: Pids = (), *, name: str | None = None, nice: int, door: Door
) -> Processes:
    """Change the priority of processes.

    Args:
        pids: their process ids.
        name: every process of this name.
        nice: -20 (first in line) to 19 (last in line); 0 is normal, 10 is low.
    """
    if not -20 <= nice <= 19:
        raise ToolFailed(f"a nice value is -20 to 19, not {nice}", "0 is normal, 10 is low, 19 the lowest")
    found = some(given, pids, name)
    notes = list(found.problems)
    rows: list[Row] = []
    for process in found.processes:
        try:
            row = _renice(door, process, nice)
        except (psutil.NoSuchProcess, ProcessLookupError):
            notes.append(gone(process.pid))
        except (psutil.AccessDenied, PermissionError):
            notes.append(f"the priority of process {process.pid} may not be set to {nice}")
        else:
            rows.append(row)
    if not rows:
        raise ToolFailed(notes[-1], "only root may raise a priority or change another user's processes")
    return Processes(COLUMNS, rows, notes)


def _renice(door: Door, process: psutil.Process, nice: int) -> Row:
    if not door.holds(process.pid):
        raise ProcessLookupError
    was = process.nice()
    door.set_priority(process.pid, nice)
    return (process.pid, process.name(), process.username(), process.nice(), was)
