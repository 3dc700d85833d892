"""README says what is: its table equals the registry, its plugin works, its settings and commands exist."""

from __future__ import annotations

import re
from pathlib import Path

from llmsh.commands import COMMANDS
from llmsh.config import Folders
from llmsh.plugins import load
from llmsh.registry import Registry, derive
from llmsh.tools import built_in
from tests.docs import CHINESE, END, README, START, written

TEXT = README.read_text(encoding="utf-8")
CHINESE_TEXT = CHINESE.read_text(encoding="utf-8")


def blocks(text: str) -> list[str]:
    return re.findall(r"^```.*?^```$", text, re.MULTILINE | re.DOTALL)


def words(text: str) -> list[str]:
    """What stands between backquotes outside of blocks and of the table of tools."""
    told = text
    for left_out in (rf"{START}.*{END}", r"^```.*?^```$"):
        told = re.sub(left_out, "", told, flags=re.MULTILINE | re.DOTALL)
    return sorted(set(re.findall(r"`([^`]+)`", told)))


def test_the_table_of_tools_is_the_registry() -> None:
    for file in (README, CHINESE):
        assert written(file) == file.read_text(encoding="utf-8"), "run: python -m tests.docs"


def test_the_chinese_readme_has_the_same_commands_and_sections() -> None:
    assert blocks(CHINESE_TEXT) == blocks(TEXT)
    assert words(CHINESE_TEXT) == words(TEXT)
    assert re.findall(r"^#+ ", CHINESE_TEXT, re.MULTILINE) == re.findall(r"^#+ ", TEXT, re.MULTILINE)


def test_each_readme_leads_to_the_other_in_its_first_lines() -> None:
    assert f"({CHINESE.name})" in "".join(TEXT.splitlines()[:4])
    assert f"({README.name})" in "".join(CHINESE_TEXT.splitlines()[:4])


def test_the_plugin_in_readme_loads_and_its_example_is_true(tmp_path: Path) -> None:
    code = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    assert len(code) == 1
    (tmp_path / "plugins").mkdir()
    (tmp_path / "plugins/greet.py").write_text(code[0], encoding="utf-8")
    registry = Registry(derive(function) for function in built_in())
    loaded = load(Folders(str(tmp_path), "", ""), registry)
    assert [plugin.error for plugin in loaded] == [None] * len(loaded)
    greet = registry.get("greet")
    assert greet is not None
    assert list(greet.function("Ann").rows) == [("Hello, Ann!",)]
    assert list(greet.function("Bob", polite=True).rows) == [("Good day, Bob!",)]


def test_every_plan_in_readme_is_one() -> None:
    from llmsh.check import check
    from llmsh.plan import parse
    from llmsh.types import Files

    registry = Registry(derive(function) for function in built_in())
    plans = re.findall(r"^-> (.+)$", TEXT, re.MULTILINE)
    assert len(plans) >= 3
    assert [check(parse(plan), registry, last=Files).text for plan in plans] == plans


def test_every_subcommand_in_readme_exists() -> None:
    named = set(re.findall(r"llmsh (tools|models|plugins|history|config|mode|why|help)\b", TEXT))
    assert named <= {command.name for command in COMMANDS}
