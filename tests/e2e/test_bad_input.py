"""Input that nobody means well: a clear line of error, or it simply works; never a traceback."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from tests.e2e.driver import Driver, Ran


def strange(folder: Path, name: bytes) -> Path:
    return Path(os.fsdecode(os.fsencode(folder) + b"/" + name))


@pytest.mark.parametrize(
    "line",
    [
        "x" * 50_000,
        "how large is " + "very " * 10_000,
        'find_files("' + "a" * 50_000 + '")',
        "find_files() | " * 3_000 + "count()",
        "what \x1b]0;title\x07 \x1b[2J is this \x08\x7f",
        "find_files(\x1b[31m)",
        "?",
        "!\x1b",
        "/",
        "/\u202e",
        "'",
        '"unclosed',
        "last[",
        "last | count()",
        "(" * 500,
        "\u202e\u200b",
        b"caf\xe9 \xff\xfe",
        b'read("caf\xe9")',
        "find_files(**{})",
        "__import__('os').system('touch hacked')",
        "find_files(name=lambda: 1)",
        "sum()",
    ],
    ids=lambda line: repr(line[:20]),
)
def test_a_strange_line_is_an_error_of_one_line_with_a_hint(llmsh: Driver, line: str | bytes) -> None:
    before = llmsh.files()

    ran = llmsh.lines(line)

    assert ran.status in (1, 2, 3, 126, 127)
    assert "Traceback" not in ran.err
    assert "has a bug" not in ran.err
    assert len(ran.err) < 6_000
    assert not {char for char in ran.err if char < " " or "\x7f" <= char < "\xa0"} - {"\n", "\t"}
    assert llmsh.files() == before


def test_a_name_that_is_no_utf8_is_raw_in_a_pipe_and_still_usable(llmsh: Driver) -> None:
    strange(llmsh.tree / "docs", b"caf\xe9.txt").write_text("bon\n")

    ran = llmsh.run(
        "--yes",
        "-c",
        'find_files("docs", name="caf*")',
        "-c",
        "last | read()",
        "-c",
        'find_files("docs", name="caf*") | delete()',
    )

    assert ran.out == "docs/caf\udce9.txt\nbon\n"
    assert not strange(llmsh.tree / "docs", b"caf\xe9.txt").exists()


def test_a_name_that_is_no_utf8_can_be_typed_into_a_plan(llmsh: Driver) -> None:
    strange(llmsh.tree / "docs", b"caf\xe9.txt").write_text("bon\n")

    assert llmsh.lines(b'read("docs/caf\xe9.txt")').out == "bon\n"


def test_a_name_that_is_no_utf8_survives_json(llmsh: Driver) -> None:
    strange(llmsh.tree / "emptydir", b"caf\xe9\n.txt").write_text("bon\n")

    (turn,) = llmsh.json('find_files("emptydir") | select("path")')

    assert turn["result"]["rows"] == [{"path": "emptydir/caf\udce9\n.txt"}]


def test_a_broken_link_is_listed_and_reading_it_is_an_error(llmsh: Driver) -> None:
    (llmsh.tree / "docs/broken").symlink_to("nowhere")

    assert "docs/broken\n" in llmsh.lines('list_files("docs")').out
    ran = llmsh.lines('read("docs/broken")')
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.splitlines()[1].startswith("error: ")


def test_a_pipe_a_socket_and_a_device_are_errors_and_hang_nothing(llmsh: Driver) -> None:
    os.mkfifo(llmsh.tree / "fifo")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(llmsh.tree / "sock"))
    for name in ("fifo", "sock", "/dev/zero"):
        ran = llmsh.lines(f'read("{name}")', f'checksum("{name}")', f'search("x", "{name}")')
        assert ran.out == ""
        assert "has a bug" not in ran.err
        said = [line.partition(":")[0] for line in ran.err.splitlines() if not line.startswith("->")]
        assert said[:2].count("error") >= 1, ran
        assert set(said) <= {"error", "hint", "note"}, ran


def test_a_folder_of_100000_entries_is_listed_counted_and_piped(llmsh: Driver) -> None:
    folder = llmsh.tree / "many"
    folder.mkdir()
    for number in range(100_000):
        os.close(os.open(f"{folder}/{number:06}", os.O_CREAT | os.O_WRONLY))

    ran = llmsh.lines('find_files("many") | count()', 'list_files("many") | sort("path") | last(1)')

    assert (ran.status, ran.out) == (0, "100000\nmany/099999\n")
    assert llmsh.bash(""""$@" -c 'find_files("many")' | head -1 | wc -l""").out == "1\n"


def test_the_prompt_of_a_huge_folder_is_made_at_once(llmsh: Driver) -> None:
    llmsh.answers["how many?"] = "find_files() | count()"
    folder = llmsh.tree / "many"
    folder.mkdir()
    for number in range(2_000):
        (folder / str(number)).touch()

    assert llmsh.lines("how many?", cwd=folder).out == "2000\n"


def test_a_working_folder_that_was_deleted_is_an_error_that_can_be_left(llmsh: Driver) -> None:
    ran = llmsh.bash(
        "mkdir gone; cd gone; rmdir ../gone;"
        f""" "$@" -c 'list_files()' -c 'uptime()' -c 'cd {llmsh.tree}' -c 'find_files("docs") | count()' 2>&1"""
    )

    assert ran.status == 0
    assert (
        ran.out.count(f"error: the working folder {llmsh.tree}/gone cannot be entered: No such file or directory") == 2
    )
    assert ran.out.endswith("\n3\n")
    assert "bug" not in ran.out


def test_many_missing_files_are_one_error(llmsh: Driver) -> None:
    ran = llmsh.lines('read(["no1", "no2"])')

    assert (ran.status, ran.out) == (1, "")
    assert ran.err.splitlines()[1].startswith("error: ")


def test_a_tool_that_crashes_floods_or_exits_costs_its_call_alone(llmsh: Driver) -> None:
    folder = llmsh.config / "plugins"
    folder.mkdir()
    (folder / "rogue.py").write_text(
        "import os\n"
        "from llmsh.tool import Example, tool\n"
        "from llmsh.types import LINE, Text\n"
        "E = tuple(Example(word, 'rogue(\"exit\")') for word in ('a rogue', 'be bad', 'go wrong'))\n"
        "@tool(examples=E)\n"
        "def rogue(how: str) -> Text:\n"
        "    '''Go wrong.'''\n"
        "    if how == 'exit':\n"
        "        os._exit(3)\n"
        "    if how == 'raise':\n"
        "        raise KeyError('oh')\n"
        "    if how == 'memory':\n"
        "        return Text(LINE, [('x' * (1 << 40),)])\n"
        "    print('not data')\n"
        "    return Text(LINE, [('fine',)])\n"
        "def register(registry):\n"
        "    registry.tool(rogue)\n"
    )

    ran = llmsh.lines(*(f'rogue("{how}")' for how in ("exit", "raise", "memory", "print")))

    assert ran == Ran(
        0,
        "fine\n",
        '-> rogue("exit")\n'
        "error: rogue ended without a result (exit status 3)\n"
        '-> rogue("raise")\n'
        "error: rogue crashed: KeyError: 'oh'\n"
        "hint: this is a fault of the tool (rogue.py, line 11), not of what you typed\n"
        '-> rogue("memory")\n'
        "error: rogue ran out of memory\n"
        "hint: ask for less, or for a part of it\n"
        '-> rogue("print")\n',
    )
