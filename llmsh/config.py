"""Settings and folders: one table, filled from defaults < config.toml < environment < flags.

What does not belong here: the catalogue of models (models/catalogue.py) and anything that creates a folder. A folder
is made by whoever writes into it, so a read-only or missing home stops nobody who only reads.
"""

from __future__ import annotations

import difflib
import os
import pwd
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from llmsh.errors import ConfigError

PREFIX = "LLMSH_"
LARGEST_FILE = 1 << 20
WORDS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
KINDS = {str: "a text", int: "a whole number", bool: "true or false", tuple: "a list of texts"}

Value = str | int | bool | tuple[str, ...]


@dataclass(frozen=True)
class Setting:
    """One thing that may be set. A number must lie in `span`, a text must be one of `choices` where there are any."""

    name: str
    type: type[str] | type[int] | type[bool] | type[tuple[str, ...]]
    default: Value
    help: str
    choices: tuple[str, ...] = ()
    span: tuple[int, int] = (0, 0)


SETTINGS = (
    Setting("mode", str, "ask", "how much may happen without a question", ("read-only", "ask", "auto")),
    Setting("model", str, "", "name in the catalogue, or path of a .gguf file; empty: the catalogue's default"),
    Setting("threads", int, 0, "threads that run the model; 0: one for each physical core", span=(0, 1024)),
    Setting("context", int, 8192, "tokens the model sees at once", span=(512, 1 << 20)),
    Setting("plan_tokens", int, 256, "tokens a plan may have at most", span=(16, 4096)),
    Setting("sure", int, 30, "confidence, in percent, from which a plan is taken as meant; 0: always", span=(0, 100)),
    Setting("sure_changing", int, 66, "the same for a plan that may change something", span=(0, 100)),
    Setting("language", str, "auto", "what llmsh speaks; auto: Chinese where the locale is", ("auto", "en", "zh")),
    Setting("history", bool, default=True, help="keep lines and their results in the history"),
    Setting("fetch_allow", tuple, (), "hosts of this machine or its networks to fetch from, such as localhost:8000"),
    Setting("limits", tuple, (), "limits of tools, such as run.seconds=60 or run.memory=2G; see llmsh tools NAME"),
    Setting("fetch_proxy", bool, default=False, help="fetch through the proxy that http_proxy and https_proxy name"),
)


@dataclass(frozen=True)
class Config:
    """The settings, by name; SETTINGS says what each means."""

    mode: str = "ask"
    model: str = ""
    threads: int = 0
    context: int = 8192
    plan_tokens: int = 256
    sure: int = 30
    sure_changing: int = 66
    language: str = "auto"
    history: bool = True
    fetch_allow: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    fetch_proxy: bool = False


@dataclass(frozen=True)
class Folders:
    """Where llmsh's own files are: settings and plugins, what it remembers, what it can fetch again."""

    config: str
    data: str
    cache: str


def find_folders(environment: Mapping[str, str]) -> Folders:
    """The three folders of the XDG base directory specification; none of them need exist."""
    home = environment.get("HOME") or _home()

    def below(variable: str, default: str) -> str:
        base = environment.get(variable, "")
        # The specification: a relative path is invalid. It would also mean the working directory, which is never read.
        return os.path.join(base if os.path.isabs(base) else os.path.join(home, default), "llmsh")

    return Folders(
        below("XDG_CONFIG_HOME", ".config"),
        below("XDG_DATA_HOME", os.path.join(".local", "share")),
        below("XDG_CACHE_HOME", ".cache"),
    )


def _home() -> str:
    """The home folder of the user's entry; the root where a container's user has none."""
    try:
        return pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:
        return "/"


def bundled(name: str) -> str:
    """The path of something that ships with llmsh: `data/NAME` in the installed package, NAME beside it in a checkout.

    Both are found from the package's own place, never from the working directory.
    """
    from importlib.resources import files  # 5 ms that --help does not need

    package = str(files("llmsh"))
    installed, above = os.path.join(package, "data", name), os.path.dirname(package)
    # In site-packages a folder `plugins` beside ours is somebody else's: only a checkout has pyproject.toml there.
    checkout = not os.path.exists(installed) and os.path.exists(os.path.join(above, "pyproject.toml"))
    return os.path.join(above, name) if checkout else installed


