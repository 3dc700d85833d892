from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from llmsh.registry import Registry, derive
from llmsh.tools import built_in
from llmsh.tuning.bash.flow import Look
from llmsh.tuning.bash.parse import parse
from llmsh.tuning.bash.prove import Court
from llmsh.tuning.bash.translate import Translation, translate

REGISTRY = Registry(derive(function) for function in built_in())


@pytest.fixture(scope="module")
def court(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Court]:
    with Court(str(tmp_path_factory.mktemp("court")), REGISTRY) as opened:
        yield opened


@pytest.mark.parametrize(
    "command",
    [
        "find /var/log -name '*.log' -size +10k -mtime +3",
        "find ~/docs -type d -perm 755",
        "find . -user somebody -name '*.txt'",
        r"find . -name '*.tmp' -exec rm {} \;",
        "grep -rl TODO --include='*.py' src",
        "cat words.txt | tr a-z A-Z | sort | uniq -c",
        "sed -i 's/old/new/' a.conf",
        "mkdir -p x/y && touch x/y/z",
        "tar czf out.tar.gz docs",
        "comm -23 a b",
        "md5sum *.iso > sums",
    ],
)
def test_a_right_translation_is_proved(court: Court, command: str) -> None:
    assert court.reason_against(translate(command, REGISTRY)) == ""


@pytest.mark.parametrize(
    ("command", "plan", "look", "why"),
    [
        ("find . -name '*.c'", 'find_files(name="*.h")', Look.LINES, "the outputs differ"),
        ("find . -type f -size +1M", 'find_files(kind="file")', Look.LINES, "the outputs differ"),
        ("find . -mtime -7", 'find_files(newer_than="8d")', Look.LINES, "the outputs differ"),
        ("head -n 3 a.txt", 'read("a.txt", first=4)', Look.LINES, "the outputs differ"),
        ("rm a.txt", 'delete("b.txt")', Look.CHANGE, "the changes differ"),
        ("chmod 600 a.txt", 'set_permissions("a.txt", mode="644")', Look.CHANGE, "the changes differ"),
    ],
)
def test_a_wrong_translation_is_refused(court: Court, command: str, plan: str, look: Look, why: str) -> None:
    wrong = Translation(plan, parse(command), look)
    right = translate(command, REGISTRY)
    assert court.reason_against(replace(right, plan=plan)) == "the plan depends on where the files are"
    trial = court._trials(parse(command), wrong)
    assert trial in (why, "the command fails", "nothing to see")
    assert trial != ""


def test_nothing_outside_the_trial_is_touched(court: Court, tmp_path: Path) -> None:
    victim = tmp_path / "victim.txt"
    victim.write_text("mine", encoding="utf-8")
    assert court.reason_against(translate(f"rm {victim}", REGISTRY)) == ""
    plan = Translation(f'delete("{victim}")', parse(f"rm {victim}"), Look.CHANGE)
    assert court._trials(plan.pipelines, plan) == "no tree: NotTranslated"
    assert court._bash(f"rm {victim}").ok is False
    assert victim.read_text(encoding="utf-8") == "mine"


def test_a_trial_gives_the_environment_back(tmp_path: Path) -> None:
    before, folder = dict(os.environ), os.getcwd()
    with Court(str(tmp_path), REGISTRY) as court:
        assert os.environ["HOME"] == court.home
        assert court.reason_against(translate("ls ~/docs", REGISTRY)) == ""
    assert (dict(os.environ), os.getcwd()) == (before, folder)
