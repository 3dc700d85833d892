"""What files hold, whatever they are called."""

from __future__ import annotations

from collections.abc import Iterator

from llmsh.tool import Example, Paths, tool
from llmsh.tools.content import content_of
from llmsh.tools.opening import from_each
from llmsh.tools.paths import reads
from llmsh.tools.walk import asked
from llmsh.types import PATH, Column, Files, Row, Table

COLUMNS = (PATH, Column("type"), Column("description"))


@tool(
    effects=reads("paths"),
    also=("file", "mime", "format", "encoding", "what kind of file", "文件类型", "格式"),
    examples=(
        Example("what kind of file is big.bin?", 'file_type("big.bin")', finds=("big.bin",)),
        Example("is images/photo.jpg really a jpeg", 'file_type("images/photo.jpg")', finds=("images/photo.jpg",)),
        Example("types of everything in images", 'file_type("images/*")',
                finds=("images/logo.png", "images/photo.jpg")),
        Example("mime type of data.csv please", 'file_type("data.csv") | select("type")', finds=("text/csv",)),
        Example("archive.tar.gz 是什么格式的文件？", 'file_type("archive.tar.gz")',
                finds=("archive.tar.gz",), language="zh"),
    ),
)  # fmt: skip
def file_type(given: Files | None = None, /, paths: Paths = ()) -> Table:
    """What kind of content files hold, by their first bytes: media type and description.

    Args:
        paths: the files to look at.
    """
    notes: list[str] = []
    return Table(COLUMNS, from_each(asked(paths, given, notes), notes, _row), notes)


def _row(path: str) -> Iterator[Row]:
    content = content_of(path)
    yield path, content.type, content.description
