"""Shuts the process of one call in, step by step; it returns only where every step was done.

The order matters. Mounts come before Landlock, which forbids them, and before seccomp, which forbids them too. The
first steps need no more than the kind of the call, so a process that waits for one has taken them already. A step that
fails ends the call before any code of a tool has run.
"""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from llmsh.errors import WorkerFailed
from llmsh.sandbox import processes, reading, supervise, view
from llmsh.sandbox.common import Base, Kind, common
from llmsh.sandbox.kernel import landlock, namespaces, seccomp
from llmsh.sandbox.kernel.bpf import NOTIFY
from llmsh.sandbox.kernel.privileges import (
    call,
    close_all_but,
    die_with_parent,
    drop_capabilities,
    no_new_privileges,
)
from llmsh.sandbox.kernel.syscalls import architecture
from llmsh.sandbox.places import places_of, python_folders, rules_of, strict_rules, written_places
from llmsh.sandbox.reach import Policy, Reach

HINT = "nothing was run; see what holds here with llmsh doctor"
JOIN_SESSION_KEYRING = 1
OUTSIDE = 0
"""The number that a process has for a parent outside of its namespace."""


@dataclass
class Site:
    """What the steps of one cage hand on: the reach, and what was made ahead for what every call of its kind reaches.

    Until the call is there its reach is that of a call which names nothing.
    """

    reach: Reach
    base: Base = field(init=False)
    supervisor: socket.socket | None = None
    rules: landlock.Unfinished | None = None
    stage: view.Stage | None = None

    def __post_init__(self) -> None:
        self.base = Base(self.reach)


Step = tuple[str, Callable[[Site], None]]


def ahead(kind: Kind, steps: Sequence[Step] | None = None) -> Site:
    """Take the steps that every call of a kind needs. Raises WorkerFailed, as `close` does."""
    site = Site(common(kind))
    _take(site, ahead_of(kind.policy) if steps is None else steps)
    return site


def close(reach: Reach, steps: Sequence[Step] | None = None, site: Site | None = None) -> None:
    """Take the other steps, after those taken ahead, which are taken now where nobody has.

    Raises WorkerFailed, which names the step, where the kernel refuses one.
    """
    if site is None:
        site = ahead(Kind(reach.policy, reach.network), None if steps is None else ())
    if (reach.policy, reach.network) != (site.base.reach.policy, site.base.reach.network):
        raise WorkerFailed("the cage could not be closed: it was made for another kind of call", HINT)
    site.reach = reach
    _take(site, steps_of(reach.policy) if steps is None else steps)


def _take(site: Site, steps: Sequence[Step]) -> None:
    for name, step in steps:
        try:
            step(site)
        except OSError as error:
            reason = error.strerror or str(error)
            raise WorkerFailed(f"the cage could not be closed: {name}: {reason}", HINT) from None


def prepare() -> None:
    """What costs time at its first use, done before the first fork: the C library, the modules' folders, filters."""
    landlock.version()
    python_folders()
    with suppress(OSError):  # a kernel without keys has none to show
        call(architecture()["keyctl"], JOIN_SESSION_KEYRING, 0)
    seccomp.tool_filter(writes=True, unfinished=True)
    for either in (False, True):
        seccomp.last_filter(writes=either)
        seccomp.program_filter(network=either)
        seccomp.program_filter(network=either, metadata=NOTIFY, unfinished=True)


def ahead_of(policy: Policy) -> tuple[Step, ...]:
    """The steps that need nothing of a call but its kind, in order."""
    if policy is Policy.TOOL:
        return (("privileges", _privileges), ("Landlock", _common_rules), ("seccomp", _tool_filter))
    if policy is Policy.STRICT:
        return (("namespaces", _namespaces), ("files", _stage))
    if policy is Policy.FLOOR:
        return (
            ("supervisor", _supervisor),
            ("privileges", _privileges),
            ("Landlock", _common_rules),
            ("seccomp", _floor_filter),
        )
    return ()


def steps_of(policy: Policy) -> tuple[Step, ...]:
    """The steps that follow once the call is there, in order."""
    if policy is Policy.TOOL:
        return (("trash", _trash), ("Landlock", _landlock), ("seccomp", _this_tool_filter))
    if policy is Policy.STRICT:
        return (
            ("files", _view),
            ("process limit", _own_processes),
            ("privileges", _privileges),
            ("Landlock", _strict_landlock),
            ("seccomp", _strict_filter),
        )
    if policy is Policy.FLOOR:
        return (
            ("process limit", _more_processes),
            ("supervisor", _tell),
            ("Landlock", _landlock),
            ("seccomp", _last_filter),
        )
    return (("supervisor", _reading_supervisor), ("privileges", _privileges), ("seccomp", _reading_filters))


