"""The user's own commands: what lasts, which status comes back, and who has the terminal."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from llmsh.errors import ToolFailed, UsageError
from llmsh.session import Session
from llmsh.terminal import Terminal

ROOT = Path(__file__).parents[1]


@pytest.fixture
def session(tmp_path):
    """A session in an empty folder; the process's own folder and environment are put back."""
    folder, environment = os.getcwd(), dict(os.environ)
    os.chdir(tmp_path)
    yield Session(dict(os.environ))
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)


def test_cd_lasts(session, tmp_path):
    (tmp_path / "sub").mkdir()
    status = Terminal().run("cd sub", session)
    assert (status, session.cwd, session.environment["PWD"]) == (0, f"{tmp_path}/sub", f"{tmp_path}/sub")
    assert (os.getcwd(), session.environment["OLDPWD"]) == (f"{tmp_path}/sub", str(tmp_path))


def test_cd_back_returns_to_the_folder_before(session, tmp_path):
    (tmp_path / "sub").mkdir()
    for line in ("cd sub", "cd - > /dev/null"):
        Terminal().run(line, session)
    assert session.cwd == str(tmp_path)


@pytest.mark.parametrize("name", ["with space", "with\nline end\n", "文档"])
def test_a_folder_of_any_name_can_be_entered(session, tmp_path, name):
    (tmp_path / name).mkdir()
    Terminal().run(f"cd '{name}'", session)
    assert session.cwd == f"{tmp_path}/{name}"


def test_export_lasts_in_the_session_and_in_the_process(session):
    Terminal().run("export GREETING='two\nlines = fine'", session)
    assert (session.environment["GREETING"], os.environ["GREETING"]) == ("two\nlines = fine", "two\nlines = fine")


def test_unset_lasts(session):
    session.environment["GONE"] = os.environ["GONE"] = "soon"
    Terminal().run("unset GONE", session)
    assert ("GONE" in session.environment, "GONE" in os.environ) == (False, False)


def test_a_command_leaves_the_environment_as_it_was(session):
    Terminal().run("true", session)
    before = dict(session.environment)
    Terminal().run("true", session)
    assert session.environment == before


def test_source_lasts(session, tmp_path):
    (tmp_path / "activate").write_text("export VENV=here\n")
    Terminal().run(". ./activate", session)
    assert session.environment["VENV"] == "here"


def test_what_was_set_lasts_though_the_line_leaves_with_exit(session):
    assert (Terminal().run("export A=1; exit 7", session), session.environment["A"]) == (7, "1")


def test_a_broken_path_does_not_hide_what_was_exported(session):
    Terminal().run("export PATH=/nowhere B=2", session)
    assert (session.environment["PATH"], session.environment["B"]) == ("/nowhere", "2")


def test_a_lock_on_a_descriptor_of_the_users_own_holds_nothing_of_ours(session, tmp_path):
    Terminal().run("exec 9>lock; exec 3>other; echo mine >&9", session)
    assert ((tmp_path / "lock").read_text(), (tmp_path / "other").read_text()) == ("mine\n", "")


def test_no_program_of_a_background_job_is_waited_for(session):
    assert Terminal().run("sleep 60 & export C=3; kill $!", session) == 0
    assert session.environment["C"] == "3"


@pytest.mark.parametrize(
    ("line", "status"),
    [("true", 0), ("false", 1), ("exit 42", 42), ("kill -TERM $$", 143), ("kill -KILL $$", 137), ("nosuchprogram", 127),
     ("false | true", 0), ("sh -c 'exit 5'", 5), ("exec sh -c 'exit 6'", 6), ("", 0)],
)  # fmt: skip
def test_the_status_of_a_line_is_passed_on(session, line, status):
    assert Terminal().run(line + " 2>/dev/null" if line else "", session) == status


def test_a_line_with_a_nul_is_refused(session):
    with pytest.raises(UsageError, match="NUL"):
        Terminal().run("echo a\0b", session)


def test_a_line_too_long_for_the_system_is_refused(session):
    with pytest.raises(ToolFailed, match="cannot be started"):
        Terminal().run("echo " + "x" * 200_000, session)


@pytest.mark.parametrize("shell", ["/bin/sh", "/bin/bash", "/usr/bin/fish", "/nonexistent/zsh", ""])
def test_state_lasts_whatever_the_users_shell_is(session, shell):
    session.environment["SHELL"] = shell
    Terminal().run("cd / && export D=4", session)
    assert (session.cwd, session.environment["D"]) == ("/", "4")


def test_a_folder_deleted_under_us_does_not_stop_commands(session, tmp_path):
    (tmp_path / "gone").mkdir()
    os.chdir(tmp_path / "gone")
    shutil.rmtree(tmp_path / "gone")
    assert Terminal().run("cd / 2>/dev/null", session) == 0
    assert session.cwd == "/"


