"""Which files hold a text."""

from __future__ import annotations

from collections.abc import Iterator

from llmsh.tool import HERE, Example, Globs, Paths, Regex, tool
from llmsh.tools.searching import effects, in_each, matching_lines, query, searched
from llmsh.types import PATH, Files, Row


@tool(
    effects=effects,
    also=("grep -l", "files containing", "files that mention", "which files contain", "哪些文件包含"),
    examples=(
        Example("which files contain TODO?", 'search_files("TODO")',
                finds=("copy-of-notes.txt", "notes.txt", "src/main.py", "sub/b.py")),
        Example("python files without TODO", 'search_files("TODO", name="*.py", without=True)',
                finds=("a.py", "src/util.py", "sub/deep/c.py")),
        Example("files in logs that mention an error, any case", 'search_files("error", "logs", ignore_case=True)',
                finds=("logs/app.log", "logs/error.log")),
        Example("how many text files talk about milk", 'search_files("milk", name="*.txt") | count()', finds=(2,)),
        Example("哪些文件里出现了 alice？", 'search_files("alice")', finds=("names.txt",), language="zh"),
    ),
)  # fmt: skip
def search_files(
    given: Files | None,
    /,
    pattern: Regex,
    paths: Paths = (HERE,),
    *,
    name: Globs = (),
    without: bool = False,
    ignore_case: bool = False,
    whole_word: bool = False,
    fixed: bool = False,
    hidden: bool = False,
    exclude: Globs = (),
    depth: int | None = None,
) -> Files:
    """Files that hold a text, or do not, among the files named and all files below folders.

    Args:
        pattern: a regular expression that a line of the file holds.
        paths: files and folders to search.
        name: only files with these names.
        without: the files that do not hold it.
        ignore_case: upper and lower case are the same.
        whole_word: not inside a longer word.
        fixed: the pattern is plain text.
        hidden: also files and folders that begin with a dot.
        exclude: names to leave out, with all that is below them.
        depth: how many levels down.
    """
    wanted = query(pattern, ignore_case=ignore_case, whole_word=whole_word, fixed=fixed)
    notes: list[str] = []

    def use(path: str) -> Iterator[Row]:
        if (next(matching_lines(path, wanted), None) is None) is without:
            yield (path,)

    files = searched(paths, given, notes, name=name, exclude=exclude, hidden=hidden, depth=depth)
    return Files((PATH,), in_each(files, notes, use), notes)
