"""Every example of the tools that look at files is true in the example tree."""

from __future__ import annotations

from pathlib import Path

import pytest

from llmsh.check import check
from llmsh.plan import parse
from llmsh.registry import derive
from llmsh.tool import Example
from llmsh.tools.files.count_each import count_each
from llmsh.tools.files.count_matches import count_matches
from llmsh.tools.files.count_text import count_text
from llmsh.tools.files.disk_usage import disk_usage
from llmsh.tools.files.file_info import file_info
from llmsh.tools.files.file_type import file_type
from llmsh.tools.files.find_files import find_files
from llmsh.tools.files.list_files import list_files
from llmsh.tools.files.read import read
from llmsh.tools.files.search import search
from llmsh.tools.files.search_files import search_files
from llmsh.tools.files.tree import tree as tree_tool
from tests.tools.files.running import registry, run

TOOLS = [
    derive(function)
    for function in (
        count_each, count_matches, count_text, disk_usage, file_info, file_type, find_files, list_files, read, search,
        search_files, tree_tool,
    )
]  # fmt: skip
EXAMPLES = [example for tool in TOOLS for example in tool.examples]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.plan)
def test_an_example_finds_what_it_says(tree: Path, example: Example) -> None:
    found = [row[0] for row in run(example.plan).rows]
    if example.finds is not None:
        assert sorted(map(str, found)) == sorted(map(str, example.finds))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.plan)
def test_an_example_is_written_in_canonical_form(example: Example) -> None:
    assert check(parse(example.plan), registry()).text == example.plan


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_a_tool_has_examples_in_both_languages(tool) -> None:
    assert len(tool.examples) >= 4
    assert {example.language for example in tool.examples} == {"en", "zh"}


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_every_parameter_says_what_it_means(tool) -> None:
    assert [parameter.name for parameter in tool.parameters if not parameter.means] == []


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_a_tool_that_looks_only_reads(tree: Path, tool) -> None:
    arguments = {parameter.name: parameter.default for parameter in tool.parameters}
    effects = tool.effects(given=None, **arguments)
    assert (effects.writes, effects.deletes, effects.runs, effects.hosts) == ((), (), (), ())
