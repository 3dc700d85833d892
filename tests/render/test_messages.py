"""What is said on standard error, by every renderer alike."""

from __future__ import annotations

import pytest

from llmsh.errors import PlanError
from llmsh.plan import parse
from llmsh.render.human import HumanRenderer
from llmsh.render.plain import PlainRenderer
from llmsh.types import Decision, Effects, Preview, Verdict
from tests.render.drawing import Terminal


def said(say, width=80):
    """What standard error gets, the same from both renderers; nothing goes to standard output."""
    texts = []
    for make in (PlainRenderer, HumanRenderer):
        out, err = Terminal(), Terminal()
        say(make(out, err, colour=False))
        assert out.getvalue() == ""
        texts.append(err.getvalue())
    assert texts[0] == texts[1]
    return texts[0]


def test_a_plan_note_is_one_line():
    assert said(lambda drawing: drawing.plan_note("a()\nb() | c()")) == "-> a(); b() | c()\n"


def test_an_error_has_a_cause_and_a_hint():
    assert said(lambda drawing: drawing.error("no \x1b file", "look")) == "error: no \\x1b file\nhint: look\n"
    assert said(lambda drawing: drawing.error("no file")) == "error: no file\n"


def test_a_plan_error_points_at_its_column_below_wide_and_escaped_letters():
    error = PlanError("there is no tool named finde", 'see("日\x07") | finde("x")', 12, "did you mean find?")
    assert said(lambda drawing: drawing.plan_error(error)) == (
        "error: there is no tool named finde\n"
        '  see("日\\x07") | finde("x")\n'
        "                  ^\n"
        "hint: did you mean find?\n"
    )


def test_a_plan_error_in_a_long_plan_shows_the_part_around_its_column():
    error = PlanError("wrong", "a" * 200 + "!" + "b" * 200, 200)
    shown = "  …" + "a" * 50 + "!" + "b" * 49 + "…\n" + " " * 53 + "^\n"
    assert said(lambda drawing: drawing.plan_error(error)) == "error: wrong\n" + shown


def test_an_error_of_the_parser_is_drawn():
    with pytest.raises(PlanError) as caught:
        parse("a() + b()")
    assert said(lambda drawing: drawing.plan_error(caught.value)).splitlines()[:3] == [
        "error: only | joins calls",
        "  a() + b()",
        "  ^",
    ]


def test_a_preview_says_what_how_many_how_large_and_why():
    effects = Effects(
        reads=("/r",),
        writes=("/a", "/b"),
        deletes=tuple(f"/d{n}" for n in range(7)),
        runs=("git push",),
        hosts=("example.com",),
        signals=(42,),
        overwrites=("/a",),
        network=True,
    )
    verdict = Verdict(Decision.ASK, "changes", "changing asks in this mode")
    preview = Preview('delete("d*")', effects, verdict, 12, 1234567)
    assert said(lambda drawing: drawing.preview(preview)) == (
        'delete("d*")\n'
        "  12 files, 1.2 MB\n"
        "  deletes: /d0, /d1, /d2, /d3, /d4, and 2 more\n"
        "  overwrites: /a\n"
        "  writes: /b\n"
        "  runs: git push\n"
        "  sends signals to: process 42\n"
        "  connects to: any host, example.com\n"
        "  why: changing asks in this mode\n"
    )


def test_a_preview_without_files_has_no_count():
    preview = Preview('run("make")', Effects(runs=("make",)), Verdict(Decision.ASK, "runs", ""))
    assert said(lambda drawing: drawing.preview(preview)) == 'run("make")\n  runs: make\n'


def test_what_is_deleted_and_lost_is_deleted_for_good():
    effects = Effects(deletes=("/trash/a", "/trash/a.info"), overwrites=("/trash/a",))
    preview = Preview("empty_trash()", effects, Verdict(Decision.ASK, "change", ""), 2, 30)
    assert said(lambda drawing: drawing.preview(preview)) == (
        "empty_trash()\n  2 files, 30 B\n  deletes for good: /trash/a, /trash/a.info\n"
    )
