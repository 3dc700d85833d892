"""Lines of a file, replaced by their numbers."""

from __future__ import annotations

from llmsh.errors import ToolFailed
from llmsh.tool import Example, LineRange, Path, tool
from llmsh.tools.changing import existing, through
from llmsh.tools.editing import lines_of, rewrite, span
from llmsh.types import Diff, Effects


def _effects(path: str, **_: object) -> Effects:
    return Effects(writes=(through(path),))


@tool(
    effects=_effects,
    also=("change line", "replace line", "sed c", "修改第几行", "替换行"),
    examples=(
        Example("change line 2 of todo.txt to TWO", 'set_lines("todo.txt", "2", "TWO")'),
        Example("replace lines 1-3 of names.txt with zoe", 'set_lines("names.txt", "1-3", "zoe")'),
        Example("the last line of notes.txt should be 'sleep'", 'set_lines("notes.txt", "-1", "sleep")'),
        Example("could you blank out the third line of notes.txt", 'set_lines("notes.txt", "3", "")'),
        Example("把 todo.txt 第一行改成 开始", 'set_lines("todo.txt", "1", "开始")', language="zh"),
    ),
)
def set_lines(path: Path, lines: LineRange, text: str) -> Diff:
    """Replace lines of a file, by number, and show the difference.

    Args:
        path: the file.
        lines: the line or range to replace; -1 is the last line.
        text: the new line or lines; nothing leaves one empty line.
    """
    notes: list[str] = []
    found = existing((path,), None, notes)[:1]

    def change(old: str) -> str:
        kept = lines_of(old)
        place = span(lines, len(kept))
        if not place:
            raise ToolFailed(f"{path} has no line {lines}: it has {len(kept)}", "add lines with append()")
        is_end = place.stop == len(kept) and not old.endswith("\n")
        new = text if text.endswith("\n") or is_end else text + "\n"
        return "".join([*kept[: place.start], new, *kept[place.stop :]])

    return rewrite(found, change, notes)
