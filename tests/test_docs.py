"""README says what is: its table equals the registry, its plugin works, its settings and commands exist."""

from __future__ import annotations

import re
from pathlib import Path

from llmsh.commands import COMMANDS
from llmsh.config import Folders
from llmsh.plugins import load
from llmsh.registry import Registry, derive
from llmsh.tools import built_in
from tests.docs import README, written

TEXT = README.read_text(encoding="utf-8")


def test_the_table_of_tools_is_the_registry() -> None:
    assert written(TEXT) == TEXT, "run: python -m tests.docs"


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
