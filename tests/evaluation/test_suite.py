from __future__ import annotations

from pathlib import Path

import pytest

from llmsh.errors import UsageError
from llmsh.evaluation.suite import Case, read_suite

HEAD = 'area = "finding"\nlanguage = "en"\n'
CASE = '[[case]]\nid = "a"\nstyle = "terse"\nlines = ["list"]\n'


def suite(tmp_path: Path, text: str) -> str:
    (tmp_path / "fixtures").mkdir()
    (tmp_path / "fixtures/shop.sh").write_text("mkdir shop\n", encoding="utf-8")
    (tmp_path / "one.toml").write_text(text, encoding="utf-8")
    return str(tmp_path)


def test_a_case_holds_what_its_file_says(tmp_path: Path) -> None:
    folder = suite(tmp_path, HEAD + 'fixture = "shop"\n' + CASE + 'gold = "ls {home}"\nordered = true\nsteps = 2\n')
    assert read_suite(folder) == (
        Case(
            "a", "finding", "en", "terse", ("list",), fixture=str(tmp_path / "fixtures/shop.sh"), steps=2,
            gold="ls {home}", ordered=True,
        ),
    )  # fmt: skip


def test_the_home_folder_stands_for_its_name(tmp_path: Path) -> None:
    folder = suite(tmp_path, HEAD + CASE.replace("list", "list {home}") + 'prints = ["{home}/a"]\n')
    case = read_suite(folder)[0].at("/tmp/home")
    assert (case.lines, case.prints) == (("list /tmp/home",), ("/tmp/home/a",))


def test_cases_are_chosen_by_a_pattern(tmp_path: Path) -> None:
    folder = suite(tmp_path, HEAD + CASE + 'gold = "ls"\n' + CASE.replace('"a"', '"b"') + 'gold = "ls"\n')
    assert [case.id for case in read_suite(folder, "b*")] == ["b"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('language = "en"\n', "one.toml: area must be a text, it is missing"),
        ('area = "x"\nlanguage = "fr"\n', "one.toml: language must be one of en, zh, found 'fr'"),
        (HEAD + "fixtures = 1\n", "one.toml: there is no key fixtures"),
        (HEAD + CASE, "one.toml, case a: expected one of gold, prints, has, outcome, gone, alive, found none"),
        (
            HEAD + CASE + 'gold = "ls"\nhas = ["x"]\n',
            "one.toml, case a: expected one of gold, prints, has, outcome, gone, alive, found gold and has",
        ),
        (HEAD + CASE + 'gold = ["ls"]\n', "one.toml, case a: gold must be a text, found ['ls']"),
        (HEAD + CASE + 'golden = "ls"\n', "one.toml, case a: there is no key golden"),
        (HEAD + CASE + 'has = "x"\n', "one.toml, case a: has must be a list of texts, found 'x'"),
        (HEAD + CASE + "has = []\n", "one.toml, case a: has must be a list of texts, found []"),
        (
            HEAD + CASE + 'outcome = ["done"]\n',
            "one.toml, case a: outcome must be one of asked, answered, refused, found 'done'",
        ),
        (
            HEAD + CASE.replace("terse", "curt") + 'gold = "ls"\n',
            "one.toml, case a: style must be one of terse, polite, misspelled, question, half-command, absolute, "
            "follow-up, found 'curt'",
        ),
        (HEAD + CASE.replace("id = ", "# ") + 'gold = "ls"\n', "one.toml, case 1: id must be a text, it is missing"),
        (HEAD + CASE + 'gold = "ls"\nfixture = "none"\n', "one.toml, case a: there is no fixture none"),
        (
            HEAD + CASE + 'gold = "ls"\nfixture = "../x"\n',
            "one.toml, case a: fixture must be a plain name, found '../x'",
        ),
        (
            HEAD + CASE + 'gold = "ls"\ncwd = "../x"\n',
            "one.toml, case a: cwd must be a folder below the home folder, found '../x'",
        ),
        (HEAD + CASE + 'gold = "ls"\nsteps = true\n', "one.toml, case a: steps must be a whole number, found True"),
        (HEAD + (CASE + 'gold = "ls"\n') * 2, "one.toml: there are two cases a"),
    ],
)
def test_a_malformed_file_is_named_with_what_is_wrong(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        read_suite(suite(tmp_path, text))
    assert raised.value.message == message


def test_what_is_no_toml_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"one\.toml is not valid TOML: .*line 1"):
        read_suite(suite(tmp_path, "area = \n"))


def test_a_folder_without_a_suite_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no .toml file"):
        read_suite(str(tmp_path))
    with pytest.raises(UsageError, match="cannot be read: No such file or directory"):
        read_suite(str(tmp_path / "none"))
