"""A bar comes late, goes without a trace, and is for terminals alone."""

from __future__ import annotations

import threading

import pytest

from llmsh.render.console import make_console
from llmsh.render.plain import PlainRenderer
from llmsh.render.progress import Bar, LineDisplay, RichDisplay, amount_text
from llmsh.render.stream import SafeStream
from llmsh.types import Progress, Unit
from tests.render.drawing import Pipe, Terminal


class Recorder:
    """A display that keeps what it was shown and tells when it was first."""

    def __init__(self):
        self.seen = []
        self.opened = threading.Event()

    def open(self):
        self.seen.append("open")
        return self

    def show(self, progress):
        self.seen.append(progress.what)
        self.opened.set()

    def close(self):
        self.seen.append("close")


def test_what_is_quick_draws_nothing():
    display = Recorder()
    with Bar(display.open, delay=60) as observe:
        observe(Progress("quick"))
    assert display.seen == []


def test_what_lasts_is_drawn_even_if_it_says_nothing():
    display = Recorder()
    with Bar(display.open, delay=0) as observe:
        assert display.opened.wait(10)
        observe(Progress("more"))
    assert display.seen == ["open", "working", "more", "close"]


def test_a_bar_steps_aside_for_a_question_and_comes_back():
    display = Recorder()
    with Bar(display.open, delay=0) as bar:
        assert display.opened.wait(10)
        bar.hide()
        display.opened.clear()
        bar(Progress("again"))
        assert display.opened.wait(10)
    assert display.seen == ["open", "working", "close", "open", "again", "close"]


def test_a_bar_goes_when_the_work_fails():
    display = Recorder()

    def fail():
        with Bar(display.open, delay=0):
            assert display.opened.wait(10)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert display.seen == ["open", "working", "close"]


def test_a_pipe_gets_no_bar():
    err = Pipe()
    with PlainRenderer(Pipe(), err).progress() as bar:
        bar(Progress("slow", 1, 2))
        assert bar._timer is None
    assert err.bytes() == b""


def test_a_terminal_without_escape_codes_gets_one_line_that_is_wiped():
    out = Terminal()
    moments = iter([0.0, 0.0, 0.1, 0.3, 0.3])
    display = LineDisplay(SafeStream(out), clock=lambda: next(moments))
    for done in (1024, 1500, 2048):
        display.show(Progress("fetching", done, 4096, Unit.BYTES))
    display.close()
    assert out.getvalue().split("\r") == ["", "fetching 1.0 KB of 4.0 KB", "fetching 2.0 KB of 4.0 KB", " " * 25, ""]


def test_a_rich_bar_is_wiped_and_its_text_is_clean():
    out = Terminal()
    display = RichDisplay(make_console(SafeStream(out), colour=True, width=80))
    display.show(Progress("[red]fetch\x1b]0;x\x07", 50, 100, Unit.BYTES))
    display.close()
    assert "\x1b]" not in out.getvalue()
    assert "[red]fetch\\x1b]0;x\\x07" in out.getvalue()
    assert "50 B of 100 B" in out.getvalue()
    assert out.getvalue().endswith("\x1b[2K")


def test_amounts_are_said_by_their_unit():
    assert amount_text(Progress("x")) == ""
    assert amount_text(Progress("x", 1234, 5000)) == "1,234 of 5,000"
    assert amount_text(Progress("x", 1234)) == "1,234"
    assert amount_text(Progress("x", 12 << 20, 491 << 20, Unit.BYTES), 3.5 * (1 << 20)) == "12 MB of 491 MB, 3.5 MB/s"
