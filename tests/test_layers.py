"""The house rules that ruff, mypy and import-linter do not check."""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import llmsh

PACKAGE = Path(llmsh.__file__).parent
ROOT = Path(__file__).parent.parent
MODULES = sorted(PACKAGE.rglob("*.py"))
FILES = [*MODULES, *sorted((ROOT / "plugins").rglob("*.py")), *sorted((ROOT / "tests").rglob("*.py"))]
TABLES = {"tests/routing_lines.py"}
"""Files that hold data, one item a line."""
BOUNDARIES = {"cli.py main", "repl/loop.py _handle", "plugins.py _isolated", "sandbox/worker.py _attempt"}
"""Where everything is caught: cli main, the REPL loop, loading a plugin, worker main."""
BROAD = {"Exception", "BaseException"}
MUTABLE = {"list", "dict", "set", "defaultdict", "deque", "Counter", "OrderedDict"}
DISPLAYS = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
FOR_TUNING = {"llmsh.tuning.train", "llmsh.tuning.export"}
"""They import PyTorch, which nobody needs to use llmsh and which acts when it is imported."""
KEPT_OUT = {"llama_cpp", "rich", "typer", "prompt_toolkit"}
WORKER = """\
import sys
from llmsh.sandbox import zygote
tools = list(zygote._tools(None, sys.argv[1:]))
assert len(tools) > 90, tools
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
WATCHED = """\
import os, sys
from importlib import import_module
acts = {"subprocess.Popen", "os.fork", "os.posix_spawn", "os.exec", "os.system", "_thread.start_new_thread",
        "socket.connect", "socket.bind", "os.mkdir", "os.remove", "os.rename", "os.chdir", "os.putenv",
        "sqlite3.connect"}
said = []
def heard(event, arguments):
    if event in acts or event == "open" and (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        said.append(f"{name}: {event} {arguments}")
sys.addaudithook(heard)
for name in sys.argv[1:]:
    import_module(name)
print(*said, sep="\\n", end="")
"""


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def length(function: ast.FunctionDef) -> int:
    """Its lines from `def` on, without its docstring."""
    first = function.body[0]
    said = ast.get_docstring(function, clean=False) is not None
    return (function.end_lineno or 0) - function.lineno + 1 - (said and (first.end_lineno or 0) - first.lineno + 1)


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def fresh(program: str, *arguments: str) -> str:
    """What a program prints in an interpreter of its own, that finds the llmsh which is tested here."""
    find = f"import sys; sys.path.insert(0, {str(PACKAGE.parent)!r})\n"
    command = [sys.executable, "-B", "-c", find + program, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout


def test_no_file_is_longer_than_300_lines() -> None:
    lengths = {path.relative_to(PACKAGE.parent if path in MODULES else ROOT).as_posix(): path for path in FILES}
    counted = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in lengths.items()}
    assert {name: lines for name, lines in counted.items() if lines > 300 and name not in TABLES} == {}


def test_no_function_is_longer_than_60_lines() -> None:
    found = [(path.name, function.name, length(function)) for path in FILES for function in functions(parsed(path))]
    assert [each for each in found if each[2] > 60] == []


def test_half_of_all_functions_have_at_most_10_lines() -> None:
    assert statistics.median(length(function) for path in MODULES for function in functions(parsed(path))) <= 10


def test_everything_public_says_what_it_is() -> None:
    silent = []
    for path in MODULES:
        tree = parsed(path)
        classes = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name[0] != "_"]
        members = [node for parent in (tree, *classes) for node in parent.body]
        named = [node for node in members if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name[0] != "_"]
        silent += [f"{name_of(path)}.{node.name}" for node in named if not ast.get_docstring(node)]
        silent += [] if ast.get_docstring(tree) else [name_of(path)]
    assert silent == []


def handlers(tree: ast.Module) -> Iterator[tuple[str, ast.ExceptHandler]]:
    for function in functions(tree):
        for node in ast.walk(function):
            if isinstance(node, ast.ExceptHandler):
                yield function.name, node


def is_broad(caught: ast.expr | None) -> bool:
    if isinstance(caught, ast.Tuple):
        return any(map(is_broad, caught.elts))
    return caught is None or (isinstance(caught, ast.Name) and caught.id in BROAD)


def test_everything_is_caught_only_at_the_named_boundaries() -> None:
    """What is caught to clean up and raised again passes through."""
    found = set()
    for path in MODULES:
        for function, handler in handlers(parsed(path)):
            last = handler.body[-1]
            if is_broad(handler.type) and not (isinstance(last, ast.Raise) and last.exc is None):
                found.add(f"{path.relative_to(PACKAGE).as_posix()} {function}")
    assert found <= BOUNDARIES


def holds_state(node: ast.stmt) -> bool:
    """A list, dict or set under a name that is no constant's."""
    if not isinstance(node, ast.Assign | ast.AnnAssign):
        return False
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    variable = [target for target in targets if isinstance(target, ast.Name) and not target.id.isupper()]
    value = node.value
    made = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in MUTABLE
    return bool(variable) and (made or isinstance(value, DISPLAYS))


def test_no_module_keeps_state() -> None:
    kept = []
    for path in MODULES:
        tree = parsed(path)
        kept += [f"{name_of(path)}, line {node.lineno}" for node in tree.body if holds_state(node)]
        kept += [f"{name_of(path)}, line {node.lineno}" for node in ast.walk(tree) if isinstance(node, ast.Global)]
    assert kept == []


def test_no_module_does_anything_when_it_is_imported() -> None:
    names = [name_of(path) for path in MODULES if path.name != "__main__.py"]
    names = [name for name in names if name not in FOR_TUNING]
    assert fresh(WATCHED, *names) == ""


@pytest.mark.parametrize("plugins", [(), tuple(str(path) for path in sorted((ROOT / "plugins").glob("*.py")))])
def test_the_process_that_runs_tools_never_imports_a_model_or_a_screen(plugins: tuple[str, ...]) -> None:
    assert KEPT_OUT & set(fresh(WORKER, *plugins).split()) == set()
