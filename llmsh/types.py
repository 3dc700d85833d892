"""Frozen values that pass between the stages; no behaviour.

Everything a tool takes from the pipe or gives to it is `Rows`: typed columns over tuples. The subclass decides what
may follow in a pipe and how the rows are drawn.

    Rows
    |- Table - Files (Changes, Tree), Matches, Processes
    |- Text - Diff, WorkingFolder, Question, Answer, Refusal
    `- Number
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

Scalar = str | int | float | bool | None
Row = tuple[Scalar, ...]
Argument = Scalar | tuple[Scalar, ...]  # what a plan may hold between brackets: a literal or a list of them


class Unit(StrEnum):
    """How the numbers of a column are to be read."""

    NONE = ""
    BYTES = "bytes"
    TIME = "time"  # seconds since the epoch
    SECONDS = "seconds"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Column:
    """The name of a column and the unit of its numbers."""

    name: str
    unit: Unit = Unit.NONE


@dataclass(frozen=True)
class Rows:
    """What flows through a pipe.

    `rows` may be a generator inside a worker (read it once); it is a list everywhere else. `notes` say what is
    missing ("2 folders could not be read"), complete once the rows are read. `title` names where they come from.
    """

    columns: tuple[Column, ...]
    rows: Iterable[Row]
    notes: list[str] = field(default_factory=list)
    title: str = ""


class Table(Rows):
    """Rows with any named columns."""


class Files(Table):
    """Files and folders; the first column is `path`, as the user would write it."""


class Changes(Files):
    """Files that were changed: `path`, `action` and, where it moved, `was`."""


class Tree(Files):
    """Files below a folder, parents before children, to be drawn as a tree."""


class Matches(Table):
    """Lines found in files: `path`, `line`, `text`."""


class Processes(Table):
    """Processes; the first column is `pid`."""


class Text(Rows):
    """Lines of text, in one column `line`, without their line ends."""


class Diff(Text):
    """A unified diff."""


class WorkingFolder(Text):
    """One line: the folder the session is in from now on."""


class Question(Text):
    """What the model asks back."""


class Answer(Text):
    """What the model says when nothing is to be done."""


class Refusal(Text):
    """Why the model will not or can not do it."""


class Number(Rows):
    """One number, in one row with one column `value`."""


LINE = (Column("line"),)
PATH = Column("path")
FILE_COLUMNS = (PATH, Column("size", Unit.BYTES), Column("modified", Unit.TIME), Column("kind"))
MATCH_COLUMNS = (PATH, Column("line"), Column("text"))
CHANGE_COLUMNS = (PATH, Column("action"), Column("was"))

ROW_TYPES: tuple[type[Rows], ...] = (
    Rows, Table, Files, Changes, Tree, Matches, Processes, Text, Diff, WorkingFolder, Question, Answer, Refusal, Number,
)  # fmt: skip


@dataclass(frozen=True)
class Effects:
    """Everything a call may do to the world, known before it runs. Paths are absolute once resolved.

    `network`: it may reach any host; `hosts` are named ones. `overwrites`: those of `writes` whose content is lost.
    """

    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    deletes: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    signals: tuple[int, ...] = ()
    overwrites: tuple[str, ...] = ()
    network: bool = False


@dataclass(frozen=True)
class Limits:
    """What one call may use: seconds, bytes of memory, rows and bytes of output, processes, bytes of one file."""

    seconds: float = 120.0
    memory: int = 2 << 30
    rows: int = 2_000_000
    output: int = 512 << 20
    processes: int = 64
    file: int = 1 << 30
    open_files: int = 1024


@dataclass(frozen=True)
class Call:
    """One call in a plan, as written: positional arguments, then named ones. `column` is where it stands, from 0."""

    tool: str
    args: tuple[Argument, ...] = ()
    options: tuple[tuple[str, Argument], ...] = ()
    column: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Source:
    """What a pipe starts from besides a call: `last`, `last[2]` (its second row) or `stdin`."""

    name: str
    row: int | None = None


@dataclass(frozen=True)
class Step:
    """One pipe: an optional source and the calls it goes through."""

    source: Source | None
    calls: tuple[Call, ...]


@dataclass(frozen=True)
class Plan:
    """Pipes, run in order; each one's result is `last` for the next."""

    steps: tuple[Step, ...]


class Route(StrEnum):
    """Which way a line takes."""

    ASK = "ask"
    COMMAND = "command"
    SLASH = "slash"
    PLAN = "plan"


class Decision(StrEnum):
    """What policy says of a call, in rising order of strictness."""

    ALLOW = "allow"
    ASK = "ask"
    DENY = "deny"


@dataclass(frozen=True)
class Verdict:
    """A decision, the name of the rule that made it, and the reason as a sentence for the user."""

    decision: Decision
    rule: str
    reason: str


class Status(StrEnum):
    """How a turn ended."""

    DONE = "done"
    FAILED = "failed"
    ASKED = "asked"
    ANSWERED = "answered"
    REFUSED = "refused"
    DENIED = "denied"


@dataclass(frozen=True)
class CallRecord:
    """What became of one call of a plan. `ok` is None where it was never run; `ms` is wall-clock milliseconds."""

    tool: str
    arguments: dict[str, Argument]
    effects: Effects
    verdict: Verdict
    ok: bool | None = None
    error: str | None = None
    ms: float = 0.0
    undo: str | None = None


@dataclass(frozen=True)
class ModelInfo:
    """Which model answered: catalogue name, sha256 of its file, adapter if any, seed."""

    name: str
    sha256: str
    adapter: str | None = None
    seed: int = 0


@dataclass(frozen=True)
class Timings:
    """Milliseconds spent in each part of a turn."""

    load: float = 0.0
    prefill: float = 0.0
    decode: float = 0.0
    run: float = 0.0
    total: float = 0.0


@dataclass(frozen=True)
class Turn:
    """The one record of what happened to a line: rendered, stored, exported as JSON, evaluated.

    `exit_status` is what `llmsh -c` leaves with, `plan` the plan's canonical text, `hint` what the user can do about
    `message`, `column` where in the line it is wrong, counted from 0. `unsure` says why the plan was doubted.
    """

    line: str
    route: Route
    status: Status
    exit_status: int = 0
    plan: str | None = None
    confidence: float | None = None
    message: str = ""
    hint: str = ""
    column: int | None = None
    unsure: str = ""
    calls: tuple[CallRecord, ...] = ()
    result: Rows | None = None
    model: ModelInfo | None = None
    timings: Timings = Timings()


@dataclass(frozen=True)
class Progress:
    """How far something slow has come. `unit` says what `done` and `total` count; `total` is None while unknown."""

    what: str
    done: float = 0.0
    total: float | None = None
    unit: Unit = Unit.NONE


@dataclass(frozen=True)
class Preview:
    """What a call is about to do, before it is approved: how many files and bytes (None: unknown)."""

    call: str
    effects: Effects
    verdict: Verdict
    files: int = 0
    size: int | None = None


Observe = Callable[[Progress], None]
Confirm = Callable[[Preview], bool]
