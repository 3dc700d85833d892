"""`python -m llmsh.tuning.bash.sampling DATA_FOLDER OUT.jsonl MODEL.gguf ADAPTER.gguf`: rejection sampling of plans.

Where `tune` finds the file as `sampled.jsonl` in its folder of work it trains on it too.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice

from llmsh.backends.decoder import LlamaBackend, Settings
from llmsh.grammar import grammar
from llmsh.prompt import Prompter, Situation
from llmsh.registry import Registry, derive
from llmsh.tools import built_in
from llmsh.tuning.bash.data import rows
from llmsh.tuning.bash.prove import Court
from llmsh.tuning.bash.rejecting import Propose, sample
from llmsh.tuning.bash.run import MEMORY
from llmsh.tuning.samples import write_samples
from llmsh.types import ModelInfo

OTHERS = 3
"""Plans that are asked for beside the likeliest."""
LONGEST = 80
CONTEXT = 1024
NOTHING = Situation((), (), None, has_stdin=False)


def proposer(registry: Registry, model: str, adapter: str, states: str) -> Propose:
    """The plans of a tuned model for requests."""
    info = ModelInfo("sampled", "", os.path.basename(adapter))
    backend = LlamaBackend(Settings(model, info, CONTEXT, 0, states, adapter))
    prompter, rules = Prompter(registry), grammar(registry, None, has_stdin=False)

    def propose(request: str) -> Iterator[str]:
        prompt = prompter.prompt(request, NOTHING, tuned=True)
        yield backend.complete(prompt, rules, LONGEST).text
        yield from (other.text for other in islice(backend.alternatives(prompt, rules, LONGEST), OTHERS))

    return propose


def main(data: str, out: str, model: str, adapter: str) -> None:
    """Sample, prove and write; how far it is goes to standard error."""
    registry = Registry(derive(function) for function in built_in())
    place = MEMORY if os.access(MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="llmsh-proof-", dir=place) as folder, Court(folder, registry) as court:
        propose = proposer(registry, model, adapter, os.path.join(folder, "states"))
        for sampled in sample(rows(data), registry, court, propose):
            if sampled.asked % 20 == 0:
                write_samples(out, sampled.samples)
                sys.stderr.write(f"{sampled.asked} requests, {len(sampled.samples)} samples\n")
    write_samples(out, sampled.samples)
    for verdict, number in sorted(sampled.said.items(), key=lambda item: -item[1]):
        sys.stderr.write(f"  {number:5} {verdict or 'right'}\n")


if __name__ == "__main__":
    main(*sys.argv[1:5])
