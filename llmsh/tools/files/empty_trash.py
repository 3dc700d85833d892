"""Deleting for good what is in the trash."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import datetime

from llmsh.errors import ToolFailed
from llmsh.tool import Age, Example, Names, tool
from llmsh.tools.changing import changes
from llmsh.tools.trash import Trashed, named, trashed, trashes
from llmsh.types import Changes, Effects, Row
from llmsh.units import parse_moment


def _effects(*, names: Names, older_than: Age | None, **_: object) -> Effects:
    found = _found(names, older_than)
    return Effects(
        reads=tuple(trash.folder for trash in trashes()),
        deletes=(*(item.kept for item in found), *(item.record for item in found)),
        # it is lost, which no trip to the trash is; of a link what it leads to stays
        overwrites=tuple(item.record if os.path.islink(item.kept) else item.kept for item in found),
    )


@tool(
    effects=_effects,
    also=("empty the bin", "purge", "delete for good", "permanently", "清空回收站", "彻底删除", "清空废纸篓"),
    examples=(
        Example("empty the trash", "empty_trash()"),
        Example("clear out everything in the trash that is older than a month", 'empty_trash(older_than="1mo")'),
        Example("delete report.pdf from the trash for good", 'empty_trash("report.pdf")'),
        Example("清空回收站", "empty_trash()", language="zh"),
        Example("把垃圾箱里一周以前的东西彻底删除", 'empty_trash(older_than="7d")', language="zh"),
    ),
)
def empty_trash(names: Names = (), *, older_than: Age | None = None) -> Changes:
    """Delete for good what is in the trash.

    Args:
        names: only these, by name or old path, wildcards allowed; everything if left out.
        older_than: only what was deleted before that.
    """
    found = {item.kept: item for item in _found(names, older_than)}
    if names and not found and not named(trashed(), names):
        raise ToolFailed("the trash holds no such thing", "see what it holds with list_trash()")
    notes = [] if found else ["the trash holds nothing that old" if older_than else "the trash is empty"]
    return changes(found, lambda kept: _delete(found[kept]), "delete", notes)


def _found(names: Names, older_than: Age | None) -> list[Trashed]:
    items = named(trashed(), names) if names else trashed()
    if older_than is None:
        return items
    end = parse_moment(older_than, datetime.now())
    return [item for item in items if item.when < end]


def _delete(item: Trashed) -> Iterator[Row]:
    """The thing first: a record of what is gone leads nowhere, a thing without a record is never found again."""
    if os.path.isdir(item.kept) and not os.path.islink(item.kept):
        shutil.rmtree(item.kept)
    else:
        os.unlink(item.kept)
    os.unlink(item.record)
    yield (item.shown(), "deleted for good", None)
