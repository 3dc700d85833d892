"""The registry compiled to GBNF: which plans there are.

A rule for each tool's call, and one for each type that may flow, which lists the calls that take it. So a plan that
the grammar lets through has tools that exist, every argument it needs, each once and of the right kind, and pipes that
fit.
"""

from __future__ import annotations

from llmsh.check import fits
from llmsh.registry import Parameter, Registry, Tool
from llmsh.types import ROW_TYPES, Answer, Question, Refusal, Rows, Text, WorkingFolder

MAX_STEPS = 4
FINAL = (Question, Answer, Refusal, WorkingFolder)
"""What ends a pipe: nothing may follow it."""

VALUES = r"""
text ::= "\"" char{0,400} "\""
char ::= [^"\\\x00-\x1F\x7F] | "\\" [^\x00-\x1F\x7F]
int ::= "-"? [0-9]{1,10}
float ::= int ("." [0-9]{1,6})?
bool ::= "True" | "False"
size ::= "\"" [0-9]{1,12} ("." [0-9]{1,3})? [kKMGTP]? "B"? "\""
age ::= "\"" (ago | "today" | "yesterday" | date) "\""
ago ::= [0-9]{1,9} ("." [0-9])? ("s" | "min" | "m" | "h" | "d" | "w" | "mo" | "y")
date ::= [0-9]{4} "-" [0-9]{2} "-" [0-9]{2} ("T" [0-9]{2} ":" [0-9]{2} (":" [0-9]{2})?)?
lines ::= "\"" "-"? [0-9]{1,9} ("-" [0-9]{0,9})? "\""
mode ::= "\"" ([0-7]{3,4} | change ("," change){0,4}) "\""
change ::= [ugoa]{0,4} [-+=] [rwxXst]{1,5}
url ::= "\"http" "s"? "://" char{1,300} "\""
""".strip()
OWN_RULE = frozenset({"int", "float", "bool", "size", "age", "lines", "mode", "url"})


def grammar(registry: Registry, last: type[Rows] | None, *, has_stdin: bool) -> str:
    """The GBNF of all plans over a registry, given the type of the previous result and whether input is piped in."""
    tools = list(registry)
    rules = [f'root ::= step ("\\n" step){{0,{MAX_STEPS - 1}}}', f"step ::= {_starts(tools, last, has_stdin)}"]
    rules += [rule for tool in tools for rule in _call(tool)]
    rules += [_after(kind, tools) for kind in _flowing(tools, last, has_stdin)]
    return "\n".join([*rules, VALUES]) + "\n"


def _starts(tools: list[Tool], last: type[Rows] | None, has_stdin: bool) -> str:
    starts = [_then(tool, Rows) for tool in tools if not tool.needs_given]
    if last is not None:
        starts.append(f'"last" ("[" [1-9] [0-9]{{0,3}} "]")? {_rest(last)}')
    if has_stdin:
        starts.append(f'"stdin" {_rest(Text)}')
    return " | ".join(starts)


def _flowing(tools: list[Tool], last: type[Rows] | None, has_stdin: bool) -> list[type[Rows]]:
    """The types that can stand before a `|`, in a fixed order: the same registry gives the same bytes."""
    kinds = {tool.gives for tool in tools if tool.gives is not None} | ({last} if last else set())
    if has_stdin:
        kinds.add(Text)
    return [kind for kind in ROW_TYPES if kind in kinds and kind not in FINAL]


def _after(kind: type[Rows], tools: list[Tool]) -> str:
    """What may follow rows of one type."""
    calls = [_then(tool, kind) for tool in tools if tool.takes is not None and fits(kind, tool.takes)]
    return f'{_name(kind)} ::= "" | " | " ({" | ".join(calls)})' if calls else f'{_name(kind)} ::= ""'


def _then(tool: Tool, flowing: type[Rows]) -> str:
    return f"call-{_dashed(tool.name)} {_rest(tool.gives or flowing)}".rstrip()


def _rest(kind: type[Rows]) -> str:
    return "" if kind in FINAL else _name(kind)


def _name(kind: type[Rows]) -> str:
    return f"after-{kind.__name__.lower()}"


def _dashed(name: str) -> str:
    return name.replace("_", "-")


def _call(tool: Tool) -> list[str]:
    """The rules of one call: what is written by position, then what is written by name, both in the signature's order.

    What stands before `*` is written by name only where nothing was written by position. The order keeps a model from
    giving an argument twice, and it is the one of every example.
    """
    name = _dashed(tool.name)
    required = [parameter for parameter in tool.parameters if parameter.positional and parameter.required]
    optional = [parameter for parameter in tool.parameters if parameter.positional and not parameter.required]
    by_name = [*([] if required else optional), *(item for item in tool.parameters if not item.positional)]
    after_positions = _rest_rule(name, 0 if required else len(optional), by_name)
    if required:
        arguments = " ".join((_sequence(required), _nested(optional), after_positions))
    else:
        must = next((index for index, item in enumerate(by_name) if item.required), len(by_name))
        firsts = list(enumerate(by_name))[: must + 1]  # no argument may come first that lies behind a required one
        starts = [f"{_named(item)} {_rest_rule(name, index + 1, by_name)}" for index, item in firsts]
        if optional:
            starts.insert(0, " ".join((_value(optional[0]), _nested(optional[1:]), after_positions)))
        arguments = f"({' | '.join(starts)})" + ("?" if must == len(by_name) else "") if starts else ""
    rests = [
        f'rest-{name}-{index} ::= (", " {_named(item)}){"" if item.required else "?"} '
        + _rest_rule(name, index + 1, by_name)
        for index, item in enumerate(by_name)
    ]
    return [f'call-{name} ::= "{tool.name}(" {arguments} ")"', *rests]


def _rest_rule(name: str, index: int, by_name: list[Parameter]) -> str:
    """The rule for the arguments by name from one on; nothing where there are no more."""
    return f"rest-{name}-{index}" if index < len(by_name) else ""


def _named(parameter: Parameter) -> str:
    return f'"{parameter.name}=" {_value(parameter)}'


def _sequence(parameters: list[Parameter]) -> str:
    return ' ", " '.join(_value(parameter) for parameter in parameters)


def _nested(optional: list[Parameter]) -> str:
    """Each further position only after the one before it: `(", " a (", " b)?)?`."""
    return "".join(f'(", " {_value(parameter)} ' for parameter in optional) + ")?" * len(optional)


def _value(parameter: Parameter) -> str:
    if parameter.choices:
        return "(" + " | ".join(f'"\\"{choice}\\""' for choice in parameter.choices) + ")"
    rule = "int" if parameter.base is int else parameter.kind.name
    rule = rule if rule in OWN_RULE else "text"
    return f'({rule} | "[" {rule} (", " {rule}){{0,11}} "]")' if parameter.kind.many else rule
