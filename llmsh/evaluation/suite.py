"""Cases of a suite, read from a folder of .toml files; tests/suite/README.md of the repository describes the form."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Any

from llmsh.config import read_toml
from llmsh.errors import UsageError

STYLES = ("terse", "polite", "misspelled", "question", "half-command", "absolute", "follow-up")
LANGUAGES = ("en", "zh")
OUTCOMES = ("asked", "answered", "refused")
EXPECTED = ("gold", "prints", "has", "outcome", "gone", "alive")
HEAD = ("area", "language", "fixture", "case")
HOME = "{home}"


@dataclass(frozen=True)
class Case:
    """One or several lines and what must come of them.

    `fixture` is the absolute path of the script that builds the tree, "" where the tree starts empty. Of `gold`,
    `prints`, `has`, `outcome` and the two lists of processes one is given, the others are None or empty.
    """

    id: str
    area: str
    language: str
    style: str
    lines: tuple[str, ...]
    fixture: str = ""
    cwd: str = "."
    setup: str = ""
    stdin: str | None = None
    steps: int = 1
    gold: str | None = None
    ordered: bool = False
    prints_matter: bool = True
    prints: tuple[str, ...] | None = None
    has: tuple[str, ...] | None = None
    outcome: tuple[str, ...] | None = None
    gone: tuple[str, ...] = ()
    alive: tuple[str, ...] = ()

    @property
    def expects_words(self) -> bool:
        """Whether the right thing is to say something and do nothing."""
        return self.outcome is not None

    @property
    def about_processes(self) -> bool:
        """Whether it is judged by which processes run; one such case runs at a time, or one would stop another's."""
        return bool(self.gone or self.alive)

    @property
    def wanted(self) -> str:
        """What must come of it, in one line for a report."""
        if self.gold is not None:
            return self.gold
        for name, texts in (("prints", self.prints), ("has", self.has), ("outcome", self.outcome)):
            if texts is not None:
                return f"{name}: {', '.join(texts)}"
        return f"gone: {', '.join(self.gone)}; alive: {', '.join(self.alive)}"

    def at(self, home: str) -> Case:
        """The same case with `{home}` replaced by the home folder."""

        def put(text: str) -> str:
            return text.replace(HOME, home)

        def put_all(texts: tuple[str, ...] | None) -> tuple[str, ...] | None:
            return None if texts is None else tuple(map(put, texts))

        return replace(
            self,
            lines=tuple(map(put, self.lines)),
            setup=put(self.setup),
            gold=None if self.gold is None else put(self.gold),
            prints=put_all(self.prints),
            has=put_all(self.has),
        )


def read_suite(folder: str, only: str = "*") -> tuple[Case, ...]:
    """Every case whose id fits the pattern, file by file. Raises UsageError, naming the file and the case."""
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(".toml"))
    except OSError as error:
        raise UsageError(
            f"the suite {folder} cannot be read: {error.strerror}", "name a folder of .toml files"
        ) from None
    if not names:
        raise UsageError(f"the suite {folder} holds no .toml file", "name a folder of .toml files")
    cases: dict[str, Case] = {}
    for name in names:
        for case in _from_file(os.path.abspath(folder), name):
            if case.id in cases:
                raise UsageError(f"{name}: there are two cases {case.id}", "an id names one case of the whole suite")
            cases[case.id] = case
    chosen = tuple(case for case in cases.values() if fnmatchcase(case.id, only))
    if not chosen:
        raise UsageError(f"no case of {folder} fits {only}", f"ids look like {next(iter(cases), 'finding-en-001')}")
    return chosen


