"""Which way a line takes: command, plan, slash command or plain language. Pure; it runs and reads nothing.

What is plainly a command is a command, what could be both is language: a sentence that is run as a command can do
harm, a command that is taken for a sentence only gives a plan to look at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from llmsh import route_words as known
from llmsh.errors import PlanError
from llmsh.plan import parse
from llmsh.route_reading import Has, Reading, World, read
from llmsh.shell_words import simple_commands
from llmsh.types import Route

CALL = re.compile(r"([a-z_][a-z0-9_]*)\(")
ARGUMENTS = re.compile(r"[a-z_]\w*\(\s*(?:[\"'\[)]|-?\d|[a-z_]+\s*=)")
SOURCE = re.compile(r"(?:last|stdin)\s*(?:\[|\|\s*([a-z_][a-z0-9_]*)\s*\()")
SLASH = re.compile(r"(/[a-z]+)(?:\s.*)?", re.DOTALL)
FUNCTION = re.compile(r"[A-Za-z_][\w-]*\s*\(\)\s*\{\s")
FOREIGN_SPEECH = re.compile(r"[\u3041-\u309f]|[，。？！：；]")


@dataclass(frozen=True)
class Routed:
    """The way of a line, the line without the sign that forced it, and why."""

    route: Route
    text: str
    reason: str


def route(line: str, programs: Has, tools: Has, exists: Has = lambda _path: False) -> Routed:
    """The way `line` takes. `programs`, `tools` and `exists` say whether there is a program, tool or file of a name."""
    text = line.strip()
    if text[:1] == "!":
        return Routed(Route.COMMAND, text[1:].strip(), "! forces a command")
    if text[:1] in ("?", "？"):
        return Routed(Route.ASK, text[1:].strip(), "? forces language")
    slash = SLASH.fullmatch(text)
    if slash and not exists(slash[1]) and not programs(slash[1]):
        return Routed(Route.SLASH, text, "/word is a command of llmsh")
    if _is_plan(text, tools):
        return Routed(Route.PLAN, text, "it is written as a plan")
    reason = _command(text, World(programs, exists))
    return Routed(Route.COMMAND, text, reason) if reason else Routed(Route.ASK, text, "it reads as plain language")


def _is_plan(text: str, tools: Has) -> bool:
    """Whether a line is a plan, or so clearly meant as one that an error in it should be pointed at."""
    source, call = SOURCE.match(text), CALL.match(text)
    if source is None and (call is None or not tools(call[1])):
        return False
    if source is not None and source[1] and not tools(source[1]):
        return False
    try:
        parse(text)
    except PlanError:
        return source is not None or ARGUMENTS.match(text) is not None
    return True


def _command(text: str, world: World) -> str:
    """Why a line is a command; empty where it is language."""
    parts = simple_commands(text)
    if not parts or FOREIGN_SPEECH.search(re.sub(r"'[^']*'|\"[^\"]*\"", "", text)):
        return ""
    if FUNCTION.match(text):
        return "it defines a function"
    firsts = [part.words[0].text if part.words else "" for part in parts]
    if firsts[0] in known.INNER:
        return ""
    for index, first in enumerate(firsts):
        closer = known.COMPOUND.get(first)
        if closer:  # "if it exists, delete it" never comes to its fi
            return f"{first} ... {closer}" if closer in firsts[index:] else ""
    ends = [index > 0 or part.then in ("|", "|&") for index, part in enumerate(parts)]
    readings = [read(part, world, piped=piped) for part, piped in zip(parts, ends, strict=True)]
    if len(readings) == 1:
        return "it has the shape of a command" if readings[0] >= Reading.SHAPED else ""
    if Reading.SPEECH in readings or max(readings) < Reading.COMMAND:
        return ""
    loose = any(part.then in (";", "&", "\n", "(", ")") for part in parts[:-1])
    if (
        loose and min(readings) < Reading.SHAPED
    ):  # "kill firefox & chrome", "open it; sort it": prose has these signs too
        return ""
    return "its parts are commands"
