"""The plan language: parse and print.

A plan is written as Python: calls joined by `|`, one pipe a line. It is read with `ast` and never evaluated;
anything but names of tools, literals and lists of literals is an error that points at its column.
`parse(print_plan(p)) == p` for every plan.
"""

from __future__ import annotations

import ast
import warnings

from llmsh.errors import PlanError
from llmsh.types import Argument, Call, Plan, Scalar, Source, Step

SOURCES = ("last", "stdin")
MAX_LENGTH = 20_000


def parse(text: str) -> Plan:
    """Read a plan from its text. Raises PlanError with the column of what is wrong."""
    # A byte of a name that is no UTF-8 is half a surrogate pair, which ast cannot read; its escape means the same.
    text = text.strip().encode("utf-8", "backslashreplace").decode("utf-8")
    if len(text) > MAX_LENGTH:
        raise PlanError(f"the plan is {len(text)} characters long, at most {MAX_LENGTH} are read", text[:80])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "\d" in a plan is a regular expression, not a mistake
            body = ast.parse(text).body
    except SyntaxError as error:
        column = _start_of(text, error.lineno or 1) + max(0, (error.offset or 1) - 1)
        raise PlanError(f"not a plan: {error.msg}", text, min(column, len(text)), EXPECTED) from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise PlanError(f"not a plan: {error}", text[:80], 0, EXPECTED) from None
    if not body:
        raise PlanError("the plan is empty", text, 0, EXPECTED)
    return Plan(tuple(_step(statement, text) for statement in body))


EXPECTED = 'a plan is calls joined by |, as in find_files("src", name="*.py") | count()'


def _column(node: ast.expr | ast.stmt | ast.keyword, text: str) -> int:
    """Where a node stands in the text, in characters; ast counts the bytes of its line."""
    start = _start_of(text, node.lineno)
    line = text[start:].split("\n", 1)[0]
    return start + len(line.encode("utf-8", "surrogatepass")[: node.col_offset].decode("utf-8", "ignore"))


def _start_of(text: str, number: int) -> int:
    """The position at which a line starts, counted from 1."""
    return sum(len(line) + 1 for line in text.split("\n")[: number - 1])


def _step(statement: ast.stmt, text: str) -> Step:
    if not isinstance(statement, ast.Expr):
        raise PlanError("a plan holds calls only", text, _column(statement, text), EXPECTED)
    parts = _pipe(statement.value, text)
    source = None
    if not isinstance(parts[0], ast.Call):
        source = _source(parts[0], text)
        parts = parts[1:]
    return Step(source, tuple(_call(part, text) for part in parts))


def _pipe(node: ast.expr, text: str) -> list[ast.expr]:
    """The parts of `a | b | c`, left to right; iterative, because a pipe of 5,000 calls must not overflow."""
    parts: list[ast.expr] = []
    while isinstance(node, ast.BinOp):
        if not isinstance(node.op, ast.BitOr):
            raise PlanError("only | joins calls", text, _column(node, text), EXPECTED)
        parts.append(node.right)
        node = node.left
    parts.append(node)
    return parts[::-1]


def _source(node: ast.expr, text: str) -> Source:
    if isinstance(node, ast.Name) and node.id in SOURCES:
        return Source(node.id)
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id in SOURCES:
        row = node.slice
        if isinstance(row, ast.Constant) and type(row.value) is int and row.value >= 1:
            return Source(node.value.id, row.value)
        raise PlanError("a row is a number from 1, as in last[2]", text, _column(row, text))
    raise PlanError("expected a call, last or stdin", text, _column(node, text), EXPECTED)


def _call(node: ast.expr, text: str) -> Call:
    if not isinstance(node, ast.Call):
        raise PlanError("expected a call after |", text, _column(node, text), EXPECTED)
    if not isinstance(node.func, ast.Name):
        raise PlanError("expected the name of a tool", text, _column(node.func, text), EXPECTED)
    options: dict[str, Argument] = {}
    for keyword in node.keywords:
        if keyword.arg is None:
            raise PlanError("** is no part of a plan", text, _column(keyword.value, text))
        if keyword.arg in options:
            raise PlanError(f"{keyword.arg} is given twice", text, _column(keyword, text))
        options[keyword.arg] = _argument(keyword.value, text)
    args = tuple(_argument(argument, text) for argument in node.args)
    return Call(node.func.id, args, tuple(options.items()), _column(node, text))


def _argument(node: ast.expr, text: str) -> Argument:
    if isinstance(node, ast.List | ast.Tuple):
        return tuple(_literal(item, text) for item in node.elts)
    return _literal(node, text)


def _literal(node: ast.expr, text: str) -> Scalar:
    negative = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)
    constant = node.operand if isinstance(node, ast.UnaryOp) and negative else node
    if isinstance(constant, ast.Constant):
        value = constant.value
        if negative and isinstance(value, int | float) and not isinstance(value, bool):
            return -value
        if not negative and (value is None or isinstance(value, str | bool | int | float)):
            return value
    raise PlanError("expected a text, a number, True, False, None or a list of them", text, _column(node, text))


def print_plan(plan: Plan) -> str:
    """The canonical text of a plan: one pipe a line, double quotes, lists in square brackets."""
    return "\n".join(print_step(step) for step in plan.steps)


def one_line(text: str) -> str:
    """A plan's text on one line, for people."""
    return "; ".join(text.splitlines())


def print_step(step: Step) -> str:
    """The canonical text of one pipe."""
    parts = [print_call(call) for call in step.calls]
    if step.source is not None:
        row = "" if step.source.row is None else f"[{step.source.row}]"
        parts.insert(0, step.source.name + row)
    return " | ".join(parts)


def print_call(call: Call) -> str:
    """The canonical text of one call."""
    shown = [print_argument(value) for value in call.args]
    shown += [f"{name}={print_argument(value)}" for name, value in call.options]
    return f"{call.tool}({', '.join(shown)})"


def print_argument(value: Argument) -> str:
    """A literal as the plan language writes it."""
    if isinstance(value, tuple):
        return "[" + ", ".join(print_argument(item) for item in value) + "]"
    if isinstance(value, str):
        return _quote(value)
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return "1e999" if value > 0 else "-1e999"
    return repr(value)


def _quote(text: str) -> str:
    """A text in double quotes, with everything that could move a cursor or end a line escaped."""
    quoted = []
    for char in text:
        if char in '"\\':
            quoted.append("\\" + char)
        elif char.isprintable():
            quoted.append(char)
        else:
            quoted.append(char.encode("unicode_escape", "surrogatepass").decode("ascii"))
    return '"' + "".join(quoted) + '"'
