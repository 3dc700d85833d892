"""What comes out: plain text for pipes, JSON objects, nothing else on standard output."""

from __future__ import annotations

import os

from tests.e2e.driver import Driver, Ran, timeless

ESCAPE = "\x1b"
NO_EFFECTS = {"reads": [], "writes": [], "deletes": [], "runs": [], "hosts": [], "signals": []}
NO_TIMES = {"load": 0, "prefill": 0, "decode": 0, "run": 0, "total": 0}


def test_json_of_a_request_is_the_whole_turn(llmsh: Driver) -> None:
    llmsh.answers["is there a todo list?"] = 'file_info("todo.txt") | count()'

    (turn,) = llmsh.json("is there a todo list?")

    assert turn == {
        "schema": 1,
        "line": "is there a todo list?",
        "route": "ask",
        "plan": 'file_info("todo.txt") | count()',
        "confidence": 0.99,
        "status": "done",
        "message": "",
        "calls": [
            {
                "tool": "file_info",
                "arguments": {"paths": ["todo.txt"]},
                "effects": {**NO_EFFECTS, "reads": [str(llmsh.tree / "todo.txt")]},
                "verdict": "allow",
                "rule": "reading",
                "undo": None,
                "ok": True,
                "error": None,
                "ms": 0,
            },
            {
                "tool": "count",
                "arguments": {},
                "effects": NO_EFFECTS,
                "verdict": "allow",
                "rule": "reading",
                "undo": None,
                "ok": True,
                "error": None,
                "ms": 0,
            },
        ],
        "result": {"type": "Number", "rows": [{"value": 1}]},
        "model": {"name": "scripted", "sha256": "", "adapter": None, "seed": 0},
        "timings_ms": NO_TIMES,
    }


def test_json_of_files_has_size_time_and_kind(llmsh: Driver) -> None:
    os.utime(llmsh.tree / "todo.txt", (1_700_000_000, 1_700_000_000))

    (turn,) = llmsh.json('file_info("todo.txt") | select(["path", "size", "modified"])', env={"TZ": "UTC"})

    assert turn["result"]["rows"] == [{"path": "todo.txt", "size": 14, "modified": "2023-11-14T22:13:20Z"}]


def test_json_of_a_command_holds_its_output_and_nothing_else_is_printed(llmsh: Driver) -> None:
    ran = llmsh.run("--json", "-c", "echo one; echo two; exit 3")

    assert ran.status == 3
    assert [timeless(turn) for turn in ran.turns] == [
        {
            "schema": 1,
            "line": "echo one; echo two; exit 3",
            "route": "command",
            "plan": None,
            "confidence": None,
            "status": "failed",
            "message": "",
            "calls": [],
            "result": {"type": "Text", "rows": [{"line": "one"}, {"line": "two"}]},
            "model": None,
            "timings_ms": NO_TIMES,
        }
    ]


def test_json_of_an_error_has_its_message_and_the_hint_is_said_on_standard_error(llmsh: Driver) -> None:
    ran = llmsh.run("--json", "-c", "/tols")

    assert [(turn["status"], turn["route"], turn["message"]) for turn in ran.turns] == [
        ("failed", "slash", "there is no command /tols")
    ]
    assert ran.err == "error: there is no command /tols\nhint: did you mean /tools?\n"


def test_json_of_a_slash_command_is_a_table(llmsh: Driver) -> None:
    (turn,) = llmsh.json("/mode")

    assert (turn["route"], turn["status"], turn["result"]) == (
        "slash",
        "done",
        {"type": "Text", "rows": [{"line": "ask"}]},
    )


def test_plain_rows_of_a_table_are_separated_by_tabs(llmsh: Driver) -> None:
    ran = llmsh.lines('read("data.csv") | table() | where("age", ">", 30) | select(["name", "age"])')

    assert ran.out == "name\tage\nAnn\t31\nCid\t47\nDee\t38\n"


