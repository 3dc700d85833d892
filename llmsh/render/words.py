"""What is said in sentences, the same on a terminal and in a pipe: changes, effects, ages. Nothing is cleaned here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from llmsh.language.translator import Translate, as_written
from llmsh.plan import one_line
from llmsh.types import CallRecord, Changes, Column, Effects, Preview, Row, Rows, Table
from llmsh.units import show_size

FIRST_NAMES = 10
FIRST_EFFECTS = 5
YEAR = 365 * 86400
AGES = (("min", 60, 3600), ("h", 3600, 86400), ("d", 86400, 60 * 86400), ("mo", YEAR / 12, YEAR))
"""Units of an age, their seconds, and the age from which the next unit says it better."""


def count(number: int, singular: str) -> str:
    """A number of things: "1 file", "12,345 files"."""
    return f"{number:,} {singular}" if number == 1 else f"{number:,} {singular}s"


def listed(names: Sequence[str], most: int, total: int | None = None, translate: Translate = as_written) -> str:
    """The first names, and how many there are besides."""
    more = (len(names) if total is None else total) - min(len(names), most)
    return ", ".join([*names[:most], *([translate(f"and {more:,} more")] if more > 0 else [])])


def are_changes(rows: Rows) -> bool:
    """Whether rows say what was changed; columns may have been left out of them."""
    return isinstance(rows, Changes) and [column.name for column in rows.columns[:2]] == ["path", "action"]


def change_groups(rows: Rows) -> list[tuple[str, list[str]]]:
    """What was done, and to which files, in the order it began; a file that moved is `old -> new`."""
    groups: dict[str, list[str]] = {}
    for row in rows.rows:
        groups.setdefault(str(row[1]), []).append(_changed(row))
    return list(groups.items())


def _changed(row: Row) -> str:
    was = row[2] if len(row) > 2 else None
    return f"{was} -> {row[0]}" if was and was != row[0] else str(row[0])


def age(moment: float, now: datetime, translate: Translate = as_written) -> str | None:
    """How long ago, or the date where that is more than a year; None where it is no moment at all."""
    try:
        then = datetime.fromtimestamp(moment)
    except (ValueError, OverflowError, OSError):
        return None
    seconds = now.timestamp() - moment
    away = abs(seconds)
    if away >= YEAR:
        return then.strftime("%Y-%m-%d")
    if away < 60:
        return translate("just now")
    unit, size = next((name, size) for name, size, until in AGES if away < until)
    amount = int(away // size)
    return translate(f"{amount} {unit} ago" if seconds > 0 else f"in {amount} {unit}")


def effect_lines(effects: Effects, translate: Translate = as_written) -> list[tuple[str, str]]:
    """What a call does besides reading: a verb and its objects, the worst first.

    What loses its content and is deleted too does not go to the trash: it is deleted for good.
    """
    kept = tuple(path for path in effects.writes if path not in set(effects.overwrites))
    lost = tuple(path for path in effects.overwrites if path not in set(effects.deletes))
    for_good = len(lost) < len(effects.overwrites)
    groups: list[tuple[str, Sequence[str]]] = [
        ("deletes", () if for_good else effects.deletes),
        ("deletes for good", effects.deletes if for_good else ()),
        ("overwrites", lost),
        ("writes", kept),
        ("runs", effects.runs),
        ("sends signals to", [translate(f"process {pid}") for pid in effects.signals]),
        ("connects to", [translate("any host"), *effects.hosts] if effects.network else effects.hosts),
    ]
    return [(verb, listed(objects, FIRST_EFFECTS, translate=translate)) for verb, objects in groups if objects]


def preview_lines(preview: Preview, translate: Translate = as_written) -> list[tuple[str, str]]:
    """What stands below the call in a preview: how much, which effects, why it is asked. The labels are English."""
    lines = []
    if preview.files:
        size = "" if preview.size is None else f", {show_size(preview.size)}"
        lines.append((translate(count(preview.files, "file")) + size, ""))
    lines += effect_lines(preview.effects, translate)
    return [*lines, ("why", translate(preview.verdict.reason))] if preview.verdict.reason else lines


def dry_run_rows(calls: Sequence[CallRecord], translate: Translate = as_written) -> Table:
    """Calls that were judged and not run."""
    rows: list[Row] = []
    for call in calls:
        read = listed(call.effects.reads, FIRST_EFFECTS, translate=translate)
        lines = [("reads", read)] * bool(read) + effect_lines(call.effects, translate)
        effects = "; ".join(f"{translate(verb)} {objects}" for verb, objects in lines)
        rows.append((call.tool, translate(call.verdict.decision.value), call.verdict.rule, effects))
    return Table(tuple(Column(name) for name in ("call", "verdict", "rule", "effects")), rows)


def plan_line(text: str) -> str:
    """A plan on one line."""
    return f"-> {one_line(text)}"
