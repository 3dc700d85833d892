"""The strongest cage that holds on this machine, found out by trying; remembered until it is booted anew.

A remembered answer can weaken nothing: a cage that cannot be closed ends the call before a tool runs.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from llmsh.errors import LlmshError
from llmsh.sandbox.base import Invocation, Request, Tier
from llmsh.sandbox.probes import NAME, Scene, acts, attempt, holds, prepare
from llmsh.types import Argument, Effects, Limits, Rows

TOOL = "tool"
FILE = "cage.json"
LARGEST = 1 << 20
SCRATCH = "llmsh-probe-"
Run = Callable[[Request], Rows]


@dataclass(frozen=True)
class Evidence:
    """One act in one cage: what became of it outside and inside, and whether that is as it must be.

    A cage that could not be tried at all has one with no act, and the reason as its result.
    """

    cage: str
    act: str
    control: str
    result: str
    holds: bool


@dataclass(frozen=True)
class Finding:
    """What was found out: the tier, and why."""

    tier: Tier
    evidence: tuple[Evidence, ...]


def find(run: Run, cache: str | None) -> Finding:
    """What is remembered of this machine, or what `run` (a worker, used for throw-away calls) shows now."""
    known = remembered(cache)
    # That nothing holds may have been for want of memory or processes.
    return known if known is not None and known.tier is not Tier.NONE else renew(run, cache)


def renew(run: Run, cache: str | None) -> Finding:
    """Try everything anew, and remember it."""
    finding = judge(tuple(try_all(run)))
    if cache is not None:
        with contextlib.suppress(OSError):  # it is tried again next time
            _write(os.path.join(cache, FILE), finding)
    return finding


def judge(evidence: tuple[Evidence, ...]) -> Finding:
    """The strongest tier of whose cages nothing got out. Tools run in every one, so theirs must hold as well."""

    def sound(cage: str) -> bool:
        found = [item for item in evidence if item.cage == cage]
        return bool(found) and all(item.holds for item in found)

    for tier in (Tier.STRICT, Tier.FLOOR):
        if sound(TOOL) and sound(tier.value):
            return Finding(tier, evidence)
    return Finding(Tier.NONE, evidence)


def try_all(run: Run) -> Iterator[Evidence]:
    """Every act in the cage of tools and in those of programs, each with its control."""
    scratch = os.path.realpath(tempfile.mkdtemp(prefix=SCRATCH))
    try:
        with _victim() as victim:
            scene = Scene(os.path.join(scratch, "inside"), os.path.join(scratch, "outside"), victim)
            for cage, tier in ((TOOL, Tier.FLOOR), (Tier.STRICT.value, Tier.STRICT), (Tier.FLOOR.value, Tier.FLOOR)):
                yield from _try(run, cage, tier, scene)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


@contextlib.contextmanager
def _victim() -> Iterator[int]:
    """A process that does nothing until it is ended; it is younger than the cage, so no number in there is the same."""
    with subprocess.Popen(
        ["/bin/sh", "-c", "read _"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as child:
        try:
            yield child.pid
        finally:
            child.kill()


def _try(run: Run, cage: str, tier: Tier, scene: Scene) -> Iterator[Evidence]:
    tried = acts(programs=cage != TOOL)
    controls = []
    for act in tried:
        prepare(scene)
        controls.append(attempt(act, scene))
    prepare(scene)
    try:
        results = _inside(run, cage, tier, scene)
    except LlmshError as error:
        yield Evidence(cage, "", "", error.message, holds=False)
        return
    for act, control in zip(tried, controls, strict=True):
        result = results.get(act.name, "nothing was heard of it")
        yield Evidence(cage, act.name, control, result, holds(act, control, result))


def _inside(run: Run, cage: str, tier: Tier, scene: Scene) -> dict[str, str]:
    """What became of each act in a cage."""
    programs = cage != TOOL
    effects = Effects(reads=(scene.inside,), writes=(scene.inside,), runs=(NAME,) if programs else ())
    arguments: dict[str, Argument] = {}
    arguments |= {"inside": scene.inside, "outside": scene.outside, "victim": scene.victim, "programs": programs}
    call = Invocation(NAME, arguments)
    environment = {"PATH": os.defpath, "HOME": scene.outside}
    request = Request((call,), None, scene.inside, environment, effects, Limits(seconds=20), details=False, tier=tier)
    return {str(row[0]): str(row[1]) for row in run(request).rows if len(row) == 2}


def remembered(cache: str | None) -> Finding | None:
    """What was found out since this machine was booted, by this version; None where that is nothing, or damaged."""
    if cache is None:
        return None
    try:
        with open(os.path.join(cache, FILE), encoding="utf-8") as file:
            value = json.loads(file.read(LARGEST))
        if value["machine"] != machine():
            return None
        evidence = tuple(Evidence(**item) for item in value["evidence"])
        finding = judge(evidence)
        return finding if finding.tier.value == value["tier"] else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def machine() -> str:
    """What a finding is true of: this boot, this kernel, this user, this version of llmsh."""
    from importlib.metadata import PackageNotFoundError, version  # 10 ms that --help does not need

    try:
        with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
            boot = file.read().strip()
    except OSError:
        boot = ""
    try:
        own = version("llmsh")
    except PackageNotFoundError:  # a checkout
        own = ""
    return f"{boot} {os.uname().release} {os.getuid()} {own}"


def _write(path: str, finding: Finding) -> None:
    """All of it or nothing: two shells may start at once."""
    value = {
        "machine": machine(), "tier": finding.tier.value, "evidence": [asdict(item) for item in finding.evidence],
    }  # fmt: skip
    os.makedirs(os.path.dirname(path), exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(prefix=FILE, dir=os.path.dirname(path))
    try:
        with open(descriptor, "w", encoding="utf-8") as file:
            json.dump(value, file)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
