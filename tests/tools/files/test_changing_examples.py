"""The examples of the tools that change files run in the example tree, also those that name no result."""

from __future__ import annotations

from pathlib import Path

import pytest

from llmsh.tool import Example
from llmsh.tools.files import CHANGING
from llmsh.tools.files.delete import delete
from tests.tools.files.acting import done, registry, run

TOOLS = registry()
EXAMPLES = [example for tool in TOOLS if tool.name in CHANGING for example in tool.examples]
ELSEWHERE = ("last", "stdin", "set_owner")
"""These need an earlier result, piped input or root: tests/test_examples.py gives them the first two."""
RUN = [example for example in EXAMPLES if not example.plan.startswith(ELSEWHERE) and "set_owner" not in example.plan]
TRASHED = ("todo.txt", "logo.png", "report.pdf", "笔记.txt")
"""What the examples bring back, or delete for good."""


@pytest.mark.parametrize("example", RUN, ids=lambda example: example.plan)
def test_an_example_finds_what_it_says(tree: Path, trash: Path, example: Example) -> None:
    if example.plan.startswith(("restore", "empty_trash")):
        for name in TRASHED:
            Path(name).touch()
        assert len(done(delete(paths=TRASHED))) == len(TRASHED)
    found = [row[0] for row in run(example.plan, TOOLS).rows]
    if example.finds is not None:
        assert sorted(map(str, found)) == sorted(map(str, example.finds))
