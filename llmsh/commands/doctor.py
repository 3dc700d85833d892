"""/doctor: which cage holds on this machine, what it does and what not, the evidence, and how to get a stronger one."""

from __future__ import annotations

from collections.abc import Iterator

from llmsh.commands.base import Command, Context, said
from llmsh.sandbox.advice import Facts, advice, facts
from llmsh.sandbox.base import Tier
from llmsh.sandbox.tiers import Evidence, Finding
from llmsh.types import Rows

HELD_BY = {
    Tier.STRICT: "strict: programs run in namespaces of their own, under Landlock and seccomp",
    Tier.FLOOR: "floor: programs run under Landlock and seccomp; namespaces are refused here",
    Tier.NONE: "none: programs and changes are off, what reads goes on",
}
ENFORCED = {
    Tier.STRICT: (
        "a call reads, changes and removes only what its effects name; nothing else of your home folder is even there",
        "no network, unless the plan says so and you approve it; a download has one connection, to the host you saw",
        "no process outside is seen, signalled or changed; nothing of a call outlives it",
        "no new privileges, no secret of llmsh in its environment, memory or open files",
        "bounded time, memory, processes, file size, open files and output",
    ),
    Tier.FLOOR: (
        "a call reads, changes and removes only what its effects name",
        "no network, unless the plan says so and you approve it; a download has one connection, to the host you saw",
        "no process outside is signalled or changed; nothing of a call outlives it",
        "no new privileges, no secret of llmsh in its environment, memory or open files",
        "bounded time, memory, processes, file size, open files and output",
    ),
    Tier.NONE: (
        "what reads opens only what its effects name, for reading alone: each file is opened for it by another process",
        "no program is run, nothing is changed, nobody is connected to or signalled",
    ),
}
NOT_ENFORCED = {
    Tier.STRICT: ("a fault in the kernel, which all share", "that a file which a call may write is harmless"),
    Tier.FLOOR: (
        "that names, sizes and times of other files are hidden from a program, and the list of processes",
        "that .git/hooks and other protected names below a folder that a program may write stay as they are",
        "a fault in the kernel, which all share",
        "that a file which a call may write is harmless",
    ),
    Tier.NONE: ("that names, sizes and times of other files are hidden from a tool",),
}


def run(context: Context, words: list[str]) -> Rows:  # noqa: ARG001  the form of every command
    """Try everything anew and say what came of it."""
    return said(*_lines(context.examine(), facts()))


def _lines(finding: Finding, known: Facts) -> Iterator[str]:
    landlock = f"Landlock version {known.landlock}" if known.landlock else "no Landlock"
    where = f"{', in a container' if known.container else ''}{', as root' if known.root else ''}"
    yield f"cage      {HELD_BY[finding.tier]}"
    yield f"system    Linux {known.kernel}, {landlock}{where}"
    yield from _listed("enforced", ENFORCED[finding.tier])
    yield from _listed("not", NOT_ENFORCED[finding.tier])
    yield from _listed("stronger", advice(finding.tier, known))
    yield ""
    yield "evidence: each was done outside, where it must succeed, and then inside"
    wide = max((len(item.act) for item in finding.evidence), default=0)
    for item in finding.evidence:
        yield _evidence(item, wide)


def _listed(name: str, texts: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    for index, text in enumerate(texts):
        yield f"{'' if index else name:<9} {text}"


def _evidence(item: Evidence, wide: int) -> str:
    if not item.act:
        return f"{item.cage:<7} {item.result}"
    verdict = "ok" if item.holds else "FAILS"
    return f"{item.cage:<7} {item.act:<{wide}}  outside: {item.control:<10} inside: {item.result:<10} {verdict}"


COMMAND = Command("doctor", "/doctor", "which cage holds here, with the evidence, and how to get a stronger one", run)
