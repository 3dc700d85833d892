"""The router on labelled lines, on signs that force a way, and on anything at all."""

from __future__ import annotations

import os
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsh.route import Routed, route
from llmsh.types import Route
from tests.routing_lines import EXISTING, FORCED, PROGRAMS, TOOLS, labelled


def way(line: str) -> Route:
    return route(line, PROGRAMS.__contains__, TOOLS.__contains__, EXISTING.__contains__).route


def test_at_least_99_of_100_labelled_lines_take_their_way():
    lines = labelled()
    wrong = [(line, wanted, way(line)) for line, wanted in lines if way(line) != wanted]
    assert len(lines) >= 400
    assert len(wrong) <= len(lines) // 100, wrong


def test_no_sentence_is_ever_run_as_a_command():
    assert [line for line, wanted in labelled() if wanted == "ask" and way(line) == Route.COMMAND] == []


@pytest.mark.parametrize(("line", "wanted", "text"), FORCED)
def test_a_sign_in_front_forces_the_way_and_is_taken_off(line, wanted, text):
    routed = route(line, PROGRAMS.__contains__, TOOLS.__contains__)
    assert (routed.route, routed.text) == (wanted, text)


def test_a_routed_line_says_why():
    assert route("ls -la", PROGRAMS.__contains__, TOOLS.__contains__) == Routed(
        Route.COMMAND, "ls -la", "it has the shape of a command"
    )


def test_an_existing_folder_is_no_slash_command():
    assert (way("/tmp"), way("/undo")) == (Route.COMMAND, Route.SLASH)


def test_a_name_that_exists_makes_a_command_of_an_ambiguous_line():
    assert (way("cat notes"), way("cat poems")) == (Route.COMMAND, Route.ASK)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("cat docs/my cv 2023.md", Route.ASK), ("rm -f annual report.pdf", Route.ASK),
        ("head -3 annual report.pdf", Route.ASK),
        ("cat 'annual report.pdf'", Route.COMMAND), ("cp annual report.pdf x.pdf", Route.ASK),
        ("cat annual.txt report.pdf", Route.COMMAND), ("cat list.txt my list.txt", Route.COMMAND),
        ("rm ~/annual report.pdf", Route.ASK), ('head -3 annual "x" report.pdf', Route.COMMAND),
    ],
)  # fmt: skip
def test_a_file_whose_name_has_spaces_without_quotes_is_meant_as_one(line, wanted):
    there = {"docs/my cv 2023.md", "annual report.pdf", "list.txt", "my", "my list.txt"}
    there.add(os.path.expanduser("~/annual report.pdf"))
    assert route(line, PROGRAMS.__contains__, TOOLS.__contains__, there.__contains__).route == wanted


def test_a_call_of_an_unknown_tool_is_no_plan():
    assert way("frobnicate()") != Route.PLAN


def test_a_plan_with_a_mistake_is_still_a_plan_so_that_the_mistake_is_shown():
    assert way('find_files("x", ') == Route.PLAN


def test_an_unclosed_quote_is_language():
    assert way("echo it's late") == Route.ASK


def test_a_heredoc_with_an_apostrophe_inside_is_a_command():
    assert way("cat > a.txt <<EOF\nit's fine\nEOF") == Route.COMMAND


def test_a_script_of_several_lines_is_a_command():
    assert way("for f in *.txt; do\n  wc -l $f\ndone") == Route.COMMAND


def test_an_empty_line_is_language_and_stays_empty():
    assert route("  ", PROGRAMS.__contains__, TOOLS.__contains__).text == ""


@given(st.text(st.sampled_from("ls find the a \"'`$(){}[]|&;<>\\ \n-./~*?!=1文的，"), max_size=60))
def test_any_line_takes_some_way(line):
    assert way(line) in Route


@pytest.mark.parametrize("piece", ["$(", "<<a\n", '"', "a ", "(", "ls|", "的", "`"])
def test_a_line_of_50000_characters_is_routed_at_once(piece):
    start = time.perf_counter()
    way(("ls " + piece * 50_000)[:50_000])
    assert time.perf_counter() - start < 2
