"""Keeps evaluation honest: no request of a suite, nor one near to it, is trained on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from llmsh.tuning.samples import Sample

NEAR = 0.8
"""Share of common letter groups from which on two requests count as one."""
GROUP = 4


class HeldOut:
    """The requests of suites, to be asked whether a request is one of them or near to one."""

    def __init__(self, requests: Iterable[str]) -> None:
        self._requests = [groups(request) for request in requests]
        self._postings: dict[str, list[int]] = defaultdict(list)
        for index, found in enumerate(self._requests):
            for group in found:
                self._postings[group].append(index)

    def holds(self, request: str) -> bool:
        """Whether a request shares NEAR of all letter groups (Jaccard index) with a held-out one."""
        found = groups(request)
        common: dict[int, int] = defaultdict(int)
        for group in found:
            for index in self._postings.get(group, ()):
                common[index] += 1
        return any(
            number >= NEAR * (len(found) + len(self._requests[index]) - number) for index, number in common.items()
        )

    def without(self, samples: Iterable[Sample]) -> Iterator[Sample]:
        """The samples that are not held out."""
        return (sample for sample in samples if not self.holds(sample.request))


def groups(request: str) -> frozenset[str]:
    """The letter groups of a request, whatever its case, spacing and punctuation."""
    text = re.sub(r"[\W_]+", " ", request.lower()).strip()
    text = f" {text} "
    return frozenset(text[index : index + GROUP] for index in range(max(1, len(text) - GROUP + 1)))
