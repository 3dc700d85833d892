"""Text replaced in every line."""

from __future__ import annotations

import re

from llmsh.errors import ToolFailed
from llmsh.tool import Example, tool
from llmsh.tools.lines import each_line
from llmsh.tools.patterns import compile_pattern
from llmsh.types import Rows, Text


@tool(
    also=("substitute", "sed", "tr", "swap", "change", "remove characters", "替换", "换成", "删除字符"),
    examples=(
        Example("show todo.txt with two replaced by 2", 'read("todo.txt") | replace("two", "2")',
                finds=("one", "2", "three")),
        Example("print data.csv with semicolons instead of commas, first line only",
                'read("data.csv") | first() | replace(",", ";")', finds=("name;age;city",)),
        Example("remove all digits from numbers.txt lines", 'read("numbers.txt") | replace("[0-9]", regex=True)',
                finds=("", "", "", "")),
        Example("put a dash before every line of todo.txt", 'read("todo.txt") | replace("^", "- ", regex=True)',
                finds=("- one", "- two", "- three")),
        Example("swap the two words of each line in logs/error.log",
                r'read("logs/error.log") | replace("(\\w+) (\\w+)", "\\2 \\1", regex=True)',
                finds=("one ERROR", "two error", "three WARN")),
        Example("把 todo.txt 中的 one 换成 1 显示出来", 'read("todo.txt") | replace("one", "1")',
                finds=("1", "two", "three"), language="zh"),
    ),
)  # fmt: skip
def replace(
    given: Rows, /, old: str, new: str = "", *, regex: bool = False, ignore_case: bool = False, first_only: bool = False
) -> Text:
    r"""Replace text in every line and show the result; no file is changed.

    Args:
        old: what to replace.
        new: what to put there; nothing if left out. With regex, \1 is what the first group matched.
        regex: old is a regular expression.
        ignore_case: capital and small letters are the same.
        first_only: only the first place in each line.
    """
    if not old:
        raise ToolFailed("there is nothing to replace", "name the text to replace")
    pattern = compile_pattern(old, ignore_case=ignore_case, fixed=not regex)
    times = 1 if first_only else 0
    if not regex:
        return each_line(given, lambda line: pattern.sub(lambda _: new, line, count=times))
    try:
        pattern.sub(new, "")  # reads `new`, also where nothing matches
    except (re.error, IndexError) as error:
        raise ToolFailed(f"{new!r} cannot stand for what is replaced: {error}") from None
    return each_line(given, lambda line: pattern.sub(new, line, count=times))
