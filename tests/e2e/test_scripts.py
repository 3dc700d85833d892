"""Files of lines, and lines on standard input."""

from __future__ import annotations

from tests.e2e.driver import Driver, Ran


def test_a_script_runs_line_by_line_in_one_session(llmsh: Driver) -> None:
    llmsh.answers["how many is that?"] = "last | count()"
    script = llmsh.tree / "work.llmsh"
    script.write_text("#!/usr/bin/env llmsh\n# what is there\n\nfind_files('docs')\n  cd src  \nhow many is that?\n")

    ran = llmsh.run(str(script))

    assert ran.out == "docs/guide.md\ndocs/intro.md\ndocs/report.pdf\n3\n"
    assert ran.status == 0


def test_exit_ends_a_script_with_its_number(llmsh: Driver) -> None:
    (llmsh.tree / "s").write_text("echo one\nexit 6\necho two\n")

    assert llmsh.run("s") == Ran(6, "one\n", "")


def test_a_script_goes_on_after_a_line_that_failed_and_ends_with_the_last_status(llmsh: Driver) -> None:
    (llmsh.tree / "s").write_text("read('missing')\nfalse\n")

    assert llmsh.run("s").status == 1


def test_a_script_in_another_encoding_is_read_as_bytes(llmsh: Driver) -> None:
    (llmsh.tree / "s").write_bytes(b"echo caf\xe9\r\n")

    assert llmsh.run("s").out == "caf\udce9\n"


def test_a_device_is_no_script(llmsh: Driver) -> None:
    assert llmsh.run("/dev/zero") == Ran(
        2, "", "error: /dev/zero, line 1 is longer than 1048576 bytes\nhint: is it a text file?\n"
    )


def test_a_script_can_come_from_a_pipe_by_name(llmsh: Driver) -> None:
    assert llmsh.bash('"$@" <(echo "echo piped")').out == "piped\n"


def test_lines_on_standard_input_are_run(llmsh: Driver) -> None:
    ran = llmsh.run(stdin=b"# a comment\necho one\n\nfind_files('docs') | count()\n")

    assert ran == Ran(0, "one\n3\n", '-> find_files("docs") | count()\n')


def test_lines_on_standard_input_are_no_value(llmsh: Driver) -> None:
    assert llmsh.run(stdin=b"stdin | count()\nx\n").err.splitlines()[1] == "error: there is nothing in stdin"


def test_nothing_on_standard_input_is_nothing_to_do(llmsh: Driver) -> None:
    assert llmsh.run(stdin=b"") == Ran(0, "", "")


def test_subcommand_words_after_c_are_a_usage_error(llmsh: Driver) -> None:
    ran = llmsh.run("-c", "list_files()", "tools")

    assert ran == Ran(2, "", 'error: -c takes no further words\nhint: quote the whole line: llmsh -c "..."\n')
