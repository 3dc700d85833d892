"""Which models there are: the catalogue that ships with llmsh and the user's own models.toml, same form.

What does not belong here: fetching (fetch.py) and checking bytes (verify.py).
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from llmsh.config import Folders, bundled, read_toml
from llmsh.errors import ConfigError, NoModel

MODELS_FILE = "models.toml"
ROLES = ("planner", "writer")
WORDS = {str: "a text", int: "a whole number", bool: "true or false", list: "a list"}


@dataclass(frozen=True)
class HuggingFace:
    """A file of a Hugging Face repository at a pinned revision."""

    repository: str
    revision: str
    file: str


@dataclass(frozen=True)
class Packages:
    """Wheels on the package index that carry the file in parts: of each, in order, the member that fits the pattern."""

    names: tuple[str, ...]
    version: str
    member: str


ModelSource = HuggingFace | Packages


@dataclass(frozen=True)
class ModelSpec:
    """One model. Sizes are bytes. The user's own file has a `path`, and no sha256 that it could be held to."""

    name: str
    file: str
    size: int
    sha256: str | None
    licence: str = ""
    context: int = 4096
    memory: int = 0
    template: str = "gguf"
    adapter: str = ""
    roles: tuple[str, ...] = ROLES
    default: bool = False
    sources: tuple[ModelSource, ...] = ()
    path: str | None = None


@dataclass(frozen=True)
class Catalogue:
    """The models, in the order they are shown."""

    models: tuple[ModelSpec, ...]

    def default(self) -> ModelSpec:
        """The model that is used when none is named."""
        for model in self.models:
            if model.default:
                return model
        raise NoModel("no model in the catalogue is the default", "name one with --model NAME, see: llmsh models list")

    def find(self, name: str) -> ModelSpec:
        """The model of that name, or the user's own file where `name` is a path. "" is the default. Raises NoModel."""
        if not name:
            return self.default()
        for model in self.models:
            if model.name == name:
                return model
        if os.sep in name or name.endswith(".gguf"):
            return own_file(os.path.abspath(os.path.expanduser(name)))
        near = difflib.get_close_matches(name, [model.name for model in self.models], 2, 0.4)
        known = f"did you mean {' or '.join(near)}?" if near else "see: llmsh models list"
        raise NoModel(f"there is no model named {name}", f"{known} (a file of your own is named by its path)")


def own_file(path: str) -> ModelSpec:
    """A model that is the user's own file. Raises NoModel where there is none."""
    if not os.path.isfile(path):
        found = "a folder is there" if os.path.isdir(path) else "there is none"
        raise NoModel(f"expected a model file at {path}, {found}", "check the path, or see: llmsh models list")
    file = os.path.basename(path)
    return ModelSpec(file.removesuffix(".gguf"), file, os.path.getsize(path), None, path=path)


def load_catalogue(folders: Folders) -> Catalogue:
    """The models that ship with llmsh and the user's; one of the user's replaces ours of the same name.

    Raises ConfigError, naming the file, the model and what was expected.
    """
    models = {model.name: model for model in _from_file(bundled(MODELS_FILE), required=True)}
    users = _from_file(os.path.join(folders.config, MODELS_FILE), required=False)
    if any(model.default for model in users):
        models = {name: _not_default(model) for name, model in models.items()}
    models.update({model.name: model for model in users})
    return Catalogue(tuple(models.values()))


def _not_default(model: ModelSpec) -> ModelSpec:
    from dataclasses import replace

    return replace(model, default=False)


def _from_file(path: str, *, required: bool) -> list[ModelSpec]:
    table = read_toml(path, required=required)
    _known(table, ("models",), path)
    models = _get(table, "models", list, path, [])
    specs = [_spec(item, f"{path}, model {number}") for number, item in enumerate(models, 1)]
    if sum(spec.default for spec in specs) > 1:
        raise ConfigError(f"{path}: expected one default model, found several", "leave default = true at one")
    return specs


def _spec(item: Any, where: str) -> ModelSpec:
    table = _table(item, where)
    name = _get(table, "name", str, where)
    where = f"{where} ({name})"
    _known(table, tuple(field for field in ModelSpec.__dataclass_fields__ if field != "path"), where)
    file = _get(table, "file", str, where)
    if file != os.path.basename(file) or file in ("", ".", ".."):  # "../../.bashrc" must not leave the cache
        raise ConfigError(f"{where}: file must be a plain file name, found {file!r}")
    sha256 = _get(table, "sha256", str, where)
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise ConfigError(f"{where}: sha256 must be 64 hexadecimal digits in lower case, found {sha256!r}")
    roles = _texts(table, "roles", where, ROLES)
    if not set(roles) <= set(ROLES):
        raise ConfigError(f"{where}: roles are {' and '.join(ROLES)}, found {', '.join(roles)}")
    sources = _get(table, "sources", list, where, [])
    return ModelSpec(
        name=name,
        file=file,
        size=_get(table, "size", int, where),
        sha256=sha256,
        licence=_get(table, "licence", str, where, ""),
        context=_get(table, "context", int, where, 4096),
        memory=_get(table, "memory", int, where, 0),
        template=_get(table, "template", str, where, "gguf"),
        adapter=_get(table, "adapter", str, where, ""),
        roles=roles,
        default=_get(table, "default", bool, where, default=False),
        sources=tuple(_source(entry, f"{where}, source {number}") for number, entry in enumerate(sources, 1)),
    )


def _source(item: Any, where: str) -> ModelSource:
    table = _table(item, where)
    kind = _get(table, "kind", str, where)
    if kind == "huggingface":
        _known(table, ("kind", "repository", "revision", "file"), where)
        repository, revision, file = (_get(table, key, str, where) for key in ("repository", "revision", "file"))
        return HuggingFace(repository, revision, file)
    if kind == "packages":
        _known(table, ("kind", "names", "version", "member"), where)
        names = _texts(table, "names", where)
        for name in (*names, _get(table, "version", str, where)):  # they become part of an address and of a command
            if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._+-]*", name):
                raise ConfigError(f"{where}: {name!r} is no name or version of a package")
        return Packages(names, _get(table, "version", str, where), _get(table, "member", str, where))
    raise ConfigError(f"{where}: kind must be huggingface or packages, found {kind!r}")


def _table(item: Any, where: str) -> dict[str, Any]:
    if not isinstance(item, dict):
        raise ConfigError(f"{where}: expected a table, found {item!r}", "each model stands below [[models]]")
    return item


def _known(table: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            hint = f"did you mean {near[0]}?" if near else f"expected {', '.join(known)}"
            raise ConfigError(f"{where}: there is no key {key}", hint)


def _get(table: Mapping[str, Any], key: str, kind: type[Any], where: str, default: Any = None) -> Any:
    value = table.get(key, default)
    if value is None:
        raise ConfigError(f"{where}: {key} is missing", f"it must be {WORDS[kind]}")
    if type(value) is not kind:
        raise ConfigError(f"{where}: {key} must be {WORDS[kind]}, found {value!r}")
    return value


def _texts(table: Mapping[str, Any], key: str, where: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
    values = _get(table, key, list, where, None if default is None else list(default))
    if not values or not all(isinstance(value, str) for value in values):
        raise ConfigError(f"{where}: {key} must be a list of texts, found {values!r}")
    return tuple(values)
