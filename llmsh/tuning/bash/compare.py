"""The output of a command held against the rows of a plan, in the way that suits the command."""

from __future__ import annotations

import os
import re
from collections import Counter

from llmsh.plain import plain_lines, plain_value
from llmsh.tuning.bash.flow import Look
from llmsh.types import Rows

DIFFERENT = "the outputs differ"
NOTHING = "nothing to see"


def same(look: Look, lines: list[str], rows: Rows) -> str:
    """Why the two are not the same; nothing where they are."""
    if look is Look.RUNS:
        return "" if lines and any(True for _ in rows.rows) else NOTHING
    said = [line for line in lines if line.strip()]
    plan = [line for line in plain_lines(rows) if line.strip()]
    if look is Look.LINES:
        return _verdict(Counter(map(bare, lines)), Counter(map(bare, plain_lines(rows))))
    if look is Look.CELLS:
        said = [line for line in said if not re.fullmatch(r"\s*[0-9]+ total", line)]
        values = [" ".join(plain_value(cell) for cell in row) for row in rows.rows]
        return _verdict(Counter(map(_cells, said)), Counter(_cells(line) for line in values if line.strip()))
    if look is Look.NUMBER:
        numbers = [line.split()[0] for line in said]
        return _verdict(Counter(numbers[-1:]), Counter(plan))
    if look is Look.MATCHES and len(rows.columns) > 2:
        return _matches(said, rows)
    if look is Look.DIFFERENCES:
        return _differences(said, plan)
    if look is Look.MATCHES:
        return _verdict(Counter(map(bare, said)), Counter(map(bare, plan)))
    return _names(said, rows)


def _verdict(said: Counter[str], plan: Counter[str]) -> str:
    if said != plan:
        return DIFFERENT
    return "" if said else NOTHING


def bare(line: str) -> str:
    """A line without the signs by which commands write the same path differently."""
    return re.sub(r"/+", "/", re.sub(r"^\./", "", line.strip())).rstrip("/")


def _cells(line: str) -> str:
    parts = line.replace("\t", " ").replace(":", " ").replace(",", " ").split()
    return " ".join(sorted(part.removeprefix("./").lstrip("*") for part in parts))


def _matches(said: list[str], rows: Rows) -> str:
    """Lines found: with the file and the line's number before them or without."""
    left = Counter(map(bare, (line for line in said if line != "--")))
    for row in rows.rows:
        path, number, text = (plain_value(cell) for cell in row[:3])
        if not text.strip():
            continue
        path = path.removeprefix("./")
        forms = (text, f"{path}:{text}", f"{path}:{number}:{text}", f"{number}:{text}", f"{path}-{text}",
                 f"{path}-{number}-{text}", f"{number}-{text}")  # fmt: skip
        found = next((form for form in map(bare, forms) if left[form] > 0), None)
        if found is None:
            return DIFFERENT
        left[found] -= 1
    paths = {bare(plain_value(row[0])) for row in rows.rows}
    if any(count > 0 and line not in paths for line, count in left.items()):
        return DIFFERENT
    return "" if said else NOTHING


def _differences(said: list[str], plan: list[str]) -> str:
    if not said:
        return NOTHING if not plan else DIFFERENT
    ours = Counter(line[0] + line[1:].strip() for line in plan if re.match(r"[-+](?![-+]{2} )", line))
    theirs = Counter(
        {"<": "-", ">": "+"}.get(line[0], line[0]) + line[1:].strip()
        for line in said if re.match(r"[<>] |[-+](?![-+]{2} )", line) and line != "---"
    )  # fmt: skip
    return _verdict(theirs, ours)


def _names(said: list[str], rows: Rows) -> str:
    """Each line ends in a path of the rows, or in its last part; headings and totals are passed over."""
    paths = [plain_value(row[_path_at(rows)]) for row in rows.rows]
    lines = [line for line in said if not re.match(r"total [0-9]|.*:$|[0-9.]+[KMGT]?\s+total$", line)]
    if len(lines) != len(paths):
        return DIFFERENT
    wanted = Counter(os.path.basename(path.rstrip("/")) for path in paths)
    there = Counter(os.path.basename(re.sub(r"^.*?(\S+)( -> \S+)?$", r"\1", line).rstrip("/")) for line in lines)
    return _verdict(there, wanted)


def _path_at(rows: Rows) -> int:
    names = [column.name for column in rows.columns]
    return names.index("path") if "path" in names else 0
