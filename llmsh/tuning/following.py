"""Follow-ups that repeat the plan before with one thing changed: "same for .md", "in docs instead", "make it 10".

The change is done on the parsed plan. Requests that go on with the result itself ("delete those") are blocks of the
grammar: templates/following.txt.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

from llmsh.check import BoundCall, BoundPlan, check
from llmsh.errors import PlanError
from llmsh.prompt import Situation, facts_of
from llmsh.tuning.context import columns_here, names_here
from llmsh.tuning.drawing import expand
from llmsh.tuning.following_forms import FORMS
from llmsh.tuning.forms import Form, Slot, parse_form
from llmsh.tuning.samples import Sample
from llmsh.tuning.sampling import CHINESE, Earlier, Sampler
from llmsh.tuning.values_file import Value
from llmsh.tuning.wording import Wording, tidy
from llmsh.types import Argument, Call, Changes, Diff, Plan, Processes

OFTEN = (
    (
        "folder",
        "glob",
        "file",
        "word",
        "cell",
        "count",
        "age",
        "size",
        "again",
        "hidden",
        "ignore_case",
        "program",
        "port",
        "user",
        "envvar",
    ),
    (24, 14, 20, 14, 8, 10, 4, 4, 5, 4, 3, 4, 2, 2, 1),
)
"""How often each is changed."""
FLAGS = {"hidden": ("list_files", "tree"), "ignore_case": ("search", "search_files", "keep")}
"""What is turned on by saying so, and for which tools: for the others it means something else."""
SAID = {
    "where": {"value": "cell"}, "keep": {"pattern": "word"}, "drop": {"pattern": "word"}, "which": {"names": "program"},
    "processes": {"name": "program", "port": "port", "user": "user"}, "ports": {"port": "port"},
    "stop": {"name": "program"}, "environment": {"name": "envvar"}, "groups": {"user": "user"},
    "accounts": {"user": "user"}, "open_files": {"name": "program", "path": "file"},
}  # fmt: skip
"""Parameters beside those of files that people change by the new value alone, by tool."""
SAID_KINDS = ("cell", "program", "port", "user", "envvar")
"""Kinds that few tools have: their blocks are looked for."""
OWN_COLUMNS = (
    "name",
    "path",
    "modified",
    "size",
    "kind",
    "user",
    "status",
    "state",
    "protocol",
    "unit",
    "action",
    "difference",
)
"""Columns of results of ours: what they hold is not any word."""
TRIES = 150
COUNTING = ("first", "last", "largest", "smallest", "skip")
REPEATABLE = (
    "list_files",
    "processes",
    "memory",
    "disks",
    "cpu",
    "now",
    "ports",
    "find_files",
    "run",
    "uptime",
    "sensors",
)
"""Tools whose answer may be another one a moment later."""


@dataclass(frozen=True)
class Change:
    """One argument of a plan that may change, and the slot kind its new value is drawn from."""

    kind: str
    step: int = 0
    call: int = 0
    parameter: str = ""


class Follower:
    """Makes follow-ups over the turns that a sampler draws."""

    def __init__(self, sampler: Sampler) -> None:
        self._sampler = sampler
        alone = {id(block) for block in sampler.alone}
        rare = {kind: [tool for tool, named in SAID.items() if kind in named.values()] for kind in SAID_KINDS}
        self._blocks = {
            kind: [block for tool in tools for block in sampler.by_tool.get(tool, ()) if id(block) in alone]
            for kind, tools in {**FLAGS, **rare}.items()
        }
        self._forms = {
            kind: {"en": parse_form(english), "zh": parse_form(chinese)} for kind, (english, chinese) in FORMS.items()
        }

    def sample(self, rng: Random) -> Sample:
        """A follow-up. Raises PlanError where no turn was drawn that could be changed."""
        language = "zh" if rng.random() < CHINESE else "en"
        wanted = rng.choices(*OFTEN)[0]
        blocks = self._blocks.get(wanted, self._sampler.alone)
        for _ in range(TRIES):
            earlier = self._sampler.turn(blocks, language, rng)
            changes = [change for change in changeable(earlier.plan) if change.kind == wanted] if earlier else []
            if earlier is not None and changes:
                with contextlib.suppress(PlanError):  # the new value does not fit: another turn
                    return self._changed(earlier, rng.choice(changes), language, rng)
        raise PlanError(f"no turn was found whose {wanted} could be changed")

    def _changed(self, earlier: Earlier, change: Change, language: str, rng: Random) -> Sample:
        kind = {"file": "file", "folder": "subfolder"}.get(change.kind, change.kind)
        is_unsaid = kind == "again" or kind in FLAGS
        new = Value(plan=True, en=("",), zh=("",)) if is_unsaid else self._other(earlier, change, kind, rng)
        plan = earlier.plan.plan if kind == "again" else with_argument(earlier.plan, change, new.plan)
        bound = check(plan, self._sampler.registry)
        said = rng.choice(new.forms(language))
        text = "".join(
            "\ue000" if isinstance(part, Slot) else str(part) for part in self._parts(change.kind, language, rng)
        )
        request = self._sampler.typed(Wording(tidy(text, language), (said,)), language, rng)
        names = names_here(bound, self._sampler.slots, rng)
        columns = columns_here(bound, request, self._sampler.slots, rng)
        facts = facts_of(request, Situation(names, (), earlier.last, has_stdin=False, columns=columns))
        return Sample(request, bound.text, language, f"following/{change.kind}", earlier.turns, tuple(facts))

    def _parts(self, kind: str, language: str, rng: Random) -> list[object]:
        form: Form = self._forms[kind][language]
        return [part for part in expand(form, rng) if part]

    def _other(self, earlier: Earlier, change: Change, kind: str, rng: Random) -> Value:
        """Another value than the plan has. Raises PlanError where none was drawn."""
        old = earlier.plan.steps[change.step].calls[change.call].arguments[change.parameter]
        for _ in range(10):
            own = self._sampler.grammar.kind("following", kind)
            new = rng.choice(own) if own else self._sampler.slots.draw(kind, rng)
            if old not in {new.plan, (new.plan,)}:
                return new
        raise PlanError("no other value was drawn")


def changeable(bound: BoundPlan) -> Iterator[Change]:
    """The arguments of a plan that people change by saying the new value alone."""
    if len(bound.steps) > 1:
        return
    calls = bound.steps[0].calls
    if calls[0].tool.name in REPEATABLE and not any(
        call.tool.gives in (Changes, Diff, Processes) for call in calls[1:]
    ):
        yield Change("again")
    changes = [Change(kind, 0, index, name) for index, call in enumerate(calls) for name, kind in _kinds(call, index)]
    changes += [
        Change(flag, 0, index, flag)
        for index, call in enumerate(calls)
        for flag, tools in FLAGS.items()
        if call.tool.name in tools and call.arguments.get(flag) is False
    ]
    kinds = [change.kind for change in changes]
    yield from (change for change in changes if kinds.count(change.kind) == 1)  # else "same for x" could mean either


def _kinds(call: BoundCall, index: int) -> Iterator[tuple[str, str]]:
    """The parameters of a call that may change, and the slot kind of each."""
    named = SAID.get(call.tool.name, {})
    yield from (
        (name, named[name]) for name, value in call.arguments.items() if name in named and _is_said(call, value)
    )
    tests: dict[str, Callable[[Argument], str]] = {
        "name": _of_name, "folder": _of_nothing if index else _of_folder, "paths": _of_nothing if index else _of_paths,
        "pattern": lambda value: "word" if isinstance(value, str) and value.isalnum() else "",
        "min_size": lambda value: "size" if value else "", "newer_than": _of_age, "older_than": _of_age,
        "count": lambda value: "count" if call.tool.name in COUNTING and isinstance(value, int) and value > 1 else "",
    }  # fmt: skip
    for name, value in call.arguments.items():
        kind = tests[name](value) if name in tests else ""
        if kind and name not in named and call.tool.area in ("files", "rows"):
            yield name, kind


def _is_said(call: BoundCall, value: Argument) -> bool:
    """Whether an argument was given, and is one name or number; what a column must hold, where it may hold any word."""
    one = value[0] if isinstance(value, tuple) and len(value) == 1 else value
    if call.tool.name == "where":
        column, op = call.arguments["column"], call.arguments["op"]
        return isinstance(one, str) and one.isalpha() and op in ("=", "contains") and column not in OWN_COLUMNS
    return (isinstance(one, int) and one > 0) or (isinstance(one, str) and one.replace("_", "").isalnum())


def _of_nothing(_: Argument) -> str:
    return ""


def _of_name(value: Argument) -> str:
    return "glob" if isinstance(value, tuple) and len(value) == 1 and str(value[0]).startswith("*.") else ""


def _of_age(value: Argument) -> str:
    return "age" if isinstance(value, str) and value[:1].isdigit() and "-" not in value else ""


def _of_folder(value: Argument) -> str:
    one = value[0] if isinstance(value, tuple) and len(value) == 1 else value
    return "folder" if isinstance(one, str) and "." not in one.lstrip("./") and "*" not in one else ""


def _of_paths(value: Argument) -> str:
    if not isinstance(value, tuple) or len(value) != 1 or "*" in str(value[0]):
        return ""
    return "file" if "." in str(value[0]).lstrip("./") else "folder"


def with_argument(bound: BoundPlan, change: Change, value: Argument) -> Plan:
    """The plan with one argument changed."""
    steps = list(bound.plan.steps)
    calls = list(steps[change.step].calls)
    whole = bound.steps[change.step].calls[change.call]
    given = {name: item for name, item in whole.arguments.items() if not _is_default(whole, name, item)}
    calls[change.call] = Call(whole.tool.name, (), tuple({**given, change.parameter: value}.items()))
    steps[change.step] = replace(steps[change.step], calls=tuple(calls))
    return Plan(tuple(steps))


def _is_default(call: BoundCall, name: str, value: Argument) -> bool:
    parameter = next(item for item in call.tool.parameters if item.name == name)
    return not parameter.required and value == parameter.default
