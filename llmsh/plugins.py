"""Find, load and isolate plugins: Python files and installed packages that register tools of their own.

    from llmsh.tool import Example, tool
    from llmsh.types import Text

    @tool(examples=(...))
    def shout(given: Text, /) -> Text: ...

    def register(registry):
        registry.tool(shout)

Order: those that ship with llmsh, the user's folder, installed packages (entry points `llmsh.plugins`). A user's file
replaces the one of the same name that ships with llmsh. Nothing is ever loaded from the working directory: a cloned
repository must not bring tools along.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import os
import stat
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2s
from types import ModuleType
from typing import TypeVar

from llmsh.config import Folders, bundled
from llmsh.errors import PluginError
from llmsh.registry import BUILT_IN, Registry, Tool, derive
from llmsh.tool import MARK
from llmsh.types import Rows

GROUP = "llmsh.plugins"
BUNDLED, USERS, PACKAGE = "shipped with llmsh", "your plugins folder", "installed package"

Function = Callable[..., Rows]
Marked = TypeVar("Marked", bound=Function)


@dataclass(frozen=True)
class Found:
    """A plugin before it is loaded. `path` is the absolute path of its file, or the module name of a package's."""

    name: str
    origin: str
    path: str


@dataclass(frozen=True)
class Loaded:
    """What became of a plugin: its tools, or the error that keeps all of them out."""

    name: str
    origin: str
    path: str
    tools: tuple[Tool, ...] = ()
    error: PluginError | None = None


class Registrar:
    """What a plugin's `register` is given."""

    def __init__(self, plugin: str) -> None:
        self.plugin = plugin
        self.functions: list[Function] = []

    def tool(self, function: Marked) -> Marked:
        """Register a function that is marked with @tool; gives it back."""
        if not hasattr(function, MARK):
            name = getattr(function, "__name__", repr(function))
            raise PluginError(f"{name} (from {self.plugin}) is no tool", "mark it with @tool(...) of llmsh.tool")
        self.functions.append(function)
        return function


def load(folders: Folders, registry: Registry) -> tuple[Loaded, ...]:
    """Load every plugin and register its tools. A broken one registers none; its error is in what is given back."""
    loaded = []
    for found in find_plugins(folders):
        try:
            tools = _tools(found, registry)
        except PluginError as error:
            loaded.append(Loaded(found.name, found.origin, found.path, error=error))
            continue
        for tool in tools:
            registry.add(tool)
        loaded.append(Loaded(found.name, found.origin, found.path, tools))
    return tuple(loaded)


def plugin_tools(paths: Iterable[str]) -> list[Function]:
    """The functions of the plugins at these paths, for the process that runs tools.

    The paths are those of `Loaded`, its error None. One that loads no more is left out here: its calls will say so.
    """
    functions = []
    for path in paths:
        with contextlib.suppress(PluginError):
            functions += _functions(Found(_name(path), "", path))
    return functions


def find_plugins(folders: Folders) -> list[Found]:
    """Every plugin there is, in the order they are loaded; nothing is imported."""
    users = _in_folder(os.path.join(folders.config, "plugins"), USERS)
    own = {found.name for found in users}
    ours = [found for found in _in_folder(bundled("plugins"), BUNDLED) if found.name not in own]
    return [*ours, *users, *_in_packages()]


def _in_folder(folder: str, origin: str) -> list[Found]:
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(".py") and name[0] not in "._")
    except OSError:  # no folder: no plugins
        return []
    return [Found(name.removesuffix(".py"), origin, os.path.join(folder, name)) for name in names]


def _in_packages() -> Iterator[Found]:
    """Entry points of installed packages; sys.path may hold the working directory (python -m), which is left out."""
    from importlib.metadata import distributions
    from site import getsitepackages, getusersitepackages

    here = _here()
    site = {os.path.realpath(path) for path in (*getsitepackages(), getusersitepackages())}
    places = [path for path in sys.path if path and (os.path.realpath(path) != here or here in site)]
    for distribution in distributions(path=places):
        for point in distribution.entry_points:
            if point.group == GROUP:
                yield Found(point.name, f"{PACKAGE} {distribution.name}", point.module)


def _here() -> str | None:
    try:
        return os.getcwd()
    except FileNotFoundError:  # it was deleted; a stat of it still succeeds
        return None


def _tools(found: Found, registry: Registry) -> tuple[Tool, ...]:
    """A plugin's tools, none of which is registered yet. Raises PluginError."""
    origin = f"{BUILT_IN} plugin {found.name}" if found.origin == BUNDLED else f"plugin {found.name}"
    with _isolated(found):
        tools = tuple(derive(function, origin) for function in _functions(found))
    trial = Registry(registry)  # all or none: half a plugin is harder to understand than none
    for tool in tools:
        trial.add(tool)
    return tools


def _functions(found: Found) -> list[Function]:
    """Import a plugin and let it register. Raises PluginError."""
    with _isolated(found):
        module = _import(found)
        if not hasattr(module, "register"):
            raise PluginError(f"plugin {found.name} has no register(registry)", f"add one to {found.path}")
        registrar = Registrar(f"plugin {found.name}")
        module.register(registrar)
        return registrar.functions


def _import(found: Found) -> ModuleType:
    if not os.path.isabs(found.path):
        return importlib.import_module(found.path)
    _check_owner(found)
    name = f"llmsh_plugin_{found.name}_{blake2s(found.path.encode(errors='surrogateescape')).hexdigest()[:8]}"
    spec = importlib.util.spec_from_file_location(name, found.path)
    if spec is None or spec.loader is None:
        raise PluginError(f"plugin {found.name} cannot be read as a Python file", found.path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # before it runs: dataclasses look their module up there
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _check_owner(found: Found) -> None:
    """A file that another user can change is another user's code. Raises PluginError."""
    status = os.stat(found.path)
    if not stat.S_ISREG(status.st_mode):
        raise PluginError(f"plugin {found.name} is no plain file", found.path)
    if found.origin == USERS and (status.st_uid not in (0, os.getuid()) or status.st_mode & stat.S_IWOTH):
        raise PluginError(f"plugin {found.name} could have been written by another user", f"chmod o-w {found.path}")


@contextlib.contextmanager
def _isolated(found: Found) -> Iterator[None]:
    """Whatever a plugin does wrong becomes a PluginError that names it; what it prints stays out of the data."""
    try:
        with contextlib.redirect_stdout(sys.stderr):
            yield
    except PluginError:
        raise
    except (Exception, SystemExit) as error:  # broad: it is somebody else's code; the other plugins and the shell go on
        message = f"plugin {found.name} cannot be loaded: {type(error).__name__}: {error}"
        raise PluginError(message, f"see {_place(found.path, error)}") from error


def _place(path: str, error: BaseException) -> str:
    """The file, and the last of its lines that the error came through."""
    if isinstance(error, SyntaxError) and error.filename == path:
        return f"{path}, line {error.lineno}"
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == path]
    return f"{path}, line {lines[-1]}" if lines else path


def _name(path: str) -> str:
    return os.path.basename(path).removesuffix(".py")
