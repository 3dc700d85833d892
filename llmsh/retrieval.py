"""Which of the tools' examples are nearest to a request: TF-IDF over words and character triples, both languages."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from llmsh.registry import Registry
from llmsh.tool import Example

WORD = re.compile(r"[a-z]+|[0-9]+|[\u4e00-\u9fff]")
LITERAL = re.compile(r"(?<![a-z0-9_./~*-])[a-z0-9_./~*-]*[./*~][a-z0-9_./~*-]*|[0-9]+")
STOP = re.compile(r"(?<=\w)\.(?=\s|$)")
"""The end of a sentence, which is no part of a name."""
FAINT = 0.7
"""Weight of names and numbers: that a request names some .txt file says little about what to do with it."""
ASKS_BACK = "ask"
"""Its examples miss something; beside "delete a.txt" they make a small model ask which file (measured)."""
PER_PLAN_TOOL = 3
"""At most so many examples whose plan starts with the same tool: variety shows more than repetition."""


@dataclass(frozen=True)
class Indexed:
    """An example and its weight for each feature; the weights of one example have length 1."""

    example: Example
    tool: str


class Retriever:
    """An index over the examples of a registry, made once."""

    def __init__(self, examples: Iterable[tuple[Example, str]]) -> None:
        """Index `examples`, each with the name of its tool."""
        self._items = [Indexed(example, tool) for example, tool in examples]
        counts = [Counter(features(item.example.request)) for item in self._items]
        seen = Counter(feature for count in counts for feature in count)
        self._rarity = {feature: math.log(1 + len(counts) / number) for feature, number in seen.items()}
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for index, count in enumerate(counts):
            for feature, weight in self._weights(count).items():
                self._postings[feature].append((index, weight))

    @classmethod
    def of(cls, registry: Registry) -> Retriever:
        """The index of all examples of a registry."""
        return cls((example, tool.name) for tool in registry for example in tool.examples)

    def nearest(self, request: str, count: int, without: tuple[str, ...] = ()) -> list[Example]:
        """The `count` examples nearest to a request, the nearest first; none whose plan starts from `without`."""
        scores = self._scores(request)
        chosen: list[Example] = []
        used: Counter[str] = Counter()
        plans: set[str] = set()
        names_something = LITERAL.search(request.lower()) is not None
        for index in sorted(scores, key=lambda index: -scores[index]):
            item = self._items[index]
            if (names_something and item.tool == ASKS_BACK) or item.example.plan.startswith(without):
                continue
            if used[item.tool] < PER_PLAN_TOOL and item.example.plan not in plans:
                chosen.append(item.example)
                plans.add(item.example.plan)
                used[item.tool] += 1
            if len(chosen) == count:
                break
        return chosen

    def tools(self, request: str, count: int) -> list[str]:
        """The tools of the `count` examples nearest to a request."""
        scores = self._scores(request)
        nearest = sorted(range(len(self._items)), key=lambda index: -scores[index])
        return [self._items[index].tool for index in nearest[:count]]

    def _scores(self, request: str) -> dict[int, float]:
        """How near each example is: the cosine of its weights and the request's, 0 where it shares nothing."""
        scores: dict[int, float] = defaultdict(float)
        for feature, weight in self._weights(Counter(features(request))).items():
            for index, other in self._postings.get(feature, ()):
                scores[index] += weight * other
        return scores

    def _weights(self, count: Counter[str]) -> dict[str, float]:
        weights = {
            feature: (1 + math.log(number)) * self._rarity.get(feature, 0.0) * (FAINT if "literal" in feature else 1.0)
            for feature, number in count.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {feature: weight / length for feature, weight in weights.items()}


def features(text: str) -> list[str]:
    """Words, pairs of words and triples of letters; names and numbers count as one placeholder each."""
    text = LITERAL.sub(_placeholder, STOP.sub(" ", text.lower()))
    words = WORD.findall(text)
    pairs = [f"{one} {other}" for one, other in pairwise(words)]
    long = [word for word in words if len(word) > 4 and not word.endswith("literal")]
    triples = [word[index : index + 3] for word in long for index in range(len(word) - 2)]
    return [*words, *pairs, *triples]


def _placeholder(found: re.Match[str]) -> str:
    text = found[0]
    if text.isdigit():
        return " numberliteral "
    if text.startswith(("*.", ".")):
        return f" globliteral {text.lstrip('*.')} "
    extension = re.search(r"\.([a-z0-9]{1,5})$", text)
    return f" nameliteral {extension[1] if extension else ''} "
