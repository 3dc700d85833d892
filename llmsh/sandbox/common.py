"""What every call of a policy reaches, whatever its effects: that much of its cage can be made before it comes."""

from __future__ import annotations

import os
from dataclasses import dataclass

from llmsh.sandbox.base import Request
from llmsh.sandbox.reach import KNOWN, OF_PACKAGES, SYSTEM, SYSTEM_SECRETS, Policy, Reach, policy_of

State = tuple[tuple[int, int] | None, ...]


@dataclass(frozen=True)
class Kind:
    """What must be known of a call before the first step of its cage: its policy, and whether it may connect."""

    policy: Policy
    network: bool = False

    def __str__(self) -> str:
        return f"{self.policy}{'+' if self.network else ''}"

    @classmethod
    def read(cls, text: str) -> Kind:
        """A kind from its text. Raises ValueError for one that is none."""
        return cls(Policy(text.removesuffix("+")), text.endswith("+"))

    @property
    def may_wait(self) -> bool:
        """Whether a spare of this kind is worth having: calls that connect are rare, and so are machines without
        any cage.
        """
        return not self.network and self.policy is not Policy.READING


def kind_of(request: Request) -> Kind:
    """The kind of a call."""
    return Kind(policy_of(request), request.effects.network)


def common(kind: Kind) -> Reach:
    """The reach of a call that names nothing at all."""
    programs = kind.policy in (Policy.STRICT, Policy.FLOOR)
    return Reach(
        policy=kind.policy,
        cwd="/",
        home="/",
        reads=(),
        system=OF_PACKAGES if programs else KNOWN,
        names=(),
        writes=(),
        deletes=(),
        executes=SYSTEM if programs else (),
        hidden=SYSTEM_SECRETS,
        trash="",
        network=kind.network,
        signals=(),
        pidfds=(),
        processes=0,
    )


class Base:
    """What was made ahead: for which reach, and from which files; rules and mounts are bound to those there were."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self._shown = tuple(os.path.realpath(path) for path in (*reach.system, *reach.executes))
        self._folders = tuple(folder.rstrip("/") + "/" for folder in self._shown)
        parents = [os.path.dirname(path) for path in (*self._shown, *reach.hidden)]
        self._watched = tuple(dict.fromkeys((*parents, *reach.hidden)))
        self._before = self._state()

    def serves(self, reach: Reach) -> bool:
        """Whether it is right for a call: this one reaches all of it, hides all that is hidden of it and nothing else
        of it, and no file of it has been replaced since.
        """
        base = self.reach
        more = [path for path in reach.hidden if path not in base.hidden]
        return (
            (reach.policy, reach.network, reach.signals) == (base.policy, base.network, base.signals)
            and {*base.system} <= {*reach.system}
            and {*base.executes} <= {*reach.executes}
            and {*base.hidden} <= {*reach.hidden}
            and not any(path.startswith(self._folders) for path in more)
            and self._state() == self._before
        )

    def _state(self) -> State:
        """A folder's time is that of its last new, removed or renamed entry."""
        return tuple(_status(path) for path in self._watched)


def _status(path: str) -> tuple[int, int] | None:
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return found.st_ino, found.st_ctime_ns
