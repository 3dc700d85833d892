"""What lies in the trash."""

from __future__ import annotations

from llmsh.tool import Example, Names, tool
from llmsh.tools.trash import named, size_of, trashed, trashes
from llmsh.types import PATH, Column, Effects, Files, Unit

COLUMNS = (PATH, Column("size", Unit.BYTES), Column("deleted", Unit.TIME))


def _effects(**_: object) -> Effects:
    return Effects(reads=tuple(trash.folder for trash in trashes()))


@tool(
    effects=_effects,
    also=("trash can", "recycle bin", "bin", "deleted files", "垃圾箱", "回收站", "废纸篓"),
    examples=(
        Example("what is in the trash?", "list_trash()"),
        Example("which pdf files are in the trash", 'list_trash("*.pdf")'),
        Example("how many things are in the recycle bin", "list_trash() | count()"),
        Example("how much space does the trash take", 'list_trash() | sum("size")'),
        Example("what did I delete last?", "list_trash() | first()"),
        Example("回收站里有什么", "list_trash()", language="zh"),
        Example("垃圾箱占了多少空间", 'list_trash() | sum("size")', language="zh"),
    ),
)
def list_trash(names: Names = ()) -> Files:
    """List what is in the trash: where it was, how large it is and when it was deleted, the latest first.

    Args:
        names: only these, by name or old path, wildcards allowed.
    """
    items = trashed()
    shown = named(items, names) if names else items
    rows = [(item.shown(), size_of(item), item.when) for item in shown]
    return Files(COLUMNS, rows, [] if rows else ["the trash holds no such thing" if names else "the trash is empty"])
