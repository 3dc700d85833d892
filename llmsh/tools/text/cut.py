"""Some of the fields, or of the characters, of every line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Literal, TypeVar

from llmsh.errors import ToolFailed
from llmsh.plain import plain_lines
from llmsh.tool import Example, Kind, tool
from llmsh.tools.fields import fields_of, sampled, separator_of
from llmsh.tools.lines import each_line, text_of
from llmsh.types import Rows, Text

Fields = Annotated[
    str,
    Kind("fields", r"-?[0-9]+(-[0-9]*)?(,-?[0-9]+(-[0-9]*)?)*", "numbers from 1 such as 2, 1,3 or 2-4; -1 is the last"),
]
Item = TypeVar("Item")
Choose = Callable[[Sequence[Item]], list[Item]]


@tool(
    also=("awk", "field", "column", "nth word", "characters", "first word", "第几列", "字段", "第几个字", "截取"),
    examples=(
        Example("second column of data.csv", 'read("data.csv") | cut("2")',
                finds=("age", "31", "25", "47", "38")),
        Example("first word of every line in notes.txt", 'read("notes.txt") | cut("1")',
                finds=("buy", "TODO", "pay", "TODO", "read")),
        Example("the last word of each line of logs/error.log", 'read("logs/error.log") | cut("-1")',
                finds=("one", "two", "three")),
        Example("awk '{print $2, $1}' logs/error.log", 'read("logs/error.log") | cut("2,1")',
                finds=("one ERROR", "two error", "three WARN")),
        Example("first 3 characters of each name in names.txt, no repeats",
                'read("names.txt") | cut("1-3", by="characters") | unique()', finds=("car", "ali", "bob", "dav")),
        Example("which user names are in /etc/passwd", 'read("/etc/passwd") | cut("1")'),
        Example("3rd field of values.txt, separated by ;", 'read("values.txt") | cut("3", separator=";")'),
        Example("second column of the piped data", 'stdin | cut("2")'),
        Example("显示 data.csv 的第一列和第三列", 'read("data.csv") | cut("1,3")',
                finds=("name,city", "Ann,Oslo", "Bob,Rome", "Cid,Oslo", "Dee,Bern"), language="zh"),
    ),
)  # fmt: skip
def cut(
    given: Rows,
    /,
    fields: Fields,
    *,
    separator: str | None = None,
    by: Literal["fields", "characters"] = "fields",
) -> Text:
    """Keep some fields of every line, in the order asked for.

    Args:
        fields: 2, 1,3, 2-4 or 3- (to the end); -1 is the last, -2 the one before it.
        separator: what stands between the fields; found out from the first lines if left out.
        by: characters cuts by position in the line instead of by field.
    """
    if by == "characters":
        letters: Choose[str] = chooser(fields)
        return each_line(given, lambda line: "".join(letters(line)))
    if separator == "":
        raise ToolFailed("the separator is empty", 'write by="characters" to cut between characters')
    chosen: Choose[str] = chooser(fields)
    if separator:
        glue = separator
        return each_line(given, lambda line: glue.join(chosen(line.split(glue))))
    head, lines = sampled(plain_lines(given))
    found = separator_of(head)
    glue = found or " "
    return text_of((glue.join(chosen(fields_of(line, found))) for line in lines), given)


def chooser(fields: str) -> Choose[Item]:
    """A function that takes the wanted items out of a list. Raises ToolFailed where the fields make no sense."""
    spans = [_span(part) for part in fields.split(",")]

    def choose(items: Sequence[Item]) -> list[Item]:
        chosen: list[Item] = []
        for span in spans:
            chosen.extend(items[span])
        return chosen

    return choose


def _span(part: str) -> slice:
    """The slice for one part: [2:3] for "3", [1:4] for "2-4", [1:] for "2-", [-1:] for "-1", [-2:-1] for "-2"."""
    first, dash, last = part.lstrip("-").partition("-")
    start, end = int(first), int(last or 0)
    if start == 0 or (last and end < start):
        raise ToolFailed(f"{part} names no field", "fields count from 1, as in 2, 1,3 or 2-4")
    if part.startswith("-"):
        return slice(-start, None if dash or start == 1 else 1 - start)
    return slice(start - 1, end or None) if dash else slice(start - 1, start)
