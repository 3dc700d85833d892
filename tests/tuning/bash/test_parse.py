from __future__ import annotations

import pytest

from llmsh.tuning.bash.parse import NotTranslated, Simple, Word, late, parse, written


def texts(command: str) -> list[list[list[str]]]:
    return [[[word.text for word in simple.words] for simple in pipeline] for pipeline in parse(command)]


def test_quotes_and_backslashes_are_taken_off() -> None:
    assert texts(r"""find . -name '*.c' -o -name "a b" -o -name \*.h""") == [
        [["find", ".", "-name", "*.c", "-o", "-name", "a b", "-o", "-name", "*.h"]]
    ]


def test_a_wildcard_that_is_not_quoted_is_a_pattern() -> None:
    assert parse("ls *.c '*.h'")[0][0].words == (Word("ls"), Word("*.c", pattern=True), Word("*.h"))


def test_pipes_and_several_commands_are_taken_apart() -> None:
    assert texts("mkdir a && cp x a; cat y | sort\npwd") == [
        [["mkdir", "a"]],
        [["cp", "x", "a"]],
        [["cat", "y"], ["sort"]],
        [["pwd"]],
    ]


def test_braces_become_words_each_once() -> None:
    words = texts("mkdir -p a/{b,c/{d,e}} f{1..3}")[0][0]
    assert sorted(words) == ["-p", "a/b", "a/c/d", "a/c/e", "f1", "f2", "f3", "mkdir"]


def test_redirections_are_kept_apart_from_words() -> None:
    assert parse("sort < in.txt >> out.txt 2>/dev/null")[0][0] == Simple(
        (Word("sort"),), reads=Word("in.txt"), writes=Word("out.txt"), appends=True
    )


def test_the_home_folder_is_known_by_two_names() -> None:
    assert parse('ls "$HOME/docs" ~/x')[0][0].words == (
        Word("ls"),
        Word("~/docs", home=True),
        Word("~/x", home=True),
    )


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("echo $X", "variables or command substitution"),
        ("rm `ls`", "variables or command substitution"),
        ("for f in *; do rm $f; done", "loops, conditions or variables"),
        ("diff <(ls a) <(ls b)", "jobs, groups, here-documents or process substitution"),
        ("sleep 5 &", "jobs, groups, here-documents or process substitution"),
        ("ls 2> errors", "standard error goes to a file"),
        ("echo 'a", "an unfinished quote"),
        ("ls 'a*'*", "a wildcard that is half quoted"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_reason(command: str, why: str) -> None:
    with pytest.raises(NotTranslated) as refused:
        parse(command)
    assert refused.value.message == why


@pytest.mark.parametrize(
    "command", ["find . -name '*.c'", "ls *.c", "grep 'a b' x | sort -r", "cat < in > out", "ls ~/docs"]
)
def test_what_is_written_reads_back_the_same(command: str) -> None:
    assert parse(written(parse(command))) == parse(command)


def test_a_list_is_written_to_its_file_once_it_is_whole() -> None:
    assert late(parse("find . > list")) == "out=$(find .) && printf '%s\\n' \"$out\" > list"
