"""`python -m llmsh.tuning.writing SAMPLES.jsonl OUT.jsonl MINUTES WRITER.gguf MODEL.gguf ADAPTER.gguf`: rewording.

Where `tune` finds the file as `reworded.jsonl` in its folder of work it trains on it too. The writer is any chat model;
the 1.5B of the catalogue is meant.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from random import Random

from llmsh.backends.base import Message
from llmsh.backends.decoder import LlamaBackend, Settings
from llmsh.backends.llama import Engine
from llmsh.grammar import grammar
from llmsh.prompt import Prompter, Situation
from llmsh.registry import Registry, derive
from llmsh.tools import built_in
from llmsh.tuning.rewording import Read, Reworded, Write, reworded
from llmsh.tuning.samples import read_samples, write_samples
from llmsh.types import ModelInfo

TEXTS, TEMPERATURE, LIKELIEST = 2, 0.8, 40
"""Texts for each request; how freely they are drawn, and from how many tokens."""
LONGEST, LONGEST_PLAN, CONTEXT = 60, 80, 1024
SEED = 1
NOTHING = Situation((), (), None, has_stdin=False)
TASK = (
    "Say the user's request to his computer in other words, as another person would type it: the same meaning, the"
    " same language, every file name, number and word in quotes exactly as it is. Answer with that one line alone."
)
SHOWN = {
    "en": (
        ("show the three largest files in src", "which three files take the most room under src?"),
        ("delete all tmp files older than 2 weeks in cache", "get rid of the tmp files in cache untouched for 2 weeks"),
        ("how many lines of app.log contain timeout", "count the lines with timeout in app.log"),
    ),
    "zh": (
        ("显示 src 里最大的三个文件", "src 下面哪三个文件最占地方？"),
        ("删除 cache 里两周以前的 tmp 文件", "把 cache 中超过两周没动过的 tmp 文件都清掉"),
        ("app.log 里有多少行包含 timeout", "数数 app.log 有几行带 timeout"),
    ),
}


def writer(model: str, seed: int) -> Write:
    """A model that says requests in other words, drawn by chance."""
    engine, rng = Engine(model, CONTEXT, 0), Random(seed)

    def write(request: str, language: str) -> Iterator[str]:
        shown = [message for pair in SHOWN[language] for message in zip(("user", "assistant"), pair, strict=True)]
        messages = [("system", TASK), *shown, ("user", request)]
        prompt = engine.tokens(tuple(Message(role, text) for role, text in messages), generate=True)  # type: ignore[arg-type]
        for _ in range(TEXTS):
            yield _drawn(engine, prompt, rng)

    return write


def _drawn(engine: Engine, prompt: list[int], rng: Random) -> str:
    """What comes after a prompt, token by token by chance; its first line."""
    written: list[int] = []
    engine.advance(prompt)
    while len(written) < LONGEST:
        token = _token(engine, rng)
        if engine.is_end(token) or "\n" in engine.text([token]):
            break
        written.append(token)
        engine.append([token])
    return engine.text(written).strip().strip("\"'“”")


def _token(engine: Engine, rng: Random) -> int:
    import numpy as np

    logits = engine.logits()
    likeliest = np.argpartition(logits, -LIKELIEST)[-LIKELIEST:]
    weights = np.exp((logits[likeliest] - logits[likeliest].max()) / TEMPERATURE)
    return int(rng.choices(likeliest.tolist(), weights.tolist())[0])


def reader(registry: Registry, model: str, adapter: str, states: str) -> Read:
    """The plan that a tuned model reads out of a request, and its probability."""
    backend = LlamaBackend(
        Settings(model, ModelInfo("read", "", os.path.basename(adapter)), CONTEXT, 0, states, adapter)
    )
    prompter, rules = Prompter(registry), grammar(registry, None, has_stdin=False)

    def read(request: str) -> tuple[str, float]:
        found = backend.complete(prompter.prompt(request, NOTHING, tuned=True), rules, LONGEST_PLAN)
        return found.text, found.probability

    return read


def main(samples: str, out: str, minutes: float, models: Sequence[str]) -> None:
    """Reword requests for so many minutes and write what was kept; how far it is goes to standard error."""
    written_by, model, adapter = models
    registry = Registry(derive(function) for function in built_in())
    found, end = Reworded(), time.monotonic() + 60 * minutes
    with tempfile.TemporaryDirectory(prefix="llmsh-reworded-") as folder:
        read = reader(registry, model, adapter, os.path.join(folder, "states"))
        for found in reworded(read_samples(samples), registry, writer(written_by, SEED), read):
            if found.asked % 20 == 0:
                write_samples(out, found.samples)
                sys.stderr.write(f"{found.asked} requests, {len(found.samples)} samples\n")
            if time.monotonic() > end:
                break
    write_samples(out, found.samples)
    for against, number in sorted(found.said.items(), key=lambda item: -item[1]):
        sys.stderr.write(f"  {number:5} {against or 'kept'}\n")


if __name__ == "__main__":
    if len(sys.argv) != 7:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), sys.argv[4:7])
