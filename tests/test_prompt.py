"""What a tuned model is told: nothing of the tools it knows, the signatures of those it does not."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from llmsh.backends.base import Message
from llmsh.prompt import SIGNATURES, Prompter, Situation, signature_line, tuned_messages
from llmsh.registry import Registry, derive
from llmsh.tool import Example, tool
from llmsh.tools import built_in
from llmsh.types import LINE, PATH, Files, Route, Status, Text, Turn

NOTHING = Situation((), (), None, has_stdin=False)


def plugin(name: str, summary: str) -> Any:
    """A tool of that name, as a plugin would define it."""

    def function(title: str, *, loud: bool = False) -> Text:
        return Text(LINE, [])

    function.__name__ = name
    function.__doc__ = summary
    examples = tuple(Example(f"{summary.lower()} {number}", f'{name}("{number}")') for number in "abc")
    return derive(tool(examples=examples)(function), "plugin")


def registry(*plugins: Any) -> Registry:
    return Registry([*(derive(function) for function in built_in()), *plugins])


def test_a_tuned_model_reads_its_task_and_the_request_alone() -> None:
    prompt = Prompter(registry()).prompt("find  the python\tfiles", NOTHING, tuned=True)
    assert prompt.messages == (Message("system", ""), Message("user", "find the python files"))


def test_a_model_that_is_not_tuned_is_shown_examples() -> None:
    prompt = Prompter(registry()).prompt("find the python files", NOTHING, tuned=False)
    assert [message.role for message in prompt.messages] == ["system", *["user", "assistant"] * 6, "user"]


def test_a_plugin_tool_is_told_by_its_signature_and_summary() -> None:
    prompter = Prompter(registry(plugin("play_song", "Play a song by its title.")))
    prompt = prompter.prompt("gestern", NOTHING, tuned=True)
    told = "tool: play_song(title: text, *, loud=bool): Play a song by its title\ngestern"
    assert prompt.messages[-1] == Message("user", told)


def test_the_examples_of_plugin_tools_nearest_to_the_request_are_told() -> None:
    plugins = plugin("play_song", "Play a song."), plugin("water_plants", "Water the plants.")
    prompt = Prompter(registry(*plugins)).prompt("water the plants in c", NOTHING, tuned=True)
    told = prompt.messages[-1].content.split("\n")
    assert told[2:] == [
        'example: water the plants. c = water_plants("c")',
        'example: water the plants. a = water_plants("a")',
        "water the plants in c",
    ]


def test_what_comes_through_the_pipe_of_a_tool_stands_before_it() -> None:
    def seat(given: Text, /, rows: int) -> Text:
        """Seat the people that come through the pipe."""
        return given

    seating = derive(tool(examples=tuple(Example(word, "last | seat(2)") for word in "abc"))(seat), "plugin")
    assert signature_line(seating) == "tool: Text | seat(rows: int): Seat the people that come through the pipe"


def test_of_many_plugin_tools_those_nearest_to_the_request_are_told() -> None:
    names = [f"watch_{word}" for word in ("river", "train", "oven", "cat", "door", "clock", "lamp", "moon")]
    plugins = [plugin(name, f"Watch the {name.removeprefix('watch_')}.") for name in names]
    prompt = Prompter(registry(*plugins)).prompt("please watch the oven", NOTHING, tuned=True)
    *told, request = prompt.messages[-1].content.split("\n")
    assert request == "please watch the oven"
    assert len([line for line in told if line.startswith("tool: ")]) == SIGNATURES
    assert any(line.startswith("tool: watch_oven(") for line in told)


def test_the_turn_before_and_the_result_before_are_told() -> None:
    turns = [Turn(line, Route.ASK, Status.DONE, plan=plan) for line, plan in (("a", "one()"), ("b", "two()"))]
    last = Files((PATH,), [("a.py",), ("b.py",)])
    prompt = Prompter(registry()).prompt("delete those", Situation((), turns, last, has_stdin=False), tuned=True)
    assert prompt.messages[1:] == (
        Message("user", "b"),
        Message("assistant", "two()"),
        Message("user", 'last: Files, 2 rows: "a.py", "b.py"\ndelete those'),
    )


@pytest.mark.parametrize("name", ["request", "facts", "turns"])
def test_training_makes_the_same_messages_as_use(name: str) -> None:
    """Both go through one function: a parameter that use fills and training does not would be a difference."""
    from llmsh.tuning.samples import Sample

    assert name in inspect.signature(tuned_messages).parameters
    assert name in Sample.__dataclass_fields__
