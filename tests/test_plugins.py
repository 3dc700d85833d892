from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from llmsh.check import check
from llmsh.config import Folders
from llmsh.errors import ToolFailed
from llmsh.plan import parse
from llmsh.plugins import load, plugin_tools
from llmsh.registry import Registry, Tool
from llmsh.tool import Example
from llmsh.types import Effects, Rows
from tests.examples_tree import plant

GOOD = '''
from __future__ import annotations
from dataclasses import dataclass
from llmsh.tool import Example, tool
from llmsh.types import LINE, Text

@dataclass
class Loud:
    mark: str = "!"

@tool(examples=(Example("a", "{name}()"), Example("b", "{name}()"), Example("c", "{name}()", language="zh")))
def {name}(word: str = "hey") -> Text:
    """Say it loudly."""
    return Text(LINE, [(word.upper() + Loud().mark,)])

def register(registry):
    registry.tool({name})
'''


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    (tmp_path / "plugins").mkdir()
    return Folders(str(tmp_path), str(tmp_path), str(tmp_path))


def write(folders: Folders, name: str, text: str) -> Path:
    path = Path(folders.config) / "plugins" / name
    path.write_text(text, encoding="utf-8")
    return path


def users(folders: Folders, registry: Registry | None = None) -> dict[str, tuple[tuple[str, ...], str]]:
    """The user's plugins by name: tools and error."""
    loaded = load(folders, Registry() if registry is None else registry)
    return {
        item.name: (tuple(tool.name for tool in item.tools), item.error.message if item.error else "")
        for item in loaded
        if item.origin == "your plugins folder"
    }


def test_a_users_plugin_registers_its_tool_with_its_origin(folders):
    write(folders, "loud.py", GOOD.format(name="shout"))
    registry = Registry()
    assert users(folders, registry) == {"loud": (("shout",), "")}
    tool = registry.get("shout")
    assert tool is not None
    assert (tool.origin, tool.area, tool.function().rows) == ("plugin loud", "plugins", [("HEY!",)])


