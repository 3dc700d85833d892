"""What text an expression of the package may become, read from its source: templates with numbered holes."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import llmsh

PACKAGE = Path(llmsh.__file__).parent
HOLE = "\0"
LEFT_OUT = {"tuning"}
"""It is for those who train a model and speaks to them of its own files, in English."""
SENTENCE = re.compile(r"^ ?[a-z]{2,} |[ :][a-z]+(,? |$)")
"""A part of a message has words of its own: not `x.part`, not a rule of a grammar."""
DEEPEST, MOST = 8, 60
DEFINITIONS = (ast.FunctionDef, ast.Module, ast.Lambda)

Node = TypeVar("Node")
Values = list[str]
"""Templates in which HOLE stands for what is known only when the program runs; [HOLE] where nothing is known."""


@dataclass
class Module:
    """A file of the package, its functions by name, and above each node the one that holds it."""

    path: Path
    tree: ast.Module = field(init=False)
    above: dict[ast.AST, ast.AST] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tree = ast.parse(self.path.read_text(encoding="utf-8"))
        for node in ast.walk(self.tree):
            for child in ast.iter_child_nodes(node):
                self.above[child] = node

    def scope(self, node: ast.AST) -> ast.AST:
        """The function, or the module, that a node stands in."""
        found = self.above.get(node, self.tree)
        while not isinstance(found, ast.FunctionDef | ast.Module):
            found = self.above[found]
        return found


class Sources:
    """All modules of the package, and what their expressions may be."""

    def __init__(self, folder: Path = PACKAGE) -> None:
        paths = (path for path in sorted(folder.rglob("*.py")) if path.relative_to(folder).parts[0] not in LEFT_OUT)
        self.modules = [Module(path) for path in paths]
        self.fragments: set[str] = set()

    @cached_property
    def functions(self) -> dict[str, list[tuple[Module, ast.FunctionDef]]]:
        found: dict[str, list[tuple[Module, ast.FunctionDef]]] = {}
        for module in self.modules:
            for node in ast.walk(module.tree):
                if isinstance(node, ast.FunctionDef):
                    found.setdefault(node.name, []).append((module, node))
        return found

    @cached_property
    def calls(self) -> dict[str, list[tuple[Module, ast.Call]]]:
        found: dict[str, list[tuple[Module, ast.Call]]] = {}
        for module in self.modules:
            for node in ast.walk(module.tree):
                if isinstance(node, ast.Call):
                    found.setdefault(called(node), []).append((module, node))
        return found

    @cached_property
    def constants(self) -> dict[str, list[tuple[Module, ast.expr]]]:
        found: dict[str, list[tuple[Module, ast.expr]]] = {}
        for module in self.modules:
            for node in module.tree.body:
                for name, value in assigned(node):
                    found.setdefault(name, []).append((module, value))
        return found

    def values(self, module: Module, node: ast.AST | None, depth: int = 0) -> Values:
        """What an expression may be."""
        found = list(dict.fromkeys(self._values(module, node, depth))) if depth < DEEPEST else [HOLE]
        return found if 0 < len(found) <= MOST else [HOLE]

    def _values(self, module: Module, node: ast.AST | None, depth: int) -> Values:
        def of(part: ast.AST) -> Values:
            return self.values(module, part, depth + 1)

        match node:
            case ast.Constant(value=str(text)):
                return [text]
            case ast.JoinedStr(values=parts):
                return joined([self._part(module, part, depth) for part in parts])
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return joined([of(left), of(right)])
            case ast.IfExp(body=body, orelse=other):
                return [*of(body), *of(other)]
            case ast.BoolOp(op=ast.Or(), values=parts):
                return [value for part in parts for value in of(part)]
            case ast.BoolOp(op=ast.And(), values=parts):
                return ["", *of(parts[-1])]
            case ast.Subscript(value=ast.Name(id=name)) if name.isupper():
                return self._entries(module, name)
            case ast.Subscript(value=ast.Dict() as table):
                return self._table(module, table)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="get")) if name.isupper():
                return self._entries(module, name)
            case ast.Call():
                return self._returned(module, called(node), depth)
            case ast.Name(id=name):
                return self._named(module, node, name, depth)
        return [HOLE]

    def _part(self, module: Module, part: ast.expr, depth: int) -> Values:
        """A part of an f-string. A hole is filled where all that can stand there are words of ours."""
        if not isinstance(part, ast.FormattedValue):
            return self.values(module, part, depth + 1)
        found = self.values(module, part.value, depth + 1)
        if (
            part.conversion == -1
            and not isinstance(part.value, ast.Subscript)
            and not any(HOLE in value for value in found)
        ):
            return found
        self.fragments.update(value for value in found if part.conversion == -1 and SENTENCE.search(value))
        return [HOLE]

    def _entries(self, near: Module, name: str) -> Values:
        """The values of a table that is a constant."""
        tables = own(self.constants.get(name, []), near)
        return [value for home, table in tables for value in self._table(home, table)]

    def _table(self, module: Module, table: ast.expr) -> Values:
        return [self.values(module, value)[0] for value in table.values] if isinstance(table, ast.Dict) else [HOLE]

    def _returned(self, near: Module, name: str, depth: int) -> Values:
        """What functions of a name give back; a module's own come first."""
        found: Values = []
        for module, function in own(self.functions.get(name, []), near):
            if isinstance(function.returns, ast.Name) and function.returns.id == "str":
                for node in ast.walk(function):
                    if isinstance(node, ast.Return) and node.value is not None:
                        found += self.values(module, node.value, depth + 1)
        return found or [HOLE]

    def _named(self, module: Module, node: ast.AST, name: str, depth: int) -> Values:
        """What a name stands for: an assignment, a constant, an argument of whoever calls the function."""
        scope = module.scope(node)
        bound = [value for part in ast.walk(scope) for found, value in assigned(part) if found == name]
        if bound and isinstance(scope, ast.FunctionDef):
            return [text for value in bound for text in self.values(module, value, depth + 1)]
        if isinstance(scope, ast.FunctionDef) and name in parameters(scope):
            return self._passed(module, scope, name, depth)
        constants = own(self.constants.get(name, []), module) if name.isupper() else []
        return [text for home, value in constants for text in self.values(home, value, depth + 1)] or [HOLE]

    def _passed(self, near: Module, function: ast.FunctionDef, name: str, depth: int) -> Values:
        """What a parameter is given wherever its function is called: in its own module where that is private."""
        calls = self.calls.get(function.name, [])
        found: Values = []
        for module, call in own(calls, near) if function.name.startswith("_") else calls:
            value = argument(call, function, name)
            if value is not None:
                found += self.values(module, value, depth + 1)
        return found or [HOLE]


