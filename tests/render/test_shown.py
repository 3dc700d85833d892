"""Whatever the world is named, nothing of it steers a terminal."""

from __future__ import annotations

import os
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmsh.render import renderer
from llmsh.types import (
    CHANGE_COLUMNS,
    FILE_COLUMNS,
    LINE,
    MATCH_COLUMNS,
    Changes,
    Column,
    Decision,
    Diff,
    Effects,
    Files,
    Matches,
    Preview,
    Processes,
    Progress,
    Status,
    Table,
    Text,
    Tree,
    Verdict,
)
from tests.render.drawing import Terminal, turn

STYLE = re.compile(r"\x1b\[[0-9;]*m")
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
WORLD = st.one_of(
    st.binary(max_size=40).map(os.fsdecode),
    st.text(max_size=40),
    st.text(st.sampled_from("\x1b\x9b\x9d[]0;m\x07\r\n\t\u202eab日"), max_size=20),
)


def everything(text: str):
    """Each type of rows with the text wherever a text may be."""
    yield Files(FILE_COLUMNS, [(text, 1, 2.0, text), ("b", None, None, "folder")], [text])
    yield Files((Column(text),), [(text,)])
    yield Changes(CHANGE_COLUMNS, [(text, text, text), ("a", "moved", "b")])
    yield Tree(FILE_COLUMNS, [("a", 1, 2.0, "folder"), ("a/" + text, 1, 2.0, text)])
    yield Matches(MATCH_COLUMNS, [(text, 1, text)])
    yield Processes((Column("pid"), Column("name"), Column("depth")), [(1, text, 1)])
    yield Text(LINE, [(text,)])
    yield Text(LINE, [(text,), ("x = 1",)], title="a.py")
    yield Diff(LINE, [("+" + text,), (text,)])
    yield Table((Column(text), Column("b")), [(text, text * 20)])


@pytest.mark.parametrize("colour", [True, False])
@pytest.mark.parametrize("kind", ["human", "plain", "json"])
@settings(deadline=None)
@given(text=WORLD)
def test_no_control_character_reaches_a_terminal(kind, colour, text):
    out, err = Terminal(), Terminal()
    drawing = renderer(kind, out, err, colour=colour)
    for rows in everything(text):
        drawing.turn(turn(rows, Status.FAILED, message=text, hint=text))
    for status in Status:
        drawing.turn(turn(status=status, message=text, hint=text))
    drawing.plan_note(text)
    drawing.preview(Preview(text, Effects((text,), (text,), (text,)), Verdict(Decision.ASK, text, text), 1, 1))
    for stream in (out, err):
        shown = STYLE.sub("", stream.getvalue()) if colour and kind == "human" else stream.getvalue()
        assert FORBIDDEN.findall(shown) == []


@given(text=WORLD)
def test_what_a_bar_says_is_clean(text):
    from llmsh.render.progress import LineDisplay
    from llmsh.render.stream import SafeStream

    out = Terminal()
    LineDisplay(SafeStream(out)).show(Progress(text))
    assert FORBIDDEN.findall(out.getvalue().removeprefix("\r")) == []
    assert "\n" not in out.getvalue()
