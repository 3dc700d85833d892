"""The interactive shell, in a terminal: what it shows, asks and runs."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.driver import Driver, Screen

CTRL_C = "\x03"


def test_the_prompt_shows_the_folder_and_ctrl_d_leaves_with_0(llmsh: Driver) -> None:
    screen = llmsh.repl()
    assert screen.prompt().endswith("~/tree ❯ ")
    assert screen.end() == 0


def test_the_prompt_is_there_before_a_model_and_a_command_needs_none(llmsh: Driver) -> None:
    (llmsh.config / "models.toml").write_text(
        f'[[models]]\nname = "none"\nfile = "none.gguf"\nsize = 1\nsha256 = "{"0" * 64}"\ndefault = true\n'
    )
    screen = llmsh.repl("--model", "none")
    screen.prompt()
    screen.enter("echo here I am")
    screen.wait("\nhere I am\r\n")
    screen.prompt()
    screen.enter("how large is this folder?")
    screen.wait("error: none could not be fetched .*hint: put none.gguf")
    screen.prompt()
    assert screen.end() == 5


def test_a_request_is_answered_with_a_table(llmsh: Driver) -> None:
    llmsh.answers["show me the documents"] = 'list_files("docs") | sort("path")'
    screen = llmsh.repl()
    screen.prompt()
    screen.enter("show me the documents")
    text = screen.wait("report.pdf.*?\r\n")

    assert text.split("\r\n")[-6:-1] == [
        '-> list_files("docs") | sort("path")',
        "path             size  modified",
        "docs/guide.md    22 B  3 d ago",
        "docs/intro.md    16 B  10 d ago",
        "docs/report.pdf  15 B  1 h ago",
    ]
    screen.prompt()
    assert screen.end() == 0


def test_a_change_is_shown_before_it_is_asked_about_and_y_approves_it(llmsh: Driver, screen: Screen) -> None:
    screen.enter('delete("build/x.tmp")')
    shown = screen.wait(r"run delete\(\"build/x.tmp\"\)\? \[y/N\]")
    assert "1 file, 10 B" in shown
    assert f"deletes: {llmsh.tree}/build/x.tmp" in shown
    screen.type("y\r")
    screen.wait("trashed build/x.tmp\r\n")
    screen.prompt()

    assert not (llmsh.tree / "build/x.tmp").exists()


def test_anything_but_yes_is_no(llmsh: Driver, screen: Screen) -> None:
    before = llmsh.files()
    for answer in ("n\r", "\r", CTRL_C, "\x04", "maybe\r"):
        screen.enter('delete("build/x.tmp")')
        screen.wait(r"\[y/N\]")
        screen.type(answer)
        screen.wait("was not approved")
        screen.prompt()

    assert llmsh.files() == before


def test_nothing_is_drawn_over_a_command_that_takes_its_time(screen: Screen) -> None:
    screen.enter("sleep 0.8; echo done")
    text = screen.wait("\ndone\r\n")

    assert text.split("❯ sleep 0.8; echo done")[-1].strip("\r") == "\ndone\r\n"


def test_a_full_screen_program_leaves_a_prompt_that_works(screen: Screen) -> None:
    screen.enter("less logs/app.log")
    screen.wait("line 20 ERROR")
    screen.type("q")
    screen.prompt()
    screen.enter("echo back")
    screen.wait("\nback\r\n")


def test_a_command_sees_a_terminal(screen: Screen) -> None:
    screen.enter("test -t 0 -a -t 1 -a -t 2 && stty size")
    screen.wait("\n30 100\r\n")


def test_cd_changes_the_prompt_and_export_lasts(llmsh: Driver, screen: Screen) -> None:
    screen.enter("cd docs")
    screen.wait("\n~/tree/docs ❯ ")
    screen.enter("export GREETING=hello")
    screen.prompt()
    screen.enter("echo $GREETING from $(basename $PWD)")
    screen.wait("\nhello from docs\r\n")


def test_home_is_a_tilde_in_the_prompt(llmsh: Driver, screen: Screen) -> None:
    screen.enter("cd")
    screen.wait("\n~ ❯ ")


def test_a_broken_plugin_is_named_and_everything_else_works(llmsh: Driver) -> None:
    path = llmsh.plugin("wrong", "import nothing_of_that_name\n")
    screen = llmsh.repl()
    shown = screen.prompt()
    assert (
        "error: plugin wrong cannot be loaded: ModuleNotFoundError: No module named 'nothing_of_that_name'"
        in shown.replace("\r\n", "")
    )
    assert f"hint: see {path}, line 1" in shown.replace("\r\n", "")
    screen.enter('find_files("docs") | count()')
    screen.wait("\n3\r\n")


def test_the_mode_is_in_the_prompt(screen: Screen) -> None:
    screen.enter("/mode read-only")
    screen.wait("◇ ")
    screen.enter('delete("todo.txt")')
    screen.wait("is not allowed: nothing may be changed in read-only mode")
    screen.wait("◇ ")
    screen.enter("/mode auto")
    screen.wait("» ")


def test_a_request_that_goes_wrong_leaves_the_shell_alive(screen: Screen) -> None:
    screen.enter("say something the script does not know")
    screen.wait("error: the script has no answer")
    screen.prompt()
    screen.enter('find_files("src"')
    screen.wait("error: not a plan: .*\\^")
    screen.prompt()
    screen.enter("exit 4")
    screen.wait("\n")
    while screen.alive():
        pass
    assert screen.status() == 4


def test_a_name_that_is_no_utf8_is_shown_escaped(llmsh: Driver, screen: Screen) -> None:
    (Path(bytes(llmsh.tree / "docs/caf").decode() + "\udce9\x1b[31mred")).write_text("bon\n")
    screen.enter('list_files("docs")')
    text = screen.wait("report.pdf")

    assert "docs/caf\\xe9\\x1b[31mred" in text
