"""`llmsh -c`: one line, or several in one session."""

from __future__ import annotations

import signal
import subprocess
import sys

from tests.e2e.driver import Driver, Ran


def test_a_request_becomes_a_plan_whose_rows_are_printed(llmsh: Driver) -> None:
    llmsh.answers["which python files are there"] = 'find_files(name="*.py") | sort("path")'

    ran = llmsh.lines("which python files are there")

    assert ran == Ran(
        0, "a.py\nsrc/main.py\nsrc/util.py\nsub/b.py\nsub/deep/c.py\n", '-> find_files(name="*.py") | sort("path")\n'
    )


def test_a_plan_is_run_as_it_is_written(llmsh: Driver) -> None:
    assert llmsh.lines('find_files("docs") | count()') == Ran(0, "3\n", '-> find_files("docs") | count()\n')


def test_a_plan_of_several_lines_runs_in_order(llmsh: Driver) -> None:
    plan = 'find_files("docs", name="*.md")\nlast | count()'

    assert llmsh.lines(plan).out == "2\n"


def test_a_command_runs_with_the_rights_and_streams_of_the_user(llmsh: Driver) -> None:
    assert llmsh.lines("ls sub | tr a-z A-Z; echo oops >&2") == Ran(0, "B.PY\nDEEP\n", "oops\n")


def test_an_exclamation_mark_makes_a_line_a_command(llmsh: Driver) -> None:
    assert llmsh.lines("!echo list these files").out == "list these files\n"


def test_a_question_mark_makes_a_line_a_request(llmsh: Driver) -> None:
    llmsh.answers["pwd"] = "working_folder()"

    assert llmsh.lines("?pwd").out == f"{llmsh.tree}\n"


def test_a_follow_up_speaks_of_the_previous_result(llmsh: Driver) -> None:
    llmsh.answers |= {"list the logs": 'list_files("logs") | sort("path")', "only the second one": "last[2]"}

    assert llmsh.lines("list the logs", "only the second one").out == (
        "logs/app.log\nlogs/error.log\nlogs/old.log\nlogs/error.log\n"
    )


def test_a_line_that_fails_leaves_the_previous_result_as_it_was(llmsh: Driver) -> None:
    ran = llmsh.lines('find_files("docs")', 'read("missing.txt")', "echo between", "last | count()")

    assert ran.out.endswith("between\n3\n")
    assert ran.status == 0


def test_cd_lasts_for_the_lines_that_follow(llmsh: Driver) -> None:
    assert llmsh.lines("cd src", "pwd", 'find_files(name="*.css")').out == f"{llmsh.tree}/src\nstyle.css\n"


def test_a_plan_that_changes_the_folder_lasts_too(llmsh: Driver) -> None:
    assert llmsh.lines('change_folder("docs")', "pwd", "cd -").out == (
        f"{llmsh.tree}/docs\n{llmsh.tree}/docs\n{llmsh.tree}\n"
    )


def test_the_previous_result_means_the_same_files_after_cd(llmsh: Driver) -> None:
    assert llmsh.lines('find_files("docs", name="guide.md")', "cd src", 'last | select("path")').out == (
        f"docs/guide.md\n{llmsh.tree}/docs/guide.md\n"
    )


def test_export_lasts_for_commands_and_stays_out_of_what_a_plan_runs(llmsh: Driver) -> None:
    """What the user exports may be a key: a caged program sees names that say where and in which language alone."""
    ran = llmsh.run("--yes", "-c", "export COLOUR=blue", "-c", "echo $COLOUR", "-c", 'run("echo ${COLOUR:-none}")')

    assert ran.out == "blue\nnone\n"


def test_an_empty_line_and_a_comment_do_nothing(llmsh: Driver) -> None:
    assert llmsh.lines("", "   ", "# tidy up") == Ran(0, "", "")


def test_what_the_model_says_is_the_answer(llmsh: Driver) -> None:
    llmsh.answers["hello"] = 'answer("Hello, what shall I do?")'

    assert llmsh.lines("hello").out == "Hello, what shall I do?\n"


def test_a_request_in_chinese_is_a_request(llmsh: Driver) -> None:
    llmsh.answers["docs里有几个文件"] = 'find_files("docs") | count()'

    assert llmsh.lines("docs里有几个文件") == Ran(0, "3\n", '-> find_files("docs") | count()\n')


def test_cwd_is_where_the_lines_run(llmsh: Driver) -> None:
    assert llmsh.run("--cwd", "docs", "-c", "pwd", "-c", 'find_files(name="*.pdf")').out == (
        f"{llmsh.tree}/docs\nreport.pdf\n"
    )


def test_a_process_is_found_and_stopped_by_the_port_it_listens_on(llmsh: Driver) -> None:
    code = (
        "import socket; s = socket.create_server(('127.0.0.1', 0)); print(s.getsockname()[1], flush=True); s.accept()"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        port = child.stdout.readline().strip()

        found = llmsh.lines(f'processes(port={port}) | select("pid")')
        ran = llmsh.run("--yes", "-c", f"processes(port={port}) | stop()")

        assert found.out == f"{child.pid}\n"
        assert ran.status == 0, ran.err
        assert child.wait(10) == -signal.SIGTERM


def test_what_lies_in_the_working_folder_is_not_imported(llmsh: Driver) -> None:
    for name in ("psutil", "json"):
        (llmsh.tree / f"docs/{name}.py").write_text("raise SystemExit(77)", encoding="utf-8")
    command = [sys.executable, "-m", "llmsh", "-c", 'list_files("json.py")']
    ran = subprocess.run(
        command, cwd=llmsh.tree / "docs", env=llmsh.environment(), capture_output=True, check=False, timeout=60
    )
    assert (ran.returncode, ran.stdout) == (0, b"json.py\n")


def test_as_a_module_it_starts_in_a_folder_that_is_gone(llmsh: Driver) -> None:
    script = f"mkdir gone && cd gone && rmdir ../gone && exec {sys.executable} -m llmsh --version"
    ran = subprocess.run(
        ["/bin/sh", "-c", script], cwd=llmsh.tree, env=llmsh.environment(), capture_output=True, check=False, timeout=60
    )
    assert (ran.returncode, ran.stdout[:6]) == (0, b"llmsh ")