def _privileges(_site: Site) -> None:
    no_new_privileges()
    drop_capabilities()


def _trash(site: Site) -> None:
    """The folders of the trash, which must be there before a rule can be bound to them."""
    if site.reach.trash:
        for name in ("files", "info"):
            os.makedirs(os.path.join(site.reach.trash, name), 0o700, exist_ok=True)


def _common_rules(site: Site) -> None:
    site.rules = landlock.ruleset(rules_of(site.reach), network=site.reach.network)


def _landlock(site: Site) -> None:
    """The rules of this call, beside those made ahead where they are right for it."""
    reach = site.reach
    if site.rules is not None and site.base.serves(reach):
        with site.rules as rules:
            landlock.add(rules, rules_of(reach, site.base.reach))
            rules.restrict()
        return
    if site.rules is not None:
        site.rules.close()
    landlock.restrict(rules_of(reach), signals=bool(reach.signals), network=reach.network)


def _strict_landlock(site: Site) -> None:
    landlock.restrict(strict_rules(site.reach), network=site.reach.network)


def _tool_filter(_site: Site) -> None:
    seccomp.install(seccomp.tool_filter(writes=True, unfinished=True))


def _this_tool_filter(site: Site) -> None:
    """What this very call needs not is refused as well: of two filters the stricter answer holds."""
    reach = site.reach
    if reach.signals:
        seccomp.install(seccomp.tool_filter(writes=True, pidfds=reach.pidfds, own=os.getpid()))
    seccomp.install(seccomp.last_filter(writes=bool(reach.writes or reach.deletes)))


def _last_filter(_site: Site) -> None:
    seccomp.install(seccomp.last_filter(writes=True))


def _strict_filter(site: Site) -> None:
    seccomp.install(seccomp.program_filter(network=site.reach.network))


def _floor_filter(site: Site) -> None:
    """Calls that change a file by its path go to the supervisor, who sees where the path leads and does it himself."""
    program = seccomp.program_filter(network=site.reach.network, metadata=NOTIFY, unfinished=True)
    supervise.hand_over(_line(site), seccomp.install_with_listener(program))


def _tell(site: Site) -> None:
    reach = site.reach
    supervise.tell(_line(site), [path for path in (*written_places(reach), reach.scratch) if path])
    if reach.scratch:
        os.environ["TMPDIR"] = reach.scratch


def _reading_filters(site: Site) -> None:
    """Every file that is opened is asked for; then what no tool may do is refused, whatever the first filter says."""
    with _line(site) as line:
        supervise.hand_over(line, reading.install())
    seccomp.install(seccomp.tool_filter(own=os.getpid()))


def _line(site: Site) -> socket.socket:
    if site.supervisor is None:
        raise OSError(errno.ENOTCONN, "there is no supervisor")
    return site.supervisor


def _supervisor(site: Site) -> None:
    site.supervisor = supervise.divide(supervise.answer_changes)


def _reading_supervisor(site: Site) -> None:
    site.supervisor = supervise.divide(supervise.answer_readers(tuple(rules_of(site.reach))))


def _namespaces(site: Site) -> None:
    """Namespaces, and a process 1 in them, which goes on; this one only waits for it, and ends as it does."""
    namespaces.separate(network=site.reach.network)
    inner = os.fork()
    if inner:
        close_all_but(())
        supervise.end_like(os.waitpid(inner, 0)[1])
    die_with_parent(OUTSIDE)


def _stage(site: Site) -> None:
    namespaces.follow_host()
    site.stage = view.stage(places_of(site.reach), view.root_links(), view.ASIDE)


def _view(site: Site) -> None:
    """The places of this call in what was mounted ahead, or where that is not right for it all of them anew."""
    reach, stage = site.reach, site.stage
    if stage is None:
        raise OSError(errno.ENOENT, "nothing is mounted yet")
    namespaces.detach_from_host()
    if site.base.serves(reach):
        order = view.arranged((*stage.placed, *places_of(reach, site.base.reach)))
        if stage.can_hold(order):
            view.enter(stage, order, reach.cwd)
            return
    stage.drop()
    order = view.arranged(places_of(reach))
    view.enter(view.stage(order, view.root_links(), view.STAGE), order, reach.cwd)


def _own_processes(site: Site) -> None:
    processes.limit_own(site.reach.processes)


def _more_processes(site: Site) -> None:
    processes.limit_more(site.reach.processes)