def _from_file(folder: str, name: str) -> Iterator[Case]:
    table = read_toml(os.path.join(folder, name), required=True)
    _known(table, HEAD, name)
    head = {key: _text(table, key, name) for key in ("area", "language")}
    _one_of(head["language"], LANGUAGES, f"{name}: language")
    fixture = _text(table, "fixture", name, "")
    items = table.get("case", [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise UsageError(f"{name}: case must be a list of tables", "each case stands below [[case]]")
    for number, item in enumerate(items, 1):
        where = f"{name}, case {item.get('id', number)}"
        yield _case({"fixture": fixture, **item}, head, folder, where)


def _case(item: Mapping[str, Any], head: Mapping[str, Any], folder: str, where: str) -> Case:
    _known(item, tuple(key for key in Case.__dataclass_fields__ if key not in ("area", "language")), where)
    values: dict[str, Any] = {key: READERS[key](item, key, where) for key in item if key in READERS}
    case = Case(id=_text(item, "id", where), style=_text(item, "style", where), **head, **values)
    _one_of(case.style, STYLES, f"{where}: style")
    if not case.lines:
        raise UsageError(f"{where}: lines is missing", "it must be a list of one or more texts")
    for outcome in case.outcome or ():
        _one_of(outcome, OUTCOMES, f"{where}: outcome")
    given = {"gone" if key == "alive" else key for key in EXPECTED if key in item}
    if len(given) != 1:
        found = " and ".join(key for key in EXPECTED if key in given) or "none"
        hint = "gone and alive may stand together"
        raise UsageError(f"{where}: expected one of {', '.join(EXPECTED)}, found {found}", hint)
    return _with_fixture(case, folder, where)


def _with_fixture(case: Case, folder: str, where: str) -> Case:
    if os.path.isabs(case.cwd) or ".." in case.cwd.split("/"):
        raise UsageError(f"{where}: cwd must be a folder below the home folder, found {case.cwd!r}")
    if not case.fixture:
        return case
    if not re.fullmatch(r"[\w.-]+", case.fixture):
        raise UsageError(f"{where}: fixture must be a plain name, found {case.fixture!r}")
    path = os.path.join(folder, "fixtures", f"{case.fixture}.sh")
    if not os.path.isfile(path):
        raise UsageError(f"{where}: there is no fixture {case.fixture}", f"expected the script {path}")
    return replace(case, fixture=path)


def _known(table: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            raise UsageError(
                f"{where}: there is no key {key}", f"did you mean {near[0]}?" if near else ", ".join(known)
            )


def _one_of(value: str, choices: tuple[str, ...], what: str) -> None:
    if value not in choices:
        raise UsageError(f"{what} must be one of {', '.join(choices)}, found {value!r}")


def _text(table: Mapping[str, Any], key: str, where: str, default: str | None = None) -> str:
    value = table.get(key, default)
    if not isinstance(value, str):
        found = "it is missing" if value is None else f"found {value!r}"
        raise UsageError(f"{where}: {key} must be a text, {found}")
    return value


def _texts(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = table[key]
    if not isinstance(value, list) or not value or not all(isinstance(text, str) and text.strip() for text in value):
        raise UsageError(f"{where}: {key} must be a list of texts, found {value!r}")
    return tuple(value)


def _flag(table: Mapping[str, Any], key: str, where: str) -> bool:
    value = table[key]
    if not isinstance(value, bool):
        raise UsageError(f"{where}: {key} must be true or false, found {value!r}")
    return value


def _steps(table: Mapping[str, Any], key: str, where: str) -> int:
    value = table[key]
    if type(value) is not int or value < 0:  # exactly: a bool is an int to isinstance
        raise UsageError(f"{where}: {key} must be a whole number, found {value!r}")
    return value


Reader = Callable[[Mapping[str, Any], str, str], Any]
READERS: dict[str, Reader] = {
    **dict.fromkeys(("fixture", "cwd", "setup", "stdin", "gold"), _text),
    **dict.fromkeys(("lines", "prints", "has", "outcome", "gone", "alive"), _texts),
    **dict.fromkeys(("ordered", "prints_matter"), _flag),
    "steps": _steps,
}
