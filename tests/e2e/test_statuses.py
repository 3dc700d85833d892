"""The exit status says how it went; a command's own is passed on."""

from __future__ import annotations

import pytest

from tests.e2e.driver import Driver, Ran


def test_0_when_it_is_done(llmsh: Driver) -> None:
    assert llmsh.lines("list_files()").status == 0


def test_1_when_a_tool_fails(llmsh: Driver) -> None:
    assert llmsh.lines('read("nots.txt")') == Ran(
        1, "", '-> read("nots.txt")\nerror: there is no nots.txt\nhint: did you mean notes.txt?\n'
    )


def test_2_for_a_plan_that_does_not_fit_with_a_caret_below_the_place(llmsh: Driver) -> None:
    ran = llmsh.lines('find_files("src") | sum("colour", "b")')

    assert (ran.status, ran.out) == (2, "")
    assert ran.err.splitlines()[1:3] == ['  find_files("src") | sum("colour", "b")', "                      ^"]


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (("--mode", "wild"), "error: --mode must be one of read-only, ask, auto, found 'wild'\n"),
        (("--json", "--plain"), "error: --json and --plain exclude each other\n"),
        (("--cwd", "nowhere"), "error: --cwd nowhere: No such file or directory\n"),
        (("--colour",), "error: No such option: --colour\n"),
        (("nosuch",), "error: nosuch is neither a command of llmsh nor a script: No such file or directory\n"),
        (("src",), "error: src is neither a command of llmsh nor a script: Is a directory\n"),
        (("--config", "none.toml"), "error: there is no none.toml\n"),
    ],
)
def test_2_for_bad_usage(llmsh: Driver, flags: tuple[str, ...], message: str) -> None:
    ran = llmsh.run(*flags) if flags[0] in ("nosuch", "src") else llmsh.run(*flags, "-c", "list_files()")

    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(message)
    assert len(ran.err.splitlines()) <= 2


def test_3_when_the_model_asks_back(llmsh: Driver) -> None:
    llmsh.answers["delete it"] = 'ask("What should be deleted?")'

    assert llmsh.lines("delete it") == Ran(3, "", '-> ask("What should be deleted?")\nWhat should be deleted?\n')


def test_3_when_the_model_gives_no_plan_that_fits(llmsh: Driver) -> None:
    llmsh.answers["do the thing"] = "do_the_thing()"

    ran = llmsh.lines("do the thing")

    assert (ran.status, ran.out) == (3, "")
    assert ran.err == (
        "error: the model's plan does not fit: do_the_thing() (there is no tool named do_the_thing)\n"
        "hint: say it in other words\n"
    )


def test_4_when_the_model_refuses(llmsh: Driver) -> None:
    llmsh.answers["make me a coffee"] = 'refuse("I have no kettle.")'

    assert llmsh.lines("make me a coffee") == Ran(4, "", '-> refuse("I have no kettle.")\nI have no kettle.\n')


def test_5_when_there_is_no_such_model(llmsh: Driver) -> None:
    ran = llmsh.run("--model", "gpt-9", "-c", "how large is this folder?")

    assert (ran.status, ran.out) == (5, "")
    assert ran.err.startswith("error: there is no model named gpt-9\nhint: ")


def test_130_when_it_is_interrupted_in_a_command(llmsh: Driver) -> None:
    started = llmsh.tree / "started"

    ran = llmsh.interrupted("-c", "sh -c 'touch started; exec sleep 100'", "-c", "echo never", started=started)

    assert ran == Ran(130, "", "")


def test_130_when_it_is_interrupted_in_a_tool_and_the_record_says_so(llmsh: Driver) -> None:
    plan = 'run("touch started; sleep 100", writes=".")'

    ran = llmsh.interrupted("--yes", "-c", plan, "-c", "echo never", started=llmsh.tree / "started")

    assert ran == Ran(130, "", f"-> {plan}\nerror: interrupted\n")
    (turn,) = llmsh.json("/history")
    assert turn["result"]["rows"] == [{"line": plan, "plan": plan, "status": "failed"}]


def test_a_command_passes_its_own_status_on(llmsh: Driver) -> None:
    assert llmsh.lines("ls missing-file 2>&1 >/dev/null | grep -q missing && exit 42").status == 42


def test_a_program_that_run_starts_passes_its_status_on(llmsh: Driver) -> None:
    ran = llmsh.run("--yes", "-c", 'run("echo out; exit 7")')

    assert ran == Ran(7, "out\n", '-> run("echo out; exit 7")\nerror: the command ended with status 7\n')


def test_a_program_that_is_not_there_is_127(llmsh: Driver) -> None:
    assert llmsh.lines("./no-such-program").status == 127


def test_a_command_ended_by_a_signal_is_128_and_its_number(llmsh: Driver) -> None:
    assert llmsh.lines("bash -c 'kill -9 $$'").status == 137


def test_the_status_is_that_of_the_last_line(llmsh: Driver) -> None:
    assert llmsh.lines("false", "list_files()").status == 0
    assert llmsh.lines("list_files()", "(exit 9)").status == 9


def test_exit_ends_the_session_with_its_number_or_the_last_status(llmsh: Driver) -> None:
    assert llmsh.lines("exit 3", "echo never") == Ran(3, "", "")
    assert llmsh.lines("(exit 5)", "exit", "echo never") == Ran(5, "", "")