def own(found: list[tuple[Module, Node]], near: Module) -> list[tuple[Module, Node]]:
    """Those of a module itself, or all where it has none."""
    return [item for item in found if item[0] is near] or found


def called(call: ast.Call) -> str:
    """The last name of what is called."""
    match call.func:
        case ast.Name(id=name):
            return name
        case ast.Attribute(attr=name):
            return name
    return ""


def parameters(function: ast.FunctionDef) -> list[str]:
    """The names of a function's parameters."""
    every = function.args
    return [item.arg for item in (*every.posonlyargs, *every.args, *every.kwonlyargs)]


def argument(call: ast.Call, function: ast.FunctionDef, name: str) -> ast.expr | None:
    """What a call gives a parameter, or its default."""
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    places = [item.arg for item in (*function.args.posonlyargs, *function.args.args)]
    if places[:1] == ["self"]:
        places = places[1:]
    if name in places and places.index(name) < len(call.args):
        return call.args[places.index(name)]
    return None


def assigned(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Names and the values that a statement gives them."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            yield name, value
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            yield name, value
        case ast.NamedExpr(target=ast.Name(id=name), value=value):
            yield name, value
        case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
            for target, value in zip(targets, values, strict=False):
                if isinstance(target, ast.Name):
                    yield target.id, value


def joined(parts: list[Values]) -> Values:
    """All texts that parts make one after the other."""
    return [re.sub(f"{HOLE}+", HOLE, "".join(chosen)) for chosen in itertools.islice(itertools.product(*parts), MOST)]


def numbered(template: str) -> str:
    """A template with its holes numbered: `there is no {1}`."""
    holes = itertools.count(1)
    return re.sub(HOLE, lambda _: f"{{{next(holes)}}}", template)