def load_config(environment: Mapping[str, str], file: str | None, flags: Mapping[str, object]) -> Config:
    """The settings that hold. A flag that is None was not given; a `file` that was named must exist.

    Raises ConfigError, naming the file, the line and what was expected.
    """
    path = file or os.path.join(find_folders(environment).config, "config.toml")
    values: dict[str, Value] = {setting.name: setting.default for setting in SETTINGS}
    values.update(_from_file(path, required=file is not None))
    for setting in SETTINGS:
        variable = PREFIX + setting.name.upper()
        if environment.get(variable):
            values[setting.name] = _read(setting, environment[variable], variable)
        if flags.get(setting.name) is not None:
            values[setting.name] = _check(setting, flags[setting.name], f"--{setting.name.replace('_', '-')}")
    return Config(**values)  # type: ignore[arg-type]


def _from_file(path: str, *, required: bool) -> dict[str, Value]:
    table = read_toml(path, required=required)
    known = {setting.name: setting for setting in SETTINGS}
    found = {}
    for key, value in table.items():
        where = f"{path}, line {_line(path, key)}"
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            hint = f"did you mean {near[0]}?" if near else f"the settings are {', '.join(known)}"
            raise ConfigError(f"{where}: there is no setting {key}", hint)
        found[key] = _check(known[key], value, f"{where}: {key}")
    return found


def read_toml(path: str, *, required: bool) -> dict[str, Any]:
    """A TOML file as a table; empty where the file need not exist and does not. Raises ConfigError."""
    import tomllib  # 2 ms that --help does not need

    try:
        if not stat.S_ISFIFO(os.stat(path).st_mode):  # opening a pipe that nobody writes to would wait for ever
            with open(path, "rb") as source:
                return tomllib.loads(source.read(LARGEST_FILE).decode("utf-8"))
    except (FileNotFoundError, NotADirectoryError) as error:
        if not required:
            return {}
        raise ConfigError(f"there is no {path}", "check the name, or leave the option out") from error
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}", "check its permissions") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"{path} is not valid TOML: {error}", "mend it or move it away") from error
    raise ConfigError(f"{path} cannot be read: expected a file, found a pipe", "check the name")


def _line(path: str, key: str) -> str:
    """The line on which a top-level key stands; "?" where it is written in some roundabout way."""
    with open(path, encoding="utf-8") as source:
        for number, line in enumerate(source, 1):
            if re.match(rf"\s*\[*\s*[\"']?{re.escape(key)}\b", line):
                return str(number)
    return "?"


def _read(setting: Setting, text: str, where: str) -> Value:
    """A value written in an environment variable."""
    if setting.type is bool:
        return _check(setting, WORDS.get(text.strip().lower(), text), where)
    if setting.type is tuple:
        return _check(setting, [word for word in re.split(r"[\s,]+", text) if word], where)
    if setting.type is int and re.fullmatch(r"\s*-?[0-9]{1,18}\s*", text):
        return _check(setting, int(text), where)
    return _check(setting, text, where)


def _check(setting: Setting, value: object, where: str) -> Value:
    if setting.type is tuple and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    if type(value) is not setting.type:  # exactly: a bool is an int to isinstance
        raise ConfigError(f"{where} must be {KINDS[setting.type]}, found {value!r}", setting.help)
    if setting.choices and value not in setting.choices:
        near = difflib.get_close_matches(str(value), setting.choices, 1)
        hint = f"did you mean {near[0]}?" if near else setting.help
        raise ConfigError(f"{where} must be one of {', '.join(setting.choices)}, found {value!r}", hint)
    low, high = setting.span
    if isinstance(value, int) and setting.type is int and not low <= value <= high:
        raise ConfigError(f"{where} must be from {low} to {high}, found {value}", setting.help)
    assert isinstance(value, str | int)  # noqa: S101  the first test says so, mypy cannot see it
    return value
