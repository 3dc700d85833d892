"""How many lines, words, characters or bytes each file holds."""

from __future__ import annotations

from llmsh.tool import Example, Paths, tool
from llmsh.tools.counting import What, count_in, countable
from llmsh.tools.opening import from_each
from llmsh.tools.paths import reads
from llmsh.types import PATH, Column, Files, Table, Unit


@tool(
    effects=reads("paths"),
    also=("wc", "lines per file", "longest file", "每个文件多少行"),
    examples=(
        Example("how many lines has each file in src?", 'count_each("src")',
                finds=("src/main.py", "src/style.css", "src/util.py")),
        Example("words per markdown file", 'find_files(name="*.md") | count_each(what="words")',
                finds=("README.md", "docs/guide.md", "docs/intro.md")),
        Example("which log has the most lines", 'count_each("logs/*.log") | largest()',
                finds=("logs/app.log",)),
        Example("line counts of names.txt and numbers.txt", 'count_each(["names.txt", "numbers.txt"])',
                finds=("names.txt", "numbers.txt")),
        Example("统计 docs 里每个 md 文件的字符数", 'count_each("docs/*.md", what="characters")',
                finds=("docs/guide.md", "docs/intro.md"), language="zh"),
    ),
)  # fmt: skip
def count_each(given: Files | None = None, /, paths: Paths = (), *, what: What = "lines") -> Table:
    """How many lines, words, characters or bytes each file holds; of a folder, each file below it.

    Args:
        paths: the files to count in.
        what: what to count.
    """
    notes: list[str] = []
    found = countable(paths, given, notes)
    columns = (PATH, Column("count", Unit.BYTES if what == "bytes" else Unit.NONE))
    return Table(columns, from_each(found, notes, lambda path: [(path, count_in(path, what))]), notes)