def test_plain_matches_are_path_line_and_text(llmsh: Driver) -> None:
    assert llmsh.lines('search("TODO", "notes.txt")').out == (
        "notes.txt:2:TODO call Ann\nnotes.txt:4:TODO fix the roof\n"
    )


def test_paths_can_be_piped_into_xargs(llmsh: Driver) -> None:
    assert llmsh.bash(
        """"$@" -c 'find_files("src", name="*.py") | sort("path")' 2>/dev/null | xargs head -qn1"""
    ).out == ("from util import add\ndef add(a, b):\n")


def test_a_reader_that_leaves_early_ends_it_quietly(llmsh: Driver) -> None:
    script = """"$@" -c 'read("logs/app.log") | sort() ' -c 'find_files("/usr/lib/python3")' 2>err | head -1"""

    ran = llmsh.bash(script)

    assert ran == Ran(0, "line 1 INFO ok\n", "")
    assert "Broken pipe" not in (llmsh.tree / "err").read_text()
    assert "error" not in (llmsh.tree / "err").read_text()


def test_piped_input_is_the_value_stdin(llmsh: Driver) -> None:
    ran = llmsh.run("-c", "stdin | sort() | unique()", stdin=b"b\na\nb\n")

    assert ran.out == "a\nb\n"


def test_piped_paths_can_be_given_to_a_tool_for_files(llmsh: Driver) -> None:
    ran = llmsh.run("-c", 'stdin | file_info() | select("size")', stdin=b"todo.txt\nempty.txt\n")

    assert ran.out == "14\n0\n"


def test_piped_input_can_be_read_by_several_lines(llmsh: Driver) -> None:
    assert llmsh.run("-c", "stdin | count()", "-c", "stdin | last(1)", stdin=b"x\ny\n").out == "2\ny\n"


def test_stdin_without_piped_input_is_an_error_with_a_hint(llmsh: Driver) -> None:
    assert llmsh.lines("stdin | count()") == Ran(
        1,
        "",
        "-> stdin | count()\nerror: there is nothing in stdin\nhint: pipe something in: cat file | llmsh -c ...\n",
    )


def test_a_closed_standard_output_and_input_do_no_harm(llmsh: Driver) -> None:
    ran = llmsh.bash('"$@" -c "list_files()" >&- <&-; echo $?')

    assert ran.out == "0\n"
    assert "Traceback" not in ran.err


def test_a_full_disk_behind_standard_output_is_one_line(llmsh: Driver) -> None:
    ran = llmsh.bash('"$@" -c "list_files()" > /dev/full')

    assert ran.status == 1
    assert ran.err.splitlines()[1:] == [
        "error: standard output cannot be written: No space left on device",
        "hint: is the disk full?",
    ]


def test_plain_is_what_a_terminal_gets_with_the_flag(llmsh: Driver) -> None:
    shown = llmsh.repl("--plain", "-c", 'list_files("docs") | sort("path")')
    text = shown.wait("report.pdf\r\n")

    assert text == '-> list_files("docs") | sort("path")\r\ndocs/guide.md\r\ndocs/intro.md\r\ndocs/report.pdf\r\n'


def test_a_terminal_gets_a_table(llmsh: Driver) -> None:
    shown = llmsh.repl("-c", 'list_files("docs") | sort("path")')
    text = shown.wait("report.pdf.*\r\n")

    assert [line.split() for line in text.splitlines()[1:]] == [
        ["path", "size", "modified"],
        ["docs/guide.md", "22", "B", "3", "d", "ago"],
        ["docs/intro.md", "16", "B", "10", "d", "ago"],
        ["docs/report.pdf", "15", "B", "1", "h", "ago"],
    ]


def test_no_colour_means_no_escape_codes_on_a_terminal(llmsh: Driver) -> None:
    for refused in ({"NO_COLOR": "1"}, {"TERM": "dumb"}, {"TERM": None}):
        shown = llmsh.repl("-c", 'read("a.py")', "-c", 'list_files("docs")', **refused)  # type: ignore[arg-type]
        shown.end()
        assert ESCAPE not in shown.raw, refused
        assert "report.pdf" in shown.raw
