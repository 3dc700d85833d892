"""Every text of llmsh that people read, found in its source. `python -m tests.messages` prints what zh.toml lacks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from llmsh import errors
from llmsh.language.catalogue import read_catalogue
from llmsh.registry import Registry, derive
from llmsh.render.words import AGES, count, dry_run_rows
from llmsh.tool import Kind
from llmsh.tools import built_in
from llmsh.types import Decision
from llmsh.units import show_seconds
from tests.message_values import HOLE, PACKAGE, Module, Sources, called, numbered

ERRORS = {name for name, item in vars(errors).items() if isinstance(item, type) and issubclass(item, Exception)}
SPEAKING = {
    **{name: {0: "message", 1: "hint"} for name in (*ERRORS, "ZygoteDied", "SourceFailed", "NotText")},
    "PlanError": {0: "message", 3: "hint"},
    "Verdict": {2: "reason"},
    "Setting": {3: "help"},
    "Command": {2: "help"},
    "Kind": {2: "means"},
    "Progress": {0: "what"},
    "Option": {99: "help"},
    "Argument": {99: "help"},
    "command": {99: "help"},
    "callback": {99: "help"},
    "_subcommand": {1: "help_text"},
    "_fail": {0: "message", 1: "hint"},
    "error": {0: "message", 1: "hint"},
    "note": {0: "text", 1: "text"},
    "_say": {0: "text"},
    "say": {0: "text"},
    "said": {0: "", 1: "", 2: ""},
    "translate": {0: "text"},
    "Executor": {99: "refused"},
    **{key: {99: "message"} for key in ("Turn", "replace")},
    "Column": {},
}
"""Which arguments of a call people read, by place and name."""

LISTS = {"notes", "problems"}
"""Names of lists of sentences; `lines` is one among the commands."""

GLUE = {f"{HOLE}; {HOLE}", f"{HOLE} {HOLE} ({HOLE}): {HOLE}"}
"""Messages made of nothing but other messages."""


def messages(sources: Sources) -> dict[str, str]:
    """Every template, with the place it was found first."""
    found: dict[str, str] = {}
    for module in sources.modules:
        name = str(module.path.relative_to(PACKAGE))
        for node, line in spoken(module, name):
            for value in sources.values(module, node):
                add(found, value, f"{name}:{line}")
    for value in sorted(sources.fragments):
        add(found, value, "a part of other messages")
    for value, place in tool_texts():
        add(found, value, place)
    return found | dict.fromkeys(drawn_words(sources), "where it is drawn")


def add(found: dict[str, str], value: str, place: str) -> None:
    """Keep a template that has words of its own."""
    if re.search(r"[A-Za-z]{2}", value) or value in GLUE:
        found.setdefault(numbered(value), place)


def spoken(module: Module, name: str) -> Iterator[tuple[ast.expr, int]]:
    """Expressions that become what people read."""
    lists = LISTS | ({"lines"} if name.startswith("commands/") else set())
    for node in ast.walk(module.tree):
        match node:
            case ast.Call():
                for value in arguments(node, lists):
                    yield value, node.lineno
            case ast.Assign(targets=[ast.Attribute(attr="state")], value=value):
                yield value, node.lineno
            case ast.Assign() | ast.AnnAssign() | ast.AugAssign() | ast.FunctionDef():
                yield from listed(node, lists, name)
            case ast.Tuple(elts=[_, said, _]) if name.startswith(("tools/files/", "tools/owning", "tools/shell/")):
                if isinstance(module.above.get(node), ast.Yield | ast.Return | ast.List):
                    yield said, node.lineno


def listed(node: ast.stmt, lists: set[str], name: str) -> Iterator[tuple[ast.expr, int]]:
    """The sentences of a list that a statement makes or adds to."""
    match node:
        case ast.Assign(targets=[ast.Name(id="LINES")], value=ast.Tuple(elts=rows)) if name == "commands/help.py":
            yield from ((row.elts[1], row.lineno) for row in rows if isinstance(row, ast.Tuple))
        case ast.Assign(targets=[ast.Name(id=target)], value=value) if target in lists:
            yield from items(value)
        case ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value) if target in lists:
            yield from items(value)
        case ast.AugAssign(target=ast.Name(id=target), value=value) if target in lists:
            yield from items(value)
        case ast.FunctionDef(name="notes") | ast.FunctionDef(name="_lines" | "_call"):
            if name.startswith(("commands/", "tools/")):
                for part in ast.walk(node):
                    if isinstance(part, ast.Return) and part.value is not None:
                        yield from items(part.value)


def arguments(call: ast.Call, lists: set[str]) -> Iterator[ast.expr]:
    """The arguments of a call that people read."""
    name = called(call)
    if name in ("append", "extend") and isinstance(call.func, ast.Attribute):
        owner = call.func.value
        if (getattr(owner, "id", None) or getattr(owner, "attr", None)) in lists:
            yield from (value for argument in call.args for value, _ in items(ast.List(elts=[argument])))
        return
    for place, keyword in SPEAKING.get(name, {}).items():
        if place < len(call.args):
            yield call.args[place]
        yield from (item.value for item in call.keywords if item.arg == keyword)
    for argument in (*call.args[2:3], *(item.value for item in call.keywords if item.arg == "notes")):
        yield from (value for value, _ in items(argument))  # Table(columns, rows, [a note])


def items(node: ast.expr) -> Iterator[tuple[ast.expr, int]]:
    """The sentences of a list that is written out."""
    match node:
        case ast.List(elts=parts):
            for part in parts:
                yield from items(part) if isinstance(part, ast.GeneratorExp) else [(part, getattr(part, "lineno", 0))]
        case ast.IfExp(body=body, orelse=other):
            yield from items(body)
            yield from items(other)
        case ast.ListComp(elt=part) | ast.GeneratorExp(elt=part):
            yield part, part.lineno


def tool_texts() -> Iterator[tuple[str, str]]:
    """What a tool says of itself: its summary, its parameters and their kinds."""
    for tool in Registry(derive(function) for function in built_in()):
        yield tool.summary, f"the docstring of {tool.name}"
        for parameter in tool.parameters:
            yield parameter.means, f"{parameter.name} of {tool.name}"
            if isinstance(parameter.kind, Kind):
                yield parameter.kind.means, f"the kind {parameter.kind.name}"


def drawn_words(sources: Sources) -> Iterator[str]:
    """Words that the renderers put together: verdicts, the labels of effects, amounts and the units of ages."""
    yield from (decision.value for decision in Decision)
    amounts = [count(1, "file"), count(2, "file"), *map(show_seconds, DURATIONS)]
    yield from (numbered(re.sub(r"[0-9.]+", HOLE, amount)) for amount in amounts)
    for module in sources.modules:
        if module.path.match("render/words.py"):
            pairs = (node for node in ast.walk(module.tree) if isinstance(node, ast.Tuple) and len(node.elts) in {2, 3})
            for pair in pairs:
                if isinstance(pair.elts[0], ast.Constant) and not isinstance(pair.elts[1], ast.Constant | ast.Tuple):
                    yield str(pair.elts[0].value)
            yield from (name for name, _, _ in AGES)


DURATIONS = (1, 90, 60, 3600, 3660, 3601, 86400, 90000, 86460, 86401)
"""Seconds whose two largest units are every pair there can be."""


def columns(sources: Sources) -> dict[str, str]:
    """Every name of a column that is written out."""
    found: dict[str, str] = {}
    for module in sources.modules:
        if module.path.parent.name == "evaluation":  # tables of figures, for those who train a model
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and called(node) == "Column" and node.args:
                for value in sources.values(module, node.args[0]):
                    if HOLE not in value and re.search("[a-z]{2}", value):
                        found.setdefault(value, f"{module.path.relative_to(PACKAGE)}:{node.lineno}")
    for row in dry_run_rows(()).columns:
        found.setdefault(row.name, "render/words.py")
    return found


def missing() -> list[str]:
    """A line for each text that zh.toml does not have, as it would be written there."""
    sources, sections = Sources(), read_catalogue()
    heads = sections.pop("columns")
    have = {text for section in sections.values() for text in section}
    lines = [f'{toml(text)} = ""  # {place}' for text, place in messages(sources).items() if text not in have]
    return lines + [
        f'{name} = ""  # [columns], {place}' for name, place in columns(sources).items() if name not in heads
    ]


def toml(text: str) -> str:
    """A text as TOML has it, in double quotes where it can."""
    import json

    return f"'{text}'" if '"' in text and "'" not in text else json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    print(*missing(), sep="\n")