def test_without_a_terminal_there_is_no_job_to_go_on_with(session):
    said: list[str] = []
    assert (Terminal(said.append).run("fg", session), said) == (1, ["fg: there is no stopped job"])


def test_without_a_terminal_the_streams_are_those_of_the_shell():
    script = (
        "import os; from llmsh.session import Session; from llmsh.terminal import Terminal\n"
        "raise SystemExit(Terminal().run('tr a-z A-Z; echo two >&2; exit 3', Session(dict(os.environ))))"
    )
    command = [sys.executable, "-c", script]
    ran = subprocess.run(command, cwd=ROOT, input="one\n", text=True, capture_output=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (3, "ONE\n", "two\n")


@pytest.fixture
def shell():
    """The driver on a pseudo-terminal, for a user whose shell is bash."""
    words, environment = ["-m", "tests.terminal_driver"], {**os.environ, "SHELL": "/bin/bash"}
    child = pexpect.spawn(sys.executable, words, cwd=str(ROOT), env=environment, encoding="utf-8", timeout=20)
    child.expect_exact("READY> ")
    yield child
    if child.isalive():
        child.kill(signal.SIGKILL)
        child.wait()
    child.close()


def run(shell, line: str, expected: str) -> None:
    shell.sendline(line)
    shell.expect_exact(expected)
    shell.expect_exact("READY> ")


def test_a_program_finds_a_real_terminal(shell):
    run(shell, "test -t 0 && test -t 1 && test -t 2", "status=0")


def test_ctrl_c_ends_the_program_and_not_the_shell(shell):
    # The program itself says that it is there: a signal between bash's fork and its exec is lost in bash.
    shell.sendline("sh -c 'echo on; exec sleep 60'; echo not reached")
    shell.expect_exact("\r\non")
    shell.sendintr()
    shell.expect_exact("status=130")
    assert "shell interrupted" not in shell.before
    run(shell, "echo still $((40+2))", "still 42")


def test_a_program_may_catch_ctrl_c_itself(shell):
    # It waits a little before it is ready: its parent, a bash, must have come to wait for it.
    shell.sendline("""bash -c 'trap "echo caught; exit 9" INT; sleep 0.5; echo on; while :; do sleep 0.1; done'""")
    shell.expect_exact("\r\non")
    shell.sendintr()
    shell.expect_exact("caught")
    shell.expect_exact("status=9")


def test_ctrl_z_stops_a_program_and_fg_goes_on_with_it(shell):
    shell.sendline("cat")
    shell.sendline("first")
    shell.expect_exact("first\r\nfirst")
    shell.send("\x1a")
    shell.expect_exact("stopped: cat (fg to go on)")
    shell.expect_exact("status=148")
    run(shell, "jobs", "[1] stopped  cat")
    shell.sendline("fg")
    shell.expect_exact("\r\ncat\r\n")
    shell.sendline("second")
    shell.expect_exact("second\r\nsecond")
    shell.sendeof()
    shell.expect_exact("status=0")
    run(shell, "fg", "there is no stopped job")


def test_bg_lets_a_stopped_program_go_on_behind(shell, tmp_path):
    shell.sendline(f"echo on; read -t 60 < <(sleep 2; echo x); touch {tmp_path}/done")
    shell.expect_exact("\r\non")
    shell.send("\x1a")
    shell.expect_exact("fg to go on")
    run(shell, "bg", "&")
    run(shell, f"until [ -e {tmp_path}/done ]; do sleep 0.1; done", "status=0")


def test_a_terminal_left_raw_is_set_right_again(shell):
    run(shell, "stty raw -echo", "status=0")
    shell.sendline("stty -a")
    shell.expect_exact(" icanon ")
    shell.expect_exact(" echo ")


def test_what_the_user_sets_on_his_terminal_stays(shell):
    run(shell, "stty -ixon", "status=0")
    run(shell, "stty -a", "-ixon")


FULL_SCREEN = """
import sys, termios, tty
before = termios.tcgetattr(0)
tty.setraw(0)
sys.stdout.write("\\x1b[?1049hscreen\\r\\n")
sys.stdout.flush()
print("key", ord(sys.stdin.read(1)), end="\\r\\n")
termios.tcsetattr(0, termios.TCSADRAIN, before)
"""


def test_a_full_screen_program_reads_single_keys_ctrl_c_among_them(shell, tmp_path):
    (tmp_path / "editor.py").write_text(FULL_SCREEN)
    shell.sendline(f"{sys.executable} {tmp_path}/editor.py")
    shell.expect_exact("\x1b[?1049hscreen")
    shell.send("\x03")
    shell.expect_exact("key 3")
    shell.expect_exact("status=0")
    run(shell, "echo $((40+2))", "42")
