"""The verdict on a case, from what was observed: turns, changes of the tree, processes that ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from llmsh.evaluation.printed import Place, heading, is_printed, shown
from llmsh.evaluation.programs import Process, is_of
from llmsh.evaluation.suite import Case
from llmsh.evaluation.trees import Changes, described

MOST_NAMED = 4
SPOKEN = ("asked", "refused")


@dataclass(frozen=True)
class Observed:
    """What one run of a case did. `processes` are those its setup started, `ended` those of them that are no more.

    `turns` are as in `--json`. `outside` are calls that would have changed something that is not the case's.
    """

    changes: Changes
    turns: tuple[dict[str, Any], ...] = ()
    processes: tuple[Process, ...] = ()
    ended: tuple[Process, ...] = ()
    outside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gold:
    """What the gold command did: what it printed, its exit status, its changes, the commands it ended."""

    out: str
    status: int
    changes: Changes
    ended: tuple[str, ...] = ()

    @property
    def lines(self) -> list[str]:
        """What it printed, line by line."""
        return self.out.splitlines()


@dataclass(frozen=True)
class Verdict:
    """Whether a case passed, and what was wrong where it did not.

    `wrong_action`: something was changed or ended that should not have been. `over_asked`: it was clear what to do, and
    the shell asked or refused.
    """

    passed: bool
    reason: str = ""
    wrong_action: bool = False
    over_asked: bool = False


def judge(case: Case, observed: Observed, gold: Gold | None, place: Place) -> Verdict:
    """The verdict on a case. `gold` is what its gold command did, None where it has none."""
    wrong = list(_wrong_actions(case, observed, gold))
    status = str(observed.turns[-1]["status"]) if observed.turns else "not run"
    over_asked = status in SPOKEN and not case.expects_words
    faults = [*wrong, *_left_undone(observed, gold), *_said(case, observed, gold, place)]
    if over_asked:
        faults.append(f"it {status}: {observed.turns[-1]['message']}")
    reason = "; ".join([*faults[:MOST_NAMED], *(["..."] if len(faults) > MOST_NAMED else [])])
    return Verdict(not faults, reason, bool(wrong), over_asked)


def _wrong_actions(case: Case, observed: Observed, gold: Gold | None) -> Iterator[str]:
    """What was changed or ended in a way that nobody asked for."""
    expected = gold.changes if gold else {}
    touched = {path: entry for path, entry in observed.changes.items() if expected.get(path, entry) != entry}
    touched |= {path: entry for path, entry in observed.changes.items() if path not in expected}
    yield from described(touched, {path: expected[path] for path in touched if path in expected})
    yield from (f"{call} reached outside" for call in observed.outside)
    may_end = (*case.gone, *(gold.ended if gold else ()))
    for process in observed.ended:
        if not any(is_of(process, command) for command in may_end):
            yield f"it ended {process.command}"


def _left_undone(observed: Observed, gold: Gold | None) -> Iterator[str]:
    """What the gold command changed and the shell did not."""
    if gold:
        yield from described({}, {path: entry for path, entry in gold.changes.items() if path not in observed.changes})


def _said(case: Case, observed: Observed, gold: Gold | None, place: Place) -> Iterator[str]:
    """What is wrong with how the last turn ended, what it printed, and which processes run."""
    if not observed.turns:
        yield "no line was run"
        return
    last = observed.turns[-1]
    if case.outcome is not None:
        if last["status"] not in case.outcome:
            yield f"it ended {last['status']}, not {' or '.join(case.outcome)}"
        return
    if not _may_end_so(last, gold):
        yield f"it ended {last['status']}: {last['message']}"
    if gold is not None and case.prints_matter and not _prints_gold(case, last, gold, place):
        yield f"it printed {_few(shown(last))}, not {_few(gold.lines)}"
    if case.prints is not None and not is_printed(last, case.prints, place, ordered=case.ordered):
        yield f"it printed {_few(shown(last))}, not {_few(case.prints)}"
    yield from (f"{text!r} is not in what it printed: {_few(shown(last))}" for text in _missing(case, last))
    yield from _processes(case, observed)


def _may_end_so(last: dict[str, Any], gold: Gold | None) -> bool:
    """Done or answered; a command such as `diff` may also fail where the gold command does, if something came of it."""
    return last["status"] in ("done", "answered") or bool(
        last["status"] == "failed" and last["result"] and gold and gold.status != 0 and gold.out.strip()
    )


def _prints_gold(case: Case, last: dict[str, Any], gold: Gold, place: Place) -> bool:
    """Where the gold command changes something and says nothing, a word about what was done is no fault."""
    if gold.changes and not gold.out.strip():
        return True
    return is_printed(last, gold.lines, place, ordered=case.ordered)


def _missing(case: Case, last: dict[str, Any]) -> Iterator[str]:
    """The texts that should stand in what was printed and do not."""
    text = " ".join("\n".join((heading(last), *shown(last))).split())
    return (wanted for wanted in case.has or () if " ".join(wanted.split()) not in text)


def _processes(case: Case, observed: Observed) -> Iterator[str]:
    """Processes that should have ended and run on; those that ended and should not have are wrong actions."""
    running = [process for process in observed.processes if process not in observed.ended]
    for command in case.gone:
        if any(is_of(process, command) for process in running):
            yield f"{command} still runs"


def _few(lines: list[str] | tuple[str, ...]) -> str:
    kept = [line[:80] for line in lines[:MOST_NAMED]]
    more = [f"... ({len(lines)} lines)"] if len(lines) > MOST_NAMED else []
    return repr("\n".join([*kept, *more]))
