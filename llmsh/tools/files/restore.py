"""Files and folders back from the trash."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Names, tool
from llmsh.tools.changing import changes
from llmsh.tools.trash import Trashed, at, last_deleted, named, trashed, trashes
from llmsh.types import Changes, Effects, Files, Row, Rows


def _effects(*, names: Names, given: Rows | None = None, **_: object) -> Effects:
    found = _found(names, given)
    return Effects(
        reads=tuple(os.path.join(trash.folder, "info") for trash in trashes()),
        writes=tuple(item.place for item in found),
        deletes=tuple(path for item in found for path in (item.kept, item.record)),
    )


@tool(
    effects=_effects,
    also=(
        "undelete", "undo delete", "bring back", "get back", "recover", "put back", "恢复", "还原", "找回", "撤销删除",
    ),
    examples=(
        Example("bring back todo.txt", 'restore("todo.txt")'),
        Example("undo the last delete", "restore()"),
        Example("get the deleted png files back from the trash", 'restore("*.png")'),
        Example("restore what I just deleted", "restore()"),
        Example("oops, I did not want to delete report.pdf", 'restore("report.pdf")'),
        Example("undelete those", "last | restore()"),
        Example("把刚才删的恢复回来", "restore()", language="zh"),
        Example("从回收站恢复 笔记.txt", 'restore("笔记.txt")', language="zh"),
    ),
)  # fmt: skip
def restore(given: Files | None = None, /, names: Names = ()) -> Changes:
    """Bring files and folders back from the trash to where they were.

    Args:
        names: what to bring back, by its name or its old path; what was deleted last if left out.
    """
    found = {item.place: item for item in _found(names, given)}
    if not found and (names or given is None or _piped(given)):
        raise ToolFailed(_missing(names, given))
    return changes(found, lambda place: _restore(found[place]), "restore")


def _missing(names: Names, given: Rows | None) -> str:
    wanted = [*names, *_piped(given)]
    return f"the trash holds no {' or '.join(wanted)}" if wanted else "the trash is empty"


def _found(names: Names, given: Rows | None) -> list[Trashed]:
    """What a call means: of several things that were in one place the latest. An empty pipe means nothing."""
    items = trashed()
    chosen = [*named(items, names), *at(items, _piped(given))]
    if given is None and not names:
        chosen = last_deleted(items)
    return list({item.place: item for item in sorted(chosen, key=lambda item: item.when)}.values())


def _piped(given: Rows | None) -> list[str]:
    return [str(row[0]) for row in (given.rows if given is not None else ())]


def _restore(item: Trashed) -> Iterator[Row]:
    if os.path.lexists(item.place):
        raise ToolFailed(f"{item.place} is there again", "move it away first, or give it another name")
    os.makedirs(os.path.dirname(item.place), exist_ok=True)
    shutil.move(item.kept, item.place)
    os.unlink(item.record)
    yield (item.shown(), "restored", None)
