"""The invented tools that stand beside a request: the one that answers it, and others to be told from it."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from llmsh.registry import Registry
from llmsh.tuning.invented.domains import Domain, Family
from llmsh.tuning.invented.tools import Invented, invent

SIZES = (1, 2, 2, 3, 3, 4)
"""How many tools stand beside a request."""
STRANGERS = 6
"""More tools of other domains than ever stand there."""


class Company:
    """Draws tools of families, under names that neither the registry's tools nor one another have."""

    def __init__(self, families: Sequence[tuple[Domain, Family]], registry: Registry) -> None:
        self._families = tuple(families)
        self._registry = registry

    def tool(self, domain: Domain, family: Family, rng: Random, beside: Sequence[Invented] = ()) -> Invented:
        """A tool of a family, beside others."""
        taken = [tool.name for tool in (*self._registry, *(other.tool for other in beside))]
        return invent(domain, family, taken, rng)

    def tools(self, answering: Invented | None, rng: Random, but: Domain | None = None) -> list[Invented]:
        """Tools to choose from: the one that answers first, others of its domain, and some of other domains."""
        tools = [answering] if answering else []
        wanted = rng.choice(SIZES)
        akin, others = self._akin(answering), self._others(answering, but)
        rng.shuffle(akin)
        chosen = akin[: rng.randint(0, len(akin))] + rng.sample(others, STRANGERS)
        for domain, family in chosen[: wanted - len(tools)]:
            tools.append(self.tool(domain, family, rng, tools))
        return tools

    def _akin(self, answering: Invented | None) -> list[tuple[Domain, Family]]:
        """The other families of a tool's domain."""
        if answering is None:
            return []
        return [pair for pair in self._families if pair[0] is answering.domain and pair[1] is not answering.family]

    def _others(self, answering: Invented | None, but: Domain | None) -> list[tuple[Domain, Family]]:
        """The families of all domains but a tool's and one more."""
        kept_out = [but, answering.domain if answering else None]
        return [pair for pair in self._families if all(pair[0] is not domain for domain in kept_out)]
