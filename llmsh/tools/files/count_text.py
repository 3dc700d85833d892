"""How many lines, words, characters or bytes files hold together."""

from __future__ import annotations

from llmsh.tool import Example, Paths, tool
from llmsh.tools.counting import What, count_in, countable
from llmsh.tools.opening import from_each
from llmsh.tools.paths import reads
from llmsh.types import Column, Files, Number, Unit


@tool(
    effects=reads("paths"),
    also=("wc", "count lines", "count words", "how many lines", "行数", "字数", "多少行"),
    examples=(
        Example("how many lines does notes.txt have?", 'count_text("notes.txt")', finds=(5,)),
        Example("count the words in README.md", 'count_text("README.md", what="words")', finds=(10,)),
        Example("total lines of all python files", 'find_files(name="*.py") | count_text()', finds=(12,)),
        Example("wc -c data.csv", 'count_text("data.csv", what="bytes")', finds=(62,)),
        Example("how many characters are in names.txt and todo.txt together",
                'count_text(["names.txt", "todo.txt"], what="characters")', finds=(51,)),
        Example("logs 里的日志一共有多少行", 'count_text("logs/*.log")', finds=(104,), language="zh"),
    ),
)  # fmt: skip
def count_text(given: Files | None = None, /, paths: Paths = (), *, what: What = "lines") -> Number:
    """How many lines, words, characters or bytes files hold, all together; of a folder, the files below it.

    Args:
        paths: the files to count in.
        what: what to count.
    """
    notes: list[str] = []
    found = countable(paths, given, notes)
    total = sum(from_each(found, notes, lambda path: [count_in(path, what)]))
    return Number((Column("value", Unit.BYTES if what == "bytes" else Unit.NONE),), [(total,)], notes)
