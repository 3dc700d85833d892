"""Running a command line."""

import os
import select
import time

import pytest

from llmsh.errors import ToolFailed
from llmsh.tools.shell.run import _effects, run
from llmsh.types import LINE, Column, Effects, Files, Table, Text


def has_ended(pid):
    """Whether a process has ended, or does so within some seconds; a zombie has."""
    try:
        watched = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    ended = bool(select.select([watched], [], [], 5)[0])
    os.close(watched)
    return ended


def lines(command, given=None):
    return [row[0] for row in run(given, command).rows]


def test_standard_output_becomes_lines():
    assert lines("printf 'one\\ntwo\\r\\n\\nthree'") == ["one", "two", "", "three"]


def test_standard_error_becomes_notes_of_which_redrawn_lines_keep_their_last_state():
    ran = run(None, r"echo out; printf '10%%\r50%%\r100%%\n\nsecond\n' >&2")
    assert list(ran.rows) == [("out",)]
    assert ran.notes == ["100%", "second"]


def test_a_status_is_passed_on_after_the_output_was_given():
    ran = run(None, "echo before; echo why >&2; exit 7")
    rows = iter(ran.rows)
    assert next(rows) == ("before",)
    with pytest.raises(ToolFailed, match="the command ended with status 7") as failure:
        next(rows)
    assert (failure.value.exit_status, ran.notes) == (7, ["why"])


def test_a_program_that_is_not_there_has_status_127_and_a_hint():
    with pytest.raises(ToolFailed, match="status 127") as failure:
        lines("no-such-program-anywhere")
    assert (failure.value.exit_status, failure.value.hint) == (127, "it may not be installed, see which()")


def test_a_command_that_is_killed_has_the_status_a_shell_would_give():
    with pytest.raises(ToolFailed, match="the command was ended by SIGKILL") as failure:
        lines("kill -KILL $$")
    assert failure.value.exit_status == 137


def test_it_runs_in_the_working_folder_with_the_sessions_environment(tree, monkeypatch):
    monkeypatch.setenv("LLMSH_PROBE", "seen")
    assert lines("echo $LLMSH_PROBE; pwd -P") == ["seen", os.path.realpath(tree)]


def test_quotes_pipes_and_variables_are_a_shells():
    assert lines("""a="x y"; printf '%s|' "$a" b | tr a-z A-Z""") == ["X Y|B|"]


def test_nothing_piped_in_is_an_empty_input():
    assert lines("cat | wc -c") == ["0"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (Text(LINE, [("b",), ("a",)]), ["a", "b"]),
        (Files((Column("path"), Column("size")), [("z.txt", 3), ("y.txt", 4)]), ["y.txt", "z.txt"]),
        (Table((Column("a"), Column("b")), [(1, None)]), ["1\t", "a\tb"]),
    ],
)
def test_what_is_piped_in_is_read_as_plain_text(given, expected):
    assert lines("LC_ALL=C sort", given) == expected


def test_a_large_input_does_not_wait_for_a_program_that_reads_nothing():
    given = Text(LINE, (("x" * 100,) for _ in range(20_000)))
    assert lines("true", given) == []
    assert lines("wc -l", Text(LINE, (("x" * 100,) for _ in range(20_000)))) == ["20000"]


def test_large_output_on_both_streams_cannot_block():
    ran = run(None, "yes out | head -n 100000; yes err | head -n 100000 >&2")
    assert sum(1 for _ in ran.rows) == 100_000
    assert ran.notes == ["err"] * 200


def test_bytes_that_are_no_text_survive():
    (line,) = lines(r"printf '\377\n'")
    assert os.fsencode(line) == b"\xff"


def test_a_line_without_an_end_is_given_in_parts():
    parts = lines("head -c 3000000 /dev/zero | tr '\\0' x")
    assert sum(map(len, parts)) == 3_000_000
    assert len(parts) >= 2


def test_a_background_process_neither_delays_the_end_nor_outlives_it():
    started = time.monotonic()
    (pid,) = lines("sleep 100 & echo $!")
    assert time.monotonic() - started < 10
    assert has_ended(int(pid))


def test_a_background_process_that_never_stops_writing_does_not_delay_the_end_either():
    (first, *_) = lines("yes & echo started; exec true")
    assert first in ("started", "y")


def test_a_command_is_ended_with_all_it_started_when_nobody_reads_on():
    rows = iter(run(None, "sleep 100 & echo $!; sleep 100").rows)
    pid = int(next(rows)[0])
    rows.close()
    assert has_ended(pid)


def test_a_command_is_asked_to_end_before_it_is_killed(tmp_path):
    note = tmp_path / "asked"
    rows = iter(run(None, f"trap 'touch {note}; exit' TERM; echo ready; while :; do read -t 0.01 < <(:); done").rows)
    assert next(rows) == ("ready",)
    rows.close()
    assert note.exists()


def test_an_output_that_is_closed_early_does_not_end_the_command(tmp_path):
    done = tmp_path / "done"
    assert lines(f"exec >&- 2>&-; read -t 0.2 _ < <(:); touch {done}") == []
    assert done.exists()


def test_an_error_while_the_input_is_read_starts_nothing(tmp_path):
    def broken():
        yield ("one",)
        raise ToolFailed("the input broke off")

    with pytest.raises(ToolFailed, match="the input broke off"):
        lines(f"touch {tmp_path}/started", Text(LINE, broken()))
    assert not (tmp_path / "started").exists()


@pytest.mark.parametrize(("command", "message"), [("  ", "no command to run"), ("a\0b", "cannot hold a zero byte")])
def test_a_line_that_cannot_be_run_is_an_error(command, message):
    with pytest.raises(ToolFailed, match=message):
        lines(command)


def test_the_effects_are_the_command_what_it_writes_and_whether_it_connects(tree):
    assert _effects("git log") == Effects(runs=("git log",))
    assert _effects("git push", writes=("docs/*.md",), network=True) == Effects(
        runs=("git push",), writes=("docs/guide.md", "docs/intro.md"), network=True
    )
