"""Tools that do not exist, made from a family of them: another name, other parameters, another signature each time."""

from __future__ import annotations

import re
import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from llmsh.registry import PLAIN, Parameter, Tool
from llmsh.tool import Age, Kind, Path, Size, no_effects
from llmsh.tuning.invented.column_words import columns_in_chinese
from llmsh.tuning.invented.domains import Domain, Family, Slotted
from llmsh.tuning.invented.words import PARAMETERS_ZH
from llmsh.tuning.values_file import Value
from llmsh.types import Changes, Files, Limits, Number, Rows, Table, Text

GIVES: dict[str, type[Rows]] = {"Table": Table, "Text": Text, "Number": Number, "Files": Files, "Changes": Changes}
BASES: dict[str, type] = {"int": int, "float": float, "bool": bool}
TAKES: dict[str, type[Rows]] = {"lines": Text, "files": Files}
ALIASES: dict[str, typing.Any] = {"path": Path, "age": Age, "size": Size}
SYLLABLES = (
    "zor", "bix", "qua", "mel", "tri", "fos", "nu", "kel", "va", "dri", "pol", "ix", "ra", "sim", "tok", "we",
    "lum", "or",
)  # fmt: skip
EXTRA = (
    ("quiet", "bool"), ("account", "text"), ("profile", "text"), ("timeout", "int"), ("verbose", "bool"),
    ("server", "text"), ("dry_run", "bool"), ("user_id", "int"), ("cache", "bool"), ("retries", "int"),
    ("config", "path"), ("token", "text"),
)  # fmt: skip
"""Optional parameters that no request asks for: they are to be left out."""
CHINESE = 0.12
"""How often a tool has its parameters, choices and columns in Chinese."""
HAN = re.compile("[\u4e00-\u9fff]{1,8}")
FEWEST, MOST = 3, 7
"""So many choices are kept of a parameter that has more: at least, and at most."""


@dataclass(frozen=True)
class Invented:
    """A tool, and by which parameter name each slot of its family is given, what is piped in included.

    `kinds` are the values of the slots as this tool spells them, `columns` its columns where they are in Chinese.
    """

    tool: Tool
    family: Family
    domain: Domain
    names: dict[str, str]
    kinds: Mapping[str, tuple[Value, ...]]
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def piped(self) -> Slotted | None:
        """What comes through its pipe."""
        return next((item for item in self.family.parameters if item.piped), None)

    @property
    def required(self) -> frozenset[str]:
        """The slots that a request must hold."""
        return frozenset(item.slot for item in self.family.parameters if item.required)

    @property
    def optional(self) -> frozenset[str]:
        """The flags and choices that a request may hold."""
        items = [item for item in self.family.parameters if not item.required and item.kind in ("bool", "choice")]
        return frozenset(item.slot for item in items if item.slot in self.names)


def invent(domain: Domain, family: Family, taken: Sequence[str], rng: Random) -> Invented:
    """A tool of a family, under a name that is not taken."""
    name = _name(domain, family, rng)
    while name in taken:
        name = f"{name}_{rng.choice(SYLLABLES)}"
    kept = [item for item in family.parameters if item.required or rng.random() < 0.75]
    names: dict[str, str] = {}
    for item in kept:
        free = [choice for choice in item.names if choice not in names.values()]
        names[item.slot] = rng.choice(free) if rng.random() < 0.6 else free[0]
    chinese = rng.random() < CHINESE
    if chinese:
        names = _in_chinese(domain, kept, names)
    kinds = {**domain.kinds, **_respelled(domain, kept, rng, chinese=chinese)}
    own = replace(domain, kinds=kinds)
    parameters = _parameters(
        own, [item for item in kept if not item.piped], names, rng, filters=family.gives == "Table"
    )
    piped = next((item for item in kept if item.piped), None)
    summary = rng.choice(family.summaries)
    columns = _chinese_columns(summary, family) if chinese else {}
    summary = _with_columns(summary, family, columns, rng)
    tool = Tool(
        name=name, area="plugins", origin=f"plugin {domain.name}", summary=summary, parameters=parameters,
        takes=TAKES[piped.kind] if piped else None, needs_given=piped is not None, gives=GIVES[family.gives], also=(),
        examples=(), limits=Limits(), in_session=False, effects=no_effects, function=_never,
    )  # fmt: skip
    return Invented(tool, family, domain, names, kinds, columns)


def _in_chinese(domain: Domain, kept: Sequence[Slotted], names: Mapping[str, str]) -> dict[str, str]:
    """Names of parameters in Chinese: a flag is named as it is said."""
    spelled: dict[str, str] = {}
    for item in kept:
        name = PARAMETERS_ZH.get(names[item.slot], PARAMETERS_ZH.get(item.slot, names[item.slot]))
        if item.kind == "bool":
            said = [value.zh[0] for value in domain.kinds.get(item.slot, ()) if value.plan is True]
            name = next((text for text in said if HAN.fullmatch(text)), name)
        spelled[item.slot] = names[item.slot] if name in spelled.values() else name
    return spelled


