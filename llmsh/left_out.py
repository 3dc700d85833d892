"""Paths that a request names and that its plan does not speak of: the plan leaves out a part of what was asked.

Only what is surely a path counts: an absolute one, one below the home folder, or the name of what is there. It is
spoken of when it, or its last part, stands anywhere in the plan or fits a pattern in it; a plan that goes on from the
previous result may stand for anything.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from fnmatch import fnmatchcase

from llmsh.certainty import speaks
from llmsh.check import BoundPlan
from llmsh.said import parts, words
from llmsh.types import Plan


def left_out(plan: BoundPlan, request: str) -> tuple[str, ...]:
    """The paths in a request that a plan does not speak of; none where the plan is words alone."""
    if speaks(plan) or plan.plan.steps[0].source is not None:
        return ()
    texts = tuple(_texts(plan.plan))
    return tuple(word for word in dict.fromkeys(words(request)) if _is_path(word) and not _is_spoken_of(word, texts))


def _is_path(word: str) -> bool:
    if not parts(word) or "://" in word:
        return False
    return word.startswith(("/", "~/")) or (("/" in word or "." in word) and os.path.lexists(word))


def _is_spoken_of(word: str, texts: tuple[str, ...]) -> bool:
    if os.path.realpath(os.path.expanduser(word)) == os.path.realpath("."):
        return True
    name = parts(word)[-1]
    return any(name in text or fnmatchcase(name, text.rpartition("/")[2]) for text in texts)


def _texts(plan: Plan) -> Iterator[str]:
    for step in plan.steps:
        for call in step.calls:
            for value in (*call.args, *(value for _, value in call.options)):
                yield from (str(item) for item in (value if isinstance(value, tuple) else (value,)))
