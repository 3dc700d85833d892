from __future__ import annotations

import pytest

from llmsh.tuning.bash.literals import stands_in
from llmsh.tuning.bash.places import filled
from llmsh.tuning.bash.requests import asked_for, cleaned, mismatch
from llmsh.tuning.bash.runs import run_plan


def test_a_request_is_one_line_with_single_spaces() -> None:
    assert cleaned("  Find  all\tfiles , please .\n") == "Find all files, please."


@pytest.mark.parametrize("request_text", ["n/a", "find $1", "remove <file>", "x", 'say "it'])
def test_what_is_no_request_is_empty(request_text: str) -> None:
    assert cleaned(request_text) == ""


@pytest.mark.parametrize(
    ("value", "request_text", "named"),
    [
        ("/path/to/dir", "files in /path/to/dir", True),
        ("/home/peter", "files in a folder", False),
        ("*.py", "all python files", True),
        ("*.jpg", "all text files", False),
        ("7d", "changed in the last week", True),
        ("60min", "changed in the last hour", True),
        ("60min", "changed in the last 60 days", False),
        ("7d", "changed 7 days ago", True),
        ("/home", "all files in the home folder", False),
        ("/myfiles/*", 'the folder "myfiles"', False),
        ("/etc/*.conf", "conf files in the etc folder", True),
        ("10M", "bigger than 10 MB", True),
        ("10M", "bigger than 100 MB", False),
        ("/", "in the entire file system", True),
        ("~", "in my home directory", True),
        ("755", "make it executable", False),
        ("t*", "files modified in the last 2 days", False),
        ("t*", "files that begin with t", True),
        ("u+rw,g+r", "readable by the owner and the group", True),
        ("-a", "some files", False),
        ("*.c", "all c files", True),
    ],
)
def test_a_value_is_named_by_its_request_or_it_is_not(value: str, request_text: str, named: bool) -> None:
    assert stands_in(value, request_text) is named


@pytest.mark.parametrize(
    ("request_text", "plan", "why"),
    [
        ("delete the tmp files", 'find_files(name="*.tmp") | delete()', ""),
        ("find the tmp files", 'find_files(name="*.tmp") | delete()', "delete that the request does not ask for"),
        ("delete the tmp files", 'find_files(name="*.tmp")', "a request to delete, and nothing is"),
        ("count the tmp files", 'find_files(name="*.tmp")', "a request to count, and nothing is"),
        ("find tmp files", 'find_files(name="*.tmp", depth=1)', "levels that the request does not name"),
        ("find tmp files", 'find_files("/srv", name="*.tmp")', "values that the request does not name"),
        ("find tmp files of 'bob'", 'find_files(name="*.tmp")', "the request names more than the plan"),
    ],
)
def test_a_plan_that_is_not_asked_for_is_told(request_text: str, plan: str, why: str) -> None:
    assert mismatch(request_text, plan) == why


@pytest.mark.parametrize(
    ("request_text", "plan", "expected"),
    [
        ("all txt files here", 'find_files(name="*.txt", ignore_case=True)', 'find_files(name="*.txt")'),
        ("all txt files, in any case", 'find_files(name="*.txt", ignore_case=True)', None),
        ("find mysql, case insensitive", 'find_files(name="a*") | search("mysql", ignore_case=True)', None),
        ("find mysql in a*", 'find_files(name="a*") | search("mysql", ignore_case=True)',
         'find_files(name="a*") | search("mysql")'),
        ("不区分大小写找 jpg", 'find_files(name="*.jpg", ignore_case=True)', None),
        ("all txt files", 'find_files(name="*.txt", kind="file")', 'find_files(name="*.txt")'),
        ("all txt files in this directory", 'find_files(name="*.txt", kind="file")', 'find_files(name="*.txt")'),
        ("all regular files a*", 'find_files(name="a*", kind="file")', None),
        ("all files of a day", 'find_files(kind="file", newer_than="1d")', None),
        ("all links l*", 'find_files(name="l*", kind="link")', None),
    ],
)  # fmt: skip
def test_what_commands_say_out_of_habit_is_left_out_where_the_request_does_not(
    request_text: str, plan: str, expected: str | None
) -> None:
    assert asked_for(plan, request_text) == (expected or plan)


@pytest.mark.parametrize(
    ("request_text", "command", "plan"),
    [
        ("sum of column 2 of a.txt", "awk '{s+=$2+1} END {print s}' a.txt",
         "run(\"awk '{s+=$2+1} END {print s}' a.txt\")"),
        ("split big.log in files of 100 lines", "split -l 100 big.log", 'run("split -l 100 big.log", writes=".")'),
        ("ping example.com 3 times", "ping -c 3 example.com", 'run("ping -c 3 example.com", network=True)'),
        ("seq to 10 into n.txt", "seq 10 > n.txt", 'run("seq 10 > n.txt", writes="n.txt")'),
        ("print a list", "seq 10 > n.txt", ""),
        ("show $x", "echo $x", ""),
        ("edit a.txt", "vim a.txt", ""),
        ("list a.txt", "ls 'a.txt", ""),
    ],
)  # fmt: skip
def test_a_command_runs_where_the_request_names_what_it_uses(request_text: str, command: str, plan: str) -> None:
    assert run_plan(command, request_text) == plan


@pytest.mark.parametrize(
    ("request_text", "template", "language", "expected"),
    [
        ("Count all lines in a file", "wc {{[-l|--lines]}} {{path/to/file}}", "en",
         ("Count all lines in data.csv", "wc --lines data.csv")),
        ("转到指定的目录", "cd {{路径/到/目录}}", "zh", ("转到 backup 目录", "cd backup")),
        ("Show the help", "x {{path/to/file}}", "en", None),
        ("Do something", "x {{some odd thing}}", "en", None),
    ],
)  # fmt: skip
def test_placeholders_get_the_same_name_on_both_sides(
    request_text: str, template: str, language: str, expected: tuple[str, str] | None
) -> None:
    assert filled(request_text, template, language, 1) == expected