def _chinese_columns(summary: str, family: Family) -> dict[str, str]:
    """The columns in Chinese; none where the summary has them already, or where one has no Chinese word."""
    columns = [name.rstrip("#") for name in family.columns]
    words = {column: next(iter(columns_in_chinese(family, column)), "") for column in columns}
    plain = len(columns) > 1 and sum(column in summary for column in columns) < 2
    return words if plain and all(words.values()) and len(set(words.values())) == len(columns) else {}


def _with_columns(summary: str, family: Family, written: Mapping[str, str], rng: Random) -> str:
    """A summary that names the columns of the rows."""
    columns = [name.rstrip("#") for name in family.columns]
    if len(columns) < 2 or sum(column in summary for column in columns) > 1:
        return summary
    columns = [written.get(column, column) for column in columns]
    listed = ", ".join(columns)
    style = rng.choice(("{}: {}", "{} ({})", "{}, with {}"))
    return style.format(summary, f"{', '.join(columns[:-1])} and {columns[-1]}" if "with" in style else listed)


def _respelled(domain: Domain, kept: Sequence[Slotted], rng: Random, *, chinese: bool) -> dict[str, tuple[Value, ...]]:
    """The choices as this tool has them: some of them, in capitals or Chinese now and then; they are said as ever."""
    style = 0.0 if chinese else rng.random()
    respelled: dict[str, tuple[Value, ...]] = {}
    for item in kept:
        values = domain.kinds.get(item.slot, ())
        if item.kind == "choice" and all(isinstance(value.plan, str) for value in values):
            some = rng.randint(FEWEST, min(MOST, len(values))) if len(values) > FEWEST else len(values)
            drawn = tuple(_spelled(value, style) for value in rng.sample(values, some))
            respelled[item.slot] = drawn if len({value.plan for value in drawn}) == some else values
    return respelled


def _spelled(value: Value, style: float) -> Value:
    if style < 0.10:
        return replace(value, plan=value.zh[0])
    if style < 0.15:
        return replace(value, plan=str(value.plan).upper())
    if style < 0.20:
        return replace(value, plan=value.en[0].replace(" ", "-"))
    return value


def _never(**_: object) -> Rows:
    """An invented tool is planned with and never run."""
    raise NotImplementedError


def _name(domain: Domain, family: Family, rng: Random) -> str:
    name = rng.choice(family.names)
    style = rng.random()
    if style < 0.10:
        return "".join(rng.sample(SYLLABLES, rng.choice((2, 3))))
    if style < 0.20 and domain.name not in name:
        return f"{domain.name}_{name}"
    if style < 0.25 and name.count("_") == 1:
        return "_".join(reversed(name.split("_")))
    return name


def _parameters(
    domain: Domain, kept: list[Slotted], names: dict[str, str], rng: Random, *, filters: bool
) -> tuple[Parameter, ...]:
    """Required parameters first; optional ones by name alone, mostly. Filters of rows do not filter by default."""
    required = [item for item in kept if item.required]
    optional = [item for item in kept if not item.required]
    for items in (required, optional):
        if rng.random() < 0.3:
            rng.shuffle(items)
    named = rng.random() < 0.75
    given = [_parameter(domain, item, names[item.slot], rng, positional=True) for item in required]
    given += [_parameter(domain, item, names[item.slot], rng, positional=not named, filters=filters)
              for item in optional]  # fmt: skip
    used = {item.name for item in given}
    for name, kind in rng.sample(EXTRA, rng.choice((0, 0, 0, 1, 1, 2))):
        if name not in used:
            given.append(_parameter(domain, Slotted("", (name,), kind, required=False), name, rng, positional=False))
    return tuple(given)


def _parameter(
    domain: Domain, item: Slotted, name: str, rng: Random, *, positional: bool, filters: bool = False
) -> Parameter:
    choices: tuple[str, ...] = ()
    base: type = BASES.get(item.kind, str)
    if item.kind == "choice":
        choices = tuple(dict.fromkeys(str(value.plan) for value in domain.kinds[item.slot]))
        kind = Kind("choice")
    elif item.kind in ALIASES:
        base, kind = typing.get_args(ALIASES[item.kind])
    else:
        kind = PLAIN[base]
    plain = filters and item.kind in ("text", "bool")
    default = None if item.required else _default(item, () if plain else domain.kinds.get(item.slot, ()), rng)
    return Parameter(name, kind, base, default, item.required, positional, choices, kind.means)


def _default(item: Slotted, values: Sequence[Value], rng: Random) -> str | int | float | bool | None:
    """A default that the signature shows, now and then: what a request says of it may then be left out of the plan."""
    if item.kind == "bool":
        denied = any(str(value.plan).lower() == "false" for value in values)
        return denied and rng.random() < 0.35
    if item.kind in ("int", "float", "text") and values and rng.random() < 0.3:
        value = rng.choice(values).plan
        if isinstance(value, int | float) and item.kind != "text":
            return float(value) if item.kind == "float" else int(value)
        if item.kind == "text":
            return str(value)
    return None
