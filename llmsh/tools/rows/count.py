"""How many rows there are."""

from __future__ import annotations

from collections.abc import Iterator

from llmsh.tool import Example, tool
from llmsh.types import Column, Number, Row, Rows


@tool(
    also=("how many", "number of", "wc -l", "total", "多少", "几个", "数量", "统计"),
    examples=(
        Example("how many python files are there?", 'find_files(name="*.py") | count()', finds=(5,)),
        Example("number of different names in names.txt", 'read("names.txt") | unique() | count()', finds=(4,)),
        Example("number of TODOs in notes.txt", 'search("TODO", "notes.txt") | count()', finds=(2,)),
        Example("how many processes are running", "processes() | count()"),
        Example("how many lines of logs/app.log say ERROR", 'read("logs/app.log") | keep("ERROR") | count()',
                finds=(10,)),
        Example("how many is that?", "last | count()"),
        Example("how many rows of data.csv have the city Oslo",
                'read("data.csv") | table() | where("city", "=", "Oslo") | count()', finds=(2,)),
        Example("how many lines came in through the pipe", "stdin | count()", finds=(3,)),
        Example("输入有多少行", "stdin | count()", finds=(3,), language="zh"),
        Example("docs 里有几个 md 文件？", 'find_files("docs", name="*.md") | count()', finds=(2,), language="zh"),
        Example("names.txt 里有几行是 alice", 'read("names.txt") | keep("^alice$") | count()', finds=(3,),
                language="zh"),
    ),
)  # fmt: skip
def count(given: Rows, /) -> Number:
    """How many rows: files, lines, processes, matches."""
    return Number((Column("value"),), _counted(given), given.notes)


def _counted(given: Rows) -> Iterator[Row]:
    total = 0
    for _ in given.rows:
        total += 1
    yield (total,)
