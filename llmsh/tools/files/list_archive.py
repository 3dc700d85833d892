"""What an archive holds."""

from __future__ import annotations

import os
from collections.abc import Iterator

from llmsh.tool import Example, Path, tool
from llmsh.tools.changing import cannot, missing
from llmsh.tools.paths import reads
from llmsh.tools.unpacking import members
from llmsh.types import FILE_COLUMNS, Files, Row


@tool(
    effects=reads("path"),
    also=("tar -t", "unzip -l", "contents of archive", "look inside", "查看压缩包", "压缩包内容"),
    examples=(
        Example("what is in archive.tar.gz?", 'list_archive("archive.tar.gz")', finds=("todo.txt", "sub/b.py")),
        Example("the largest file inside archive.tar.gz", 'list_archive("archive.tar.gz") | largest()',
                finds=("sub/b.py",)),
        Example("how many files does archive.tar.gz hold", 'list_archive("archive.tar.gz") | count()', finds=(2,)),
        Example("看看 archive.tar.gz 里有什么", 'list_archive("archive.tar.gz")',
                finds=("todo.txt", "sub/b.py"), language="zh"),
    ),
)  # fmt: skip
def list_archive(path: Path) -> Files:
    """List the files in an archive without taking them out.

    Args:
        path: the archive.
    """
    path = os.path.expanduser(path)
    if not os.path.lexists(path):
        raise missing(path)
    return Files(FILE_COLUMNS, _listed(path), title=path)


def _listed(path: str) -> Iterator[Row]:
    try:
        for member in members(path):
            yield (member.name, member.size, member.modified, member.kind)
    except OSError as error:
        raise cannot("read", path, error) from error
