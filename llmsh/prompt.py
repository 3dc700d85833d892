"""What the model reads: its task, some examples near to the request, what the request may mean, and the request.

The prompt names no tool but those in the nearest examples: signatures of the nearest tools made the default model
right less often, and those of all tools make its first start some twenty seconds longer. What follows the system
message is short and bounded; the same input gives the same bytes. Everything from the world (names, earlier rows) is
cleaned and clipped here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from llmsh.backends.base import Message, Prompt
from llmsh.clean import clean_line
from llmsh.plan import print_argument
from llmsh.registry import Registry
from llmsh.retrieval import Retriever
from llmsh.tool import Example
from llmsh.types import Rows, Turn

EXAMPLES = 6
NAMES = 8
FOLLOWED = 2
MAX_REQUEST = 4_000

TASK = """\
You turn a request for a shell into a plan. A plan is calls joined by |, as in
find_files("src", name="*.py") | sort("size") | last(3)
Use only tools that the examples show. Leave out what the request does not ask for. Keep names exactly as written.
`last` is the previous result, last[2] its second row, `stdin` the piped input.
If something needed is missing use ask(question); for small talk or knowledge answer(text);
if no tool can do it refuse(reason)."""


@dataclass(frozen=True)
class Situation:
    """What a request is read against: names in the working folder, earlier turns, the previous result, piped input."""

    names: Sequence[str]
    turns: Sequence[Turn]
    last: Rows | None
    has_stdin: bool


class Prompter:
    """Builds prompts over one registry."""

    def __init__(self, registry: Registry) -> None:
        self._retriever = Retriever.of(registry)
        self.stable = (Message("system", TASK),)

    def prompt(self, request: str, situation: Situation) -> Prompt:
        """The prompt for one request."""
        request = one_line(request)
        messages = list(self.stable)
        for example in reversed(self._retriever.nearest(request, EXAMPLES, _absent(situation))):
            messages += _pair(example)
        for turn in _followed(situation.turns):
            messages += [Message("user", one_line(turn.line)), Message("assistant", turn.plan or "")]
        messages.append(Message("user", _facts(request, situation) + request))
        return Prompt(tuple(messages), stable=len(self.stable))


def one_line(request: str) -> str:
    """A request on one line, without controls, clipped."""
    return clean_line(re.sub(r"\s+", " ", request.strip()))[:MAX_REQUEST]


def _pair(example: Example) -> tuple[Message, Message]:
    return Message("user", example.request), Message("assistant", example.plan)


def _absent(situation: Situation) -> tuple[str, ...]:
    """What a plan cannot start from here: an example that does would only mislead."""
    return (("last",) if situation.last is None else ()) + (() if situation.has_stdin else ("stdin",))


def _followed(turns: Sequence[Turn]) -> list[Turn]:
    return [turn for turn in turns if turn.plan][-FOLLOWED:]


def _facts(request: str, situation: Situation) -> str:
    """One line each: names that may be meant, what the previous result was, whether input is piped in."""
    facts = ""
    meant = _meant(request, situation.names)
    if meant:
        facts += f"Here: {' '.join(clean_line(name)[:40] for name in meant)}\n"
    if situation.last is not None:
        facts += f"last: {_shown(situation.last)}\n"
    if situation.has_stdin:
        facts += "stdin: piped text\n"
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
