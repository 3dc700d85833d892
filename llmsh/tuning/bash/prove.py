"""A translation on trial: the command and the plan run in the same tree and must print, or change, the same.

Only commands come here that were understood word for word, or that read alone (`rejecting`). Their absolute paths are
led below a folder of the trial; bash runs without a network, in a mount namespace where all else is read-only; the plan
is judged call by call, and what would reach outside is denied.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import TracebackType

from llmsh.check import check
from llmsh.executor import Executor
from llmsh.plain import plain_lines
from llmsh.plan import parse
from llmsh.registry import Registry
from llmsh.sandbox.client import Worker
from llmsh.session import Session
from llmsh.tuning.bash.compare import DIFFERENT, NOTHING, bare, same
from llmsh.tuning.bash.flow import Look
from llmsh.tuning.bash.leading import Leading
from llmsh.tuning.bash.meant import meant
from llmsh.tuning.bash.parse import NotTranslated, Pipeline, late
from llmsh.tuning.bash.samples_of import names_for
from llmsh.tuning.bash.shell import isolated
from llmsh.tuning.bash.snapshots import Snapshot, coarse, snapshot
from llmsh.tuning.bash.translate import Translation, translate_parsed
from llmsh.tuning.bash.tree import Filling, Tree
from llmsh.types import Decision, Effects, Rows, Verdict

FAILS = "the command fails"
RENAME = """#!/usr/bin/env perl
my $change = shift; @ARGV = map { chomp; $_ } <STDIN> unless @ARGV;
for (@ARGV) { my $old = $_; eval $change; die $@ if $@; rename $old, $_ if $old ne $_ && !-e $_; }
"""
"""The Perl rename, which a machine may lack."""
NAMED = re.compile(r"[\w*?\[\].]{2,}")
"""An argument that may be a name, or a pattern of names, in one folder."""
ORDERING = frozenset(("sort", "tac", "head", "tail", "nl"))
"""Programs after which the order of lines matters."""
SYSTEM = re.compile("/(proc|sys|run|var/run|usr)(/|$)")
"""What programs that tell of the machine read."""


@dataclass(frozen=True)
class Ran:
    """What running the command came to."""

    lines: list[str]
    after: Snapshot
    ok: bool


class Court:
    """Holds the worker and the folder of the trials, one at a time; while it is open, it is also the home."""

    def __init__(self, folder: str, registry: Registry) -> None:
        self.folder, self.registry = os.path.realpath(folder), registry
        self.work, self.root, self.home = (os.path.join(self.folder, name) for name in ("work", "root", "home"))
        self._worker = Worker()

    def __enter__(self) -> Court:
        programs = os.path.join(self.folder, "programs")
        os.makedirs(programs)
        os.makedirs(self.home)
        with open(os.path.join(programs, "rename"), "w", encoding="utf-8") as file:
            file.write(RENAME)
        os.chmod(file.name, 0o755)  # noqa: S103  it is a program
        self._before, self._cwd = dict(os.environ), os.getcwd()
        # the worker's own process is started with these, and effects resolve ~ with them
        os.environ.update({"HOME": self.home, "XDG_DATA_HOME": os.path.join(self.folder, "trash")})
        path = f"{programs}:{os.environ['PATH']}"
        self._environment = {"HOME": self.home, "PATH": path, "LANG": "C.UTF-8", "TZ": "UTC"}
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._worker.close()
        os.chdir(self._cwd)
        os.environ.clear()
        os.environ.update(self._before)

    def reason_against(self, translation: Translation, request: str = "") -> str:
        """Why a translation is not proved; nothing where it is."""
        if translation.look is Look.CHECKED:
            return ""
        leading = Leading(self.root)
        pipelines = tuple(leading.pipeline(pipeline) for pipeline in translation.pipelines)
        try:
            moved = translate_parsed(pipelines, self.registry, request)
        except NotTranslated as error:
            return f"elsewhere: {error.message}"
        if leading.undone(moved.plan) != leading.renamed(translation.plan):
            return "the plan depends on where the files are"
        return self._trials(pipelines, moved)

    def reason_against_reading(
        self, plan: str, pipelines: tuple[Pipeline, ...], look: Look, weaker: Sequence[str]
    ) -> str:
        """Why a plan is not believed to print what a command does; no tree may fail to tell it from weaker plans."""
        moved = Translation(plan, pipelines, look)
        verdict, told = FAILS, set[str]()
        for filling in Filling:
            try:
                self._build(moved, filling)
                self._add_named(pipelines)
                command = self._bash(late(pipelines))
                if not command.ok:
                    continue
                verdict = self._compared(plan, command, look, ordered=look is Look.LINES and _orders(pipelines))
            except (NotTranslated, OSError) as error:
                return f"no tree: {type(error).__name__}"
            if verdict not in ("", NOTHING):
                return verdict
            own = self._printed(plan)
            told.update(other for other in weaker if not verdict and self._printed(other) != own)
        return verdict or ("" if told == set(weaker) else "a weaker plan does the same")

    def _printed(self, plan: str) -> list[str]:
        """What a plan that only reads prints, in its order."""
        done = self._plan(plan)
        return [done] if isinstance(done, str) else [*plain_lines(done[0])]

    def _add_named(self, pipelines: tuple[Pipeline, ...]) -> None:
        """Files of the names that stand in the command, here and a folder below: whatever the plan made of them."""
        arguments = [word.text for pipeline in pipelines for simple in pipeline for word in simple.words[1:]]
        for pattern in filter(NAMED.fullmatch, arguments):
            for name in names_for(pattern):
                for path in (os.path.join(self.work, name), os.path.join(self.work, "sub", name)):
                    if not os.path.lexists(path) and os.path.isdir(os.path.dirname(path)):
                        with open(path, "w", encoding="utf-8") as file:
                            file.write("alpha\n")

    def _compared(self, plan: str, command: Ran, look: Look, *, ordered: bool) -> str:
        """Why a plan that only reads does not print what a command did, in the same order where that was made."""
        done = self._plan(plan)
        if isinstance(done, str):
            return f"the plan fails: {done}"
        against = same(look, command.lines, done[0])
        in_order = not ordered or [*map(bare, command.lines)] == [*map(bare, plain_lines(done[0]))]
        return against or ("" if in_order else DIFFERENT)

    def _trials(self, pipelines: tuple[Pipeline, ...], moved: Translation) -> str:
        """Trials with names as files, as folders and as empty folders: one must succeed and none may contradict."""
        proved, verdict = False, FAILS
        finds = moved.plan.startswith("find_files(") and "to=" not in moved.plan
        for filling in (Filling.FILES,) if finds else Filling:
            if filling is Filling.EMPTY and (proved or verdict != FAILS):
                break
            verdict = self._tried(pipelines, moved, filling)
            if verdict not in ("", FAILS, NOTHING):
                return verdict
            proved = proved or not verdict
        if verdict == NOTHING and 'time="changed"' in moved.plan and "older_than" in moved.plan:
            return ""  # nobody can make a file whose change lies back; both sides agree that there is none
        return "" if proved else verdict

    def _tried(self, pipelines: tuple[Pipeline, ...], moved: Translation, filling: Filling) -> str:
        try:
            return self._trial(pipelines, moved, filling)
        except (NotTranslated, OSError) as error:  # a path outside, a name too long, a file where a folder must be
            return f"no tree: {type(error).__name__}"

    def _trial(self, pipelines: tuple[Pipeline, ...], moved: Translation, filling: Filling) -> str:
        before = self._build(moved, filling)
        command = self._bash(late(tuple(meant(pipeline) for pipeline in pipelines)))
        piped = "find_files(" in moved.plan or "search" in moved.plan  # where one of many files fails, the rest counts
        if not command.ok and (not piped or command.after in ({}, before)):
            return FAILS
        if command.after != before:
            before = self._build(moved, filling)
        plan = self._plan(moved.plan)
        if isinstance(plan, str):
            return f"the plan fails: {plan}" if command.lines or command.after != before else NOTHING
        rows, after = plan
        times = "touch(" in moved.plan
        changed = coarse(after, before, times=times)
        if coarse(command.after, before, times=times) != changed:
            return "the changes differ"
        if moved.look is not Look.CHANGE:
            return same(moved.look, command.lines, rows)
        goes = moved.plan.startswith("change_folder(") and "\n" not in moved.plan  # it leaves the tree as it is
        return "" if goes or changed != coarse(before, before, times=times) else NOTHING

    def _build(self, moved: Translation, filling: Filling) -> Snapshot:
        for folder in (self.work, self.root, self.home):
            shutil.rmtree(folder, ignore_errors=True)
            os.makedirs(folder)
        os.chdir(self.work)
        words = [word.text for pipeline in moved.pipelines for simple in pipeline for word in simple.words]
        Tree(self.folder, self.work, filling, words).build(check(parse(moved.plan), self.registry))
        return self._snapshot()

    def _bash(self, command: str) -> Ran:
        said = isolated(command, self.folder, self.work, self._environment)
        return Ran(list(said.lines), {} if said.late else self._snapshot(), said.ok)

    def _plan(self, plan: str) -> tuple[Rows, Snapshot] | str:
        session = Session({**os.environ, **self._environment, "PWD": self.work})
        executor = Executor(self._worker, session, judge=self._judge, confirm=lambda _: True)
        outcome = executor.execute(check(parse(plan), self.registry), lambda _: None)
        os.chdir(self.work)
        if outcome.error is not None or outcome.result is None:
            return outcome.error.message if outcome.error else "no result"
        rows = replace(outcome.result, rows=list(outcome.result.rows))
        return rows, self._snapshot()

    def _judge(self, effects: Effects) -> Verdict:
        """The plan has no cage here: what it would read or change must lie in the trial's folder."""
        changed = (*effects.writes, *effects.deletes, *effects.overwrites)
        read = [path for path in effects.reads if not SYSTEM.match(path)]
        outside = any(not f"{path}/".startswith(self.folder + "/") for path in (*changed, *read))
        if outside or effects.runs or effects.hosts or effects.signals or effects.network:
            return Verdict(Decision.DENY, "trial", "it reaches outside the trial's folder")
        return Verdict(Decision.ALLOW, "trial", "the tree is its own")

    def _snapshot(self) -> Snapshot:
        return snapshot((self.work, self.root, self.home))


def _orders(pipelines: tuple[Pipeline, ...]) -> bool:
    return any(simple.words[0].text in ORDERING for pipeline in pipelines for simple in pipeline if simple.words)