BROKEN = {
    "syntax.py": ("def register(:", "plugin syntax cannot be loaded: SyntaxError", "syntax.py, line 1"),
    "raises.py": ("x = 1\nx / 0\n", "plugin raises cannot be loaded: ZeroDivisionError: division by zero", "line 2"),
    "leaves.py": ("import sys\nsys.exit(3)\n", "plugin leaves cannot be loaded: SystemExit: 3", "line 2"),
    "bytes.py": ("\0", "plugin bytes cannot be loaded", "bytes.py"),
    "silent.py": ("x = 1\n", "plugin silent has no register(registry)", "add one to"),
    "plain.py": ("def f(): ...\ndef register(r): r.tool(f)\n", "f (from plugin plain) is no tool", "mark it with"),
    "untyped.py": (GOOD.format(name="untyped").replace(" -> Text", ""), "must be annotated with what it gives", ""),
    "unknown.py": (GOOD.format(name="unknown").replace("-> Text", "-> Texts"), "NameError", "unknown.py"),
    "taken.py": (GOOD.format(name="notes"), "two tools are named notes", ""),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_plugin_is_named_and_the_others_go_on(folders, name):
    text, message, hint = BROKEN[name]
    write(folders, name, text)
    write(folders, "zz_good.py", GOOD.format(name="shout"))
    registry = Registry()
    loaded = {item.name: item for item in load(folders, registry)}
    error = loaded[name.removesuffix(".py")].error
    assert error is not None
    assert message in error.message
    assert hint in error.hint
    assert registry.get("shout") is not None
    assert registry.get("notes") is not None


def test_a_plugin_registers_all_of_its_tools_or_none(folders):
    two = GOOD.format(name="shout") + "\n    registry.tool(len)\n"
    write(folders, "half.py", two)
    registry = Registry()
    assert users(folders, registry) == {"half": ((), "len (from plugin half) is no tool")}
    assert registry.get("shout") is None


def test_a_users_file_replaces_the_shipped_plugin_of_the_same_name(folders):
    write(folders, "notes.py", GOOD.format(name="notes"))
    registry = Registry()
    assert users(folders, registry) == {"notes": (("notes",), "")}
    assert registry.get("note") is None


def test_what_a_plugin_prints_stays_out_of_the_data(folders, capsys):
    write(folders, "chatty.py", "print('hello')\n" + GOOD.format(name="shout").replace("from __future__", "#"))
    users(folders)
    assert capsys.readouterr() == ("", "hello\n")


def test_a_file_that_another_user_can_write_is_not_run(folders, tmp_path):
    marker = tmp_path / "ran"
    path = write(folders, "open.py", f"open({str(marker)!r}, 'w').close()\n")
    path.chmod(0o666)
    assert users(folders) == {"open": ((), "plugin open could have been written by another user")}
    assert not marker.exists()


def test_a_plugin_that_is_a_folder_or_a_pipe_is_refused(folders):
    os.mkfifo(Path(folders.config) / "plugins" / "pipe.py")
    (Path(folders.config) / "plugins" / "folder.py").mkdir()
    assert users(folders) == {
        "folder": ((), "plugin folder is no plain file"),
        "pipe": ((), "plugin pipe is no plain file"),
    }


def test_hidden_and_private_files_are_no_plugins(folders):
    for name in (".swap.py", "_helper.py", "notes.txt"):
        write(folders, name, "raise SystemExit")
    assert users(folders) == {}


def test_without_a_plugins_folder_only_the_shipped_ones_are_loaded(tmp_path):
    nowhere = str(tmp_path / "none")
    loaded = load(Folders(nowhere, nowhere, nowhere), Registry())
    shipped = [item for item in loaded if item.origin == "shipped with llmsh"]
    assert [(item.name, item.error) for item in shipped] == [("convert_units", None), ("notes", None)]


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with everything that could be mistaken for a plugin, on sys.path as `python -m` puts it."""
    root = tmp_path / "cloned"
    attack = f"open({str(tmp_path / 'ran')!r}, 'w').close()\n"
    for name in ("plugins/evil.py", "llmsh/plugins/evil.py", ".config/llmsh/plugins/evil.py", "evil.py", "notes.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(attack, encoding="utf-8")
    (root / "evil-1.0.dist-info").mkdir()
    (root / "evil-1.0.dist-info" / "entry_points.txt").write_text("[llmsh.plugins]\nevil = evil\n", encoding="utf-8")
    (root / "evil-1.0.dist-info" / "METADATA").write_text("Name: evil\nVersion: 1.0\n", encoding="utf-8")
    monkeypatch.chdir(root)
    monkeypatch.setattr(sys, "path", ["", str(root), *sys.path])
    return tmp_path / "ran"


def test_nothing_is_loaded_from_the_working_directory(folders, hostile):
    assert [item.name for item in load(folders, Registry()) if item.name == "evil"] == []
    assert not hostile.exists()


def test_an_installed_package_brings_its_plugin(folders, tmp_path, monkeypatch):
    site = tmp_path / "site"
    (site / "acme_llmsh-1.0.dist-info").mkdir(parents=True)
    (site / "acme_llmsh-1.0.dist-info" / "METADATA").write_text("Name: acme-llmsh\nVersion: 1.0\n", encoding="utf-8")
    points = "[llmsh.plugins]\nacme = acme_llmsh_plugin\n"
    (site / "acme_llmsh-1.0.dist-info" / "entry_points.txt").write_text(points, encoding="utf-8")
    (site / "acme_llmsh_plugin.py").write_text(GOOD.format(name="shout"), encoding="utf-8")
    monkeypatch.setattr(sys, "path", [*sys.path, str(site)])
    found = next(item for item in load(folders, Registry()) if item.name == "acme")
    assert (found.origin, found.path, found.error) == ("installed package acme-llmsh", "acme_llmsh_plugin", None)
    assert [function.__name__ for function in plugin_tools([found.path])] == ["shout"]


def test_the_worker_gets_the_same_functions_from_the_paths(folders):
    write(folders, "loud.py", GOOD.format(name="shout"))
    gone = str(Path(folders.config) / "plugins" / "gone.py")
    paths = [item.path for item in load(folders, Registry()) if item.error is None]
    names = [function.__name__ for function in plugin_tools([*paths, gone])]
    assert names == ["convert_units", "note", "notes", "shout"]


def shipped() -> Registry:
    registry = Registry()
    load(Folders("/nonexistent", "/nonexistent", "/nonexistent"), registry)
    return registry


EXAMPLES = [example for tool in shipped() for example in tool.examples]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "tree"
    root.mkdir()
    plant(root)
    monkeypatch.chdir(root)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def call(tool: Tool, **arguments: object) -> Rows:
    return tool.function(**arguments)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.request)
def test_an_example_of_a_shipped_plugin_is_canonical_and_finds_what_it_says(tree, example: Example):
    bound = check(parse(example.plan), shipped())
    assert bound.text == example.plan
    only = bound.steps[0].calls[0]
    only.tool.effects(given=None, **only.arguments)
    found = tuple(row[0] for row in call(only.tool, **only.arguments).rows)
    assert example.finds is None or found == example.finds


def test_notes_are_kept_on_one_line_and_found_by_a_word(tree):
    note, notes = shipped().get("note"), shipped().get("notes")
    assert note is not None
    assert notes is not None
    call(note, text="buy\nmilk", file="~/notes.txt")
    call(note, text="Train at 9:40", file="~/notes.txt")
    assert call(notes, about="train", file="~/notes.txt").rows == [("Train at 9:40",)]
    assert (tree / "notes.txt").read_text(encoding="utf-8") == "buy milk\nTrain at 9:40\n"
    assert note.effects(given=None, text="x", file="~/notes.txt") == Effects(writes=(str(tree / "notes.txt"),))


@pytest.mark.parametrize(
    ("amount", "unit", "to", "value"),
    [(3, "feet", "cm", 91.44), (1, "GB", "MB", 1000.0), (2, "hours", "min", 120.0), (0, "Celsius", "F", 32.0)],
)
def test_units_are_understood_as_people_write_them(amount, unit, to, value):
    convert = shipped().get("convert_units")
    assert convert is not None
    assert call(convert, amount=amount, unit=unit, to=to).rows == [(value,)]


@pytest.mark.parametrize(("unit", "to"), [("km", "kg"), ("parsec", "km"), ("C", "km")])
def test_units_that_do_not_fit_are_named(unit, to):
    convert = shipped().get("convert_units")
    assert convert is not None
    with pytest.raises(ToolFailed, match=f"{unit}"):
        call(convert, amount=1, unit=unit, to=to)
