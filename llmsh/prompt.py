"""What the model reads: its task, what the request may mean, and the request.

A model with an adapter was tuned to the tools that ship with llmsh: it is told nothing of them, only the signatures
of plugin tools and the nearest of their examples. Any other model is shown the examples nearest to the request instead:
signatures of the nearest tools made the untuned default model right less often, and those of all tools make its first
start some twenty seconds longer. What follows the system message is short and bounded; the same input gives the same
bytes. Everything from the world (names, earlier rows) is cleaned and clipped here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from llmsh.backends.base import Message, Prompt
from llmsh.clean import clean_line
from llmsh.columns import columns_line
from llmsh.plan import print_argument
from llmsh.registry import Registry, Tool
from llmsh.retrieval import Retriever
from llmsh.tool import Example
from llmsh.types import Rows, Status, Turn

EXAMPLES = 6
SIGNATURES = 4
PLUGIN_EXAMPLES = 2
NAMES = 8
FOLLOWED = 2
MAX_REQUEST = 4_000

TUNED = ""
"""A tuned model knows its task. (Without a system message the template would put in one of its own.)"""

TASK = """\
You turn a request for a shell into a plan. A plan is calls joined by |, as in
find_files("src", name="*.py") | sort("size") | last(3)
Use only tools that the examples show. Leave out what the request does not ask for. Keep names exactly as written.
`last` is the previous result, last[2] its second row, `stdin` the piped input.
If something needed is missing use ask(question); for small talk or knowledge answer(text);
if no tool can do it refuse(reason)."""


@dataclass(frozen=True)
class Situation:
    """What a request is read against: names in the working folder, earlier turns, the previous result, piped input.

    `columns` are those of the tables that the request names.
    """

    names: Sequence[str]
    turns: Sequence[Turn]
    last: Rows | None
    has_stdin: bool
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Prompter:
    """Builds prompts over one registry."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._plugins = {tool.name: tool for tool in registry if not tool.shipped}

    @cached_property
    def _retriever(self) -> Retriever:
        """An index of the examples: 30 ms that only a model which is shown them needs."""
        return Retriever.of(self._registry)

    @cached_property
    def _plugin_retriever(self) -> Retriever:
        return Retriever((Example(_words(tool), ""), name) for name, tool in self._plugins.items())

    @cached_property
    def _plugin_examples(self) -> Retriever:
        return Retriever((example, name) for name, tool in self._plugins.items() for example in tool.examples)

    def stable(self, *, tuned: bool) -> tuple[Message, ...]:
        """What every prompt starts with."""
        return (Message("system", TUNED if tuned else TASK),)

    def prompt(self, request: str, situation: Situation, *, tuned: bool) -> Prompt:
        """The prompt for one request, to a model that was tuned to the tools or to one that was not."""
        request = one_line(request)
        if not tuned:
            return self._with_examples(request, situation)
        turns = [(one_line(turn.line), turn.plan or "") for turn in _followed(situation.turns)[-1:]]
        facts = [*self._told(request, situation), *facts_of(request, situation)]
        return Prompt(tuned_messages(request, facts, turns), stable=1)

    def _told(self, request: str, situation: Situation) -> list[str]:
        """The tools that the model was not tuned to, those nearest to the request if there are many, and examples."""
        names = list(self._plugins)
        if len(names) > SIGNATURES:
            names = sorted(self._plugin_retriever.tools(request, SIGNATURES), key=names.index)
        examples = self._plugin_examples.nearest(request, PLUGIN_EXAMPLES, _absent(situation)) if names else ()
        return [*(signature_line(self._plugins[name]) for name in names), *map(example_line, examples)]

    def _with_examples(self, request: str, situation: Situation) -> Prompt:
        messages = list(self.stable(tuned=False))
        for example in reversed(self._retriever.nearest(request, EXAMPLES, _absent(situation))):
            messages += _pair(example)
        for turn in _followed(situation.turns):
            messages += [Message("user", one_line(turn.line)), Message("assistant", turn.plan or "")]
        messages.append(Message("user", "\n".join([*facts_of(request, situation), request])))
        return Prompt(tuple(messages), stable=1)


