"""One sample of training data: a request, what it was read against, and the plan that answers it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Sample:
    """A request and its plan.

    `plan` is canonical plan text (see plan.print_plan; defaults left out). `turns` are earlier (request, plan) pairs of
    the session, the oldest first. `facts` are the lines that the prompt puts before the request: what the previous
    result was, whether input is piped in, which names here the request may mean, signatures of tools that the model has
    never seen. `source` says where the sample comes from, `language` is "en" or "zh".
    """

    request: str
    plan: str
    language: str
    source: str
    turns: tuple[tuple[str, str], ...] = ()
    facts: tuple[str, ...] = ()


def write_samples(path: str, samples: Iterable[Sample]) -> int:
    """Write samples as JSON lines; how many there were."""
    count = 0
    with open(path, "w", encoding="utf-8") as file:
        for sample in samples:
            file.write(json.dumps(asdict(sample), ensure_ascii=False) + "\n")
            count += 1
    return count


def read_samples(path: str) -> Iterator[Sample]:
    """The samples of a file of JSON lines."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            value = json.loads(line)
            turns = tuple((request, plan) for request, plan in value.pop("turns"))
            yield Sample(**{**value, "turns": turns, "facts": tuple(value["facts"])})
