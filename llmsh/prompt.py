"""What the model reads: the tools, some examples near to the request, where the user is, and the request.

The system message is the same for every line, so its state is kept; what follows it is short and bounded. The same
input gives the same bytes. Everything from the world (names, earlier rows) is cleaned and clipped here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from llmsh.backends.base import Message, Prompt
from llmsh.clean import clean_line
from llmsh.plan import print_argument
from llmsh.registry import Registry, Tool
from llmsh.retrieval import Retriever
from llmsh.tool import Example
from llmsh.types import Rows, Turn

EXAMPLES = 6
NAMES = 24
FOLLOWED = 2
MAX_REQUEST = 4_000

TASK = """\
You turn a request for a shell into a plan. A plan is calls joined by |, as in
find_files("src", name="*.py") | sort("size") | last(3)
Use only these tools and their arguments. Leave out what the request does not ask for. Keep names exactly as written.
`last` is the previous result, last[2] its second row, `stdin` the piped input.
If something needed is missing use ask(question); for small talk or knowledge answer(text);
if no tool can do it refuse(reason).
Tools:
"""


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
        self.stable = (Message("system", TASK + "\n".join(_line(tool) for tool in registry)),)

    def prompt(self, request: str, situation: Situation) -> Prompt:
        """The prompt for one request."""
        messages = list(self.stable)
        for example in reversed(self._retriever.nearest(request, EXAMPLES)):
            messages += _pair(example)
        for turn in _followed(situation.turns):
            messages += [Message("user", one_line(turn.line)), Message("assistant", turn.plan or "")]
        messages.append(Message("user", _facts(situation) + one_line(request)))
        return Prompt(tuple(messages), stable=len(self.stable))


def one_line(request: str) -> str:
    """A request on one line, without controls, clipped."""
    return clean_line(re.sub(r"\s+", " ", request.strip()))[:MAX_REQUEST]


def _line(tool: Tool) -> str:
    return f"{tool.signature()}  # {tool.summary}"


def _pair(example: Example) -> tuple[Message, Message]:
    return Message("user", example.request), Message("assistant", example.plan)


def _followed(turns: Sequence[Turn]) -> list[Turn]:
    return [turn for turn in turns if turn.plan][-FOLLOWED:]


def _facts(situation: Situation) -> str:
    """One line each: what is here, what the previous result was, whether input is piped in."""
    facts = ""
    if situation.names:
        facts += f"Here: {' '.join(clean_line(name)[:40] for name in situation.names[:NAMES])}\n"
    if situation.last is not None:
        facts += f"last: {_shown(situation.last)}\n"
    if situation.has_stdin:
        facts += "stdin: piped text\n"
    return facts


def _shown(rows: Rows) -> str:
    """Type, size and first values of a result: what "those" and "the second one" speak of."""
    kept = list(rows.rows)
    firsts = ", ".join(clean_line(print_argument(row[0]))[:40] for row in kept[:5])
    return f"{type(rows).__name__}, {len(kept)} rows: {firsts}"
