"""The interactive shell, in a terminal: keys, completion, history, interruption."""

from __future__ import annotations

import re

from tests.e2e.driver import Driver, Screen

UP, TAB, CTRL_C, CTRL_L, ALT_ENTER = "\x1b[A", "\t", "\x03", "\x0c", "\x1b\r"
LOOPING = """
from llmsh.tool import Example, tool
from llmsh.types import LINE, Effects, Text


@tool(
    effects=lambda **_: Effects(writes=("started",)),
    examples=(Example("spin", "spin()"), Example("please spin", "spin()"), Example("turn round", "spin()")),
)
def spin() -> Text:
    '''Turn for ever.'''
    open("started", "w").close()
    while True:
        pass


def register(registry):
    registry.tool(spin)
"""


def test_ctrl_c_at_the_prompt_gives_a_new_prompt(screen: Screen) -> None:
    screen.type("half a li")
    screen.wait("half a li")
    screen.type(CTRL_C)
    screen.prompt()
    screen.enter("echo alive")
    screen.wait("\nalive\r\n")
    screen.prompt()
    assert screen.end() == 0


def test_ctrl_c_ends_a_tool_and_not_the_shell(llmsh: Driver) -> None:
    llmsh.plugin("spin", LOOPING)
    screen = llmsh.repl("--yes")
    screen.prompt()
    screen.enter("spin()")
    while not (llmsh.tree / "started").exists():
        screen.wait("")
    screen.type(CTRL_C)
    screen.wait("error: interrupted\r\n")
    screen.prompt()
    screen.enter('find_files("docs") | count()')
    screen.wait("\n3\r\n")
    screen.prompt()
    assert screen.end() == 0


def test_ctrl_c_ends_a_command_and_not_the_shell(llmsh: Driver, screen: Screen) -> None:
    screen.enter("sh -c 'echo started; exec sleep 100'")
    screen.wait("\nstarted\r\n")
    screen.type(CTRL_C)
    screen.prompt()
    screen.enter("echo $((6 * 7))")
    screen.wait("\n42\r\n")
    screen.prompt()
    assert screen.end() == 0


def test_lines_are_remembered_from_one_session_to_the_next(llmsh: Driver) -> None:
    first = llmsh.repl()
    first.prompt()
    first.enter("echo from the first session")
    first.wait("\nfrom the first session\r\n")
    first.prompt()
    first.end()

    second = llmsh.repl()
    second.prompt()
    second.type(UP)
    second.wait("echo from the first session")
    second.type("\r")
    second.wait("\nfrom the first session\r\n")
    second.prompt()
    second.end()

    assert (llmsh.data / "lines").stat().st_mode & 0o777 == 0o600


def test_no_line_is_kept_where_history_is_off(llmsh: Driver) -> None:
    (llmsh.config / "config.toml").write_text("history = false\n")
    screen = llmsh.repl()
    screen.prompt()
    screen.enter("echo a secret")
    screen.wait("\na secret\r\n")
    screen.prompt()
    screen.end()

    assert list(llmsh.data.iterdir()) == []


def test_tab_completes_a_path_a_tool_and_a_slash_command(screen: Screen) -> None:
    for typed, completed in (("cat logs/er", "logs/error.log"), ("find_dup", "find_duplicates"), ("/hist", "/history")):
        screen.type(typed)
        screen.wait(re.escape(typed))
        screen.type(TAB)
        screen.wait(re.escape(completed.removeprefix(typed.split()[-1])))
        screen.type(CTRL_C)
        screen.prompt()


def test_a_name_with_a_space_is_completed_so_that_the_command_finds_it(llmsh: Driver, screen: Screen) -> None:
    (llmsh.tree / "my letter.txt").write_text("dear\n")
    screen.type("cat my")
    screen.wait("cat my")
    screen.type(TAB)
    screen.wait("letter.txt")
    screen.type("\r")
    screen.wait("\ndear\r\n")


def test_alt_enter_begins_a_new_line_of_the_same_input(screen: Screen) -> None:
    screen.type("for n in 1 2; do")
    screen.wait("do")
    screen.type(ALT_ENTER)
    screen.type("echo number $n; done")
    screen.wait("done")
    screen.type("\r")
    screen.wait("\nnumber 1\r\nnumber 2\r\n")


def test_the_toolbar_says_which_way_the_line_would_take(screen: Screen) -> None:
    for line, way in (
        ("git status", "command"),
        ("which files are large", "ask the model"),
        ("find_files() | count()", "plan"),
        ("/tools", "llmsh"),
    ):
        screen.type(line + CTRL_L)  # drawn anew, as a whole
        screen.wait(f"{re.escape(line)}.* {way} · ask · model ready")
        screen.type(CTRL_C)
        screen.prompt()


def test_a_line_of_bytes_that_are_no_text_is_an_error_and_no_end(screen: Screen) -> None:
    screen.send(b"echo \xff\xfe end")
    screen.wait("end")
    screen.type("\r")
    screen.prompt()
    screen.enter("echo alive")
    screen.wait("\nalive\r\n")


def test_a_very_long_line_can_be_pasted(screen: Screen) -> None:
    screen.type("\x1b[200~echo " + "x" * 50_000 + " | wc -c\x1b[201~")
    screen.wait("wc -c")
    screen.type("\r")
    screen.wait("\n50001\r\n")
