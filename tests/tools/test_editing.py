"""Unified diffs of edited text, checked against patch's reading of them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from llmsh.tools.editing import unified

LINES = st.lists(st.sampled_from("abc"), max_size=30).map(lambda found: "".join(f"{line}\n" for line in found))


def applied(old: str, diff: list[str]) -> str:
    """The text that a diff makes of an old one."""
    lines, out, at = old.splitlines(), [], 0
    for row in diff[2:]:
        if row.startswith("@@"):
            start, _, length = row.split()[1][1:].partition(",")
            begin = int(start) if length == "0" else int(start) - 1
            out += lines[at:begin]
            at = begin
        elif row.startswith(" "):
            assert lines[at] == row[1:]
            out.append(row[1:])
            at += 1
        elif row.startswith("-"):
            assert lines[at] == row[1:]
            at += 1
        else:
            out.append(row[1:])
    return "".join(f"{line}\n" for line in out + lines[at:])


@settings(max_examples=200, deadline=None)
@given(LINES, LINES)
def test_a_diff_applied_to_the_old_text_gives_the_new_one(old: str, new: str) -> None:
    assert applied(old, list(unified("x", old, new))) == new


@settings(max_examples=100, deadline=None)
@given(LINES, LINES)
def test_so_does_a_diff_of_long_texts(old: str, new: str) -> None:
    long_old, long_new = old + "x\n" * 4100 + old, new + "x\n" * 4100 + new
    assert applied(long_old, list(unified("x", long_old, long_new))) == long_new


def test_changes_far_apart_are_shown_apart() -> None:
    old = "".join(f"{number}\n" for number in range(1, 31))
    new = old.replace("5\n", "five\n", 1).replace("28\n", "x\n")
    assert list(unified("f", old, new)) == [
        "--- f", "+++ f",
        "@@ -2,7 +2,7 @@", " 2", " 3", " 4", "-5", "+five", " 6", " 7", " 8",
        "@@ -25,6 +25,6 @@", " 25", " 26", " 27", "-28", "+x", " 29", " 30",
    ]  # fmt: skip