def tuned_messages(request: str, facts: Sequence[str], turns: Sequence[tuple[str, str]]) -> tuple[Message, ...]:
    """The whole prompt of a tuned model, in use and in training: earlier (request, plan) turns, facts, the request."""
    messages = [Message("system", TUNED)]
    for line, plan in turns:
        messages += [Message("user", line), Message("assistant", plan)]
    return (*messages, Message("user", "\n".join([*facts, request])))


def signature_line(tool: Tool) -> str:
    """How a tuned model is told of a tool that it does not know; what comes through its pipe stands before it."""
    given = f"{tool.takes.__name__} | " if tool.takes and tool.needs_given else ""
    return f"tool: {given}{tool.signature()}: {clean_line(tool.summary)}"


def example_line(example: Example) -> str:
    """How a tuned model is shown what such a tool answers."""
    return f"example: {one_line(example.request)} = {example.plan}"


def _words(tool: Tool) -> str:
    """All that is said of a tool, to be searched for."""
    requests = " ".join(example.request for example in tool.examples)
    return f"{tool.name.replace('_', ' ')} {tool.summary} {' '.join(tool.also)} {requests}"


def one_line(request: str) -> str:
    """A request on one line, without controls, clipped."""
    return clean_line(re.sub(r"\s+", " ", request.strip()))[:MAX_REQUEST]


def _pair(example: Example) -> tuple[Message, Message]:
    return Message("user", example.request), Message("assistant", example.plan)


def _absent(situation: Situation) -> tuple[str, ...]:
    """What a plan cannot start from here: an example that does would only mislead."""
    return (("last",) if situation.last is None else ()) + (() if situation.has_stdin else ("stdin",))


def said_before(request: str, situation: Situation) -> list[str]:
    """Every text that a plan can have its names from: the request, facts of it, the turns it may follow up."""
    turns = [text for turn in _followed(situation.turns) for text in (turn.line, turn.plan or "")]
    return [request, *facts_of(request, replace(situation, columns={})), *turns]  # a file's words are not the user's


def _followed(turns: Sequence[Turn]) -> list[Turn]:
    """The last turns with a plan. One that was asked about and not chosen is nothing to go on from."""
    return [turn for turn in turns if turn.plan and not (turn.unsure and turn.status is Status.ASKED)][-FOLLOWED:]


def facts_of(request: str, situation: Situation) -> list[str]:
    """One line each: names that may be meant, columns of tables, what the last result was, whether input is piped."""
    facts = []
    meant = _meant(request, situation.names)
    if meant:
        facts.append(f"Here: {' '.join(clean_line(name)[:40] for name in meant)}")
    for name, columns in situation.columns.items():
        facts.append(clean_line(columns_line(name, columns)))
    if situation.last is not None:
        facts.append(f"last: {_shown(situation.last)}")
    if situation.has_stdin:
        facts.append("stdin: piped text")
    return facts


def _meant(request: str, names: Sequence[str]) -> list[str]:
    """Names that a word of the request stands for, as "the readme" does for README.md.

    A name that is written out needs no mention, and every other name only leads a small model astray (measured).
    """
    words = set(re.findall(r"[a-z0-9]{4,}", request.lower()))
    return [name for name in names if name not in request and _stem(name) in words][:NAMES]


def _stem(name: str) -> str:
    return name.rstrip("/").split(".")[0].lower()


def _shown(rows: Rows) -> str:
    """Type, size and first values of a result: what "those" and "the second one" speak of."""
    kept = list(rows.rows)
    firsts = ", ".join(clean_line(print_argument(row[0]))[:40] for row in kept[:5])
    return f"{type(rows).__name__}, {len(kept)} rows: {firsts}"
