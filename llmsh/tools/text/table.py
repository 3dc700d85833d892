"""Text with columns, such as CSV, as a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, dropwhile

from llmsh.errors import ToolFailed
from llmsh.plain import plain_lines
from llmsh.tool import Example, tool
from llmsh.tools.fields import sampled, separator_of
from llmsh.types import Column, Row, Rows, Scalar, Table

MARKS = "\t,;|"
WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")


@tool(
    also=("csv", "tsv", "columns", "parse", "spreadsheet", "表格", "按列", "解析"),
    examples=(
        Example("show data.csv as a table", 'read("data.csv") | table()', finds=("Ann", "Bob", "Cid", "Dee")),
        Example("names of those in data.csv whose city is Oslo",
                'read("data.csv") | table() | where("city", "=", "Oslo") | select("name")', finds=("Ann", "Cid")),
        Example("total of the age column of data.csv", 'read("data.csv") | table() | sum("age")', finds=(141,)),
        Example("data.csv sorted by age, oldest first", 'read("data.csv") | table() | sort("age", descending=True)',
                finds=("Cid", "Dee", "Ann", "Bob")),
        Example("/etc/passwd as columns, no header", 'read("/etc/passwd") | table(":", header=False)'),
        Example("把 logs/error.log 按空格分成列", 'read("logs/error.log") | table(" ", header=False)',
                finds=("ERROR", "error", "WARN"), language="zh"),
    ),
)  # fmt: skip
def table(given: Rows, /, separator: str | None = None, *, header: bool = True) -> Table:
    """Read lines with columns (CSV, tabs, spaces) as a table with typed numbers.

    Args:
        separator: what stands between columns; found out from the first lines if left out; " " is any spaces.
        header: the first line holds the names; without one the columns are called 1, 2, 3, ...
    """
    lines = dropwhile(_blank, plain_lines(given))
    top = next(lines, "").removeprefix("\ufeff")
    sample, everything = sampled(chain([top], lines))
    separator = separator or separator_of(sample) or _separator(top)
    records = _records(everything, separator)
    head = next(records, [])
    names = _names(head) if header else [str(number) for number in range(1, len(head) + 1)]
    body = records if header else chain([head] if head else [], records)
    glue = " " if separator.isspace() and separator != "\t" else separator
    rows = (_row(record, len(names), glue) for record in body)
    return Table(tuple(Column(name) for name in names or ["1"]), rows, given.notes, given.title)


def _blank(line: str) -> bool:
    return not line.strip()


def _separator(line: str) -> str:
    """The sign that stands most often in a line; spaces where none does."""
    most = max(MARKS, key=line.count)
    return most if most in line else " "


def _records(lines: Iterable[str], separator: str) -> Iterator[list[str]]:
    """Lists of cells; empty lines are left out."""
    if len(separator) > 1 or separator == " ":
        at = None if separator == " " else separator
        yield from (line.split(at) for line in lines if line.strip())
        return
    import csv

    try:
        yield from (record for record in csv.reader((line + "\n" for line in lines), delimiter=separator) if record)
    except (csv.Error, ValueError, TypeError) as error:
        raise ToolFailed(f"this is no table with columns between {separator!r}: {error}") from None


def _names(head: list[str]) -> list[str]:
    """The names of the columns, each once; one without a name is called by its number."""
    names: list[str] = []
    for number, cell in enumerate(head, 1):
        name = cell.strip() or str(number)
        names.append(name if name not in names else f"{name}_{number}")
    return names


def _row(record: list[str], width: int, glue: str) -> Row:
    """One row, as wide as the header: what is missing is unknown, what is too much stays in the last column."""
    if len(record) > width > 0:
        record = [*record[: width - 1], glue.join(record[width - 1 :])]
    return (*map(value_of, record), *(None,) * (width - len(record)))


def value_of(cell: str) -> Scalar:
    """A number where the cell is written as we would write it, so that 007 and 1.50 stay what they are."""
    text = cell.strip()
    if not text:
        return None
    if WHOLE.fullmatch(text) and text != "-0":
        return int(text)
    try:
        number = float(text)
    except ValueError:
        return text
    return number if repr(number) == text and text not in ("inf", "-inf", "nan") else text
