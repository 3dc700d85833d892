"""The model that answers from a script."""

from __future__ import annotations

from pathlib import Path

import pytest

from llmsh.backends.base import Message, Prompt
from llmsh.backends.scripted import ScriptedBackend
from llmsh.errors import ConfigError


def asked(request: str) -> Prompt:
    return Prompt((Message("user", f"Here: a.txt\n{request}"),), stable=0)


def test_a_plan_is_said_with_certainty_and_has_no_alternatives() -> None:
    backend = ScriptedBackend({"x": "memory()"})
    found = backend.complete(asked("x"), None, 10)
    assert (found.text, found.probability, list(backend.alternatives(asked("x"), None, 10))) == ("memory()", 0.99, [])


def test_of_several_plans_the_first_is_said_and_the_others_are_alternatives() -> None:
    backend = ScriptedBackend({"x": [("memory()", 0.5), ("disks()", 0.3), ("users()", 0.1)]})
    others = backend.alternatives(asked("x"), None, 10)
    assert backend.complete(asked("x"), None, 10).probability == 0.5
    assert [(other.text, other.probability) for other in others] == [("disks()", 0.3), ("users()", 0.1)]


@pytest.mark.parametrize("text", ["[]", '{"x": []}', '{"x": [["memory()"]]}', '{"x": [["memory()", "much"]]}', "{"])
def test_a_script_that_cannot_be_read_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "script.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=str(path)):
        ScriptedBackend.from_file(str(path))
