"""Samples from the paraphrase grammar, from follow-ups, from invented tools and from the registry's own examples.

python -m llmsh.tuning.generate --check [FILE]           check grammar files and show samples of each block
python -m llmsh.tuning.generate --count 20000 --out FILE --seed 1
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
from collections.abc import Iterator
from random import Random

from llmsh.check import BoundPlan, check
from llmsh.config import bundled
from llmsh.errors import LlmshError, PlanError
from llmsh.plan import parse
from llmsh.plugins import plugin_tools
from llmsh.prompt import Situation, facts_of
from llmsh.registry import BUILT_IN, Registry, derive
from llmsh.tool import Example
from llmsh.tools import built_in
from llmsh.tuning.context import columns_here, names_here, result_rows
from llmsh.tuning.following import Follower
from llmsh.tuning.grammar import Grammar
from llmsh.tuning.grammar_check import Source, bind, grammar_errors
from llmsh.tuning.grammar_file import Block
from llmsh.tuning.invented.inventor import Inventor
from llmsh.tuning.samples import Sample, write_samples
from llmsh.tuning.sampling import Sampler
from llmsh.tuning.slots import Slots
from llmsh.types import Files, Processes, Rows, Table, Text

SHOWN = 3
FOLLOWING, INVENTED = 0.07, 0.17
"""The shares of follow-ups that change the plan before, and of requests beside invented tools."""
BY_TOOL = 0.15
"""The share of grammar samples for which a tool is drawn first and a block of it then, so that none is rare."""
AREAS = {
    "finding": 20, "changing": 17, "text": 13, "reading": 14, "programs": 9, "following": 12, "system": 7, "rows": 6,
    "words": 11, "processes": 5, "tasks": 12, "daily": 6, "knowledge": 2, "plugins": 1,
}  # fmt: skip
"""How often an area is drawn, a grammar file each, about as often as people ask for it; 1 for a file not named here."""
LAST_TYPES: tuple[type[Rows], ...] = (Files, Processes, Table, Text)
TRIES = 20


def generate(seed: int, count: int, registry: Registry, folder: str | None = None) -> Iterator[Sample]:
    """Samples in any number, the same ones for the same seed. `folder` holds the grammar files; None for ours."""
    sampler = Sampler(Grammar.load(folder), Slots.load(), registry)
    follower, inventor = Follower(sampler), Inventor.load(sampler)
    for index in range(count):
        rng = Random(f"{seed}/{index}")  # a generator of its own: a change of one block leaves the others as they were
        yield _sample(sampler, follower, inventor, rng)


def _sample(sampler: Sampler, follower: Follower, inventor: Inventor, rng: Random) -> Sample:
    for attempt in range(TRIES):
        share = rng.random()
        try:
            if share < FOLLOWING:
                return follower.sample(rng)
            if share < FOLLOWING + INVENTED:
                return inventor.sample(rng)
            return sampler.sample(_block(sampler, rng), rng)
        except PlanError:  # two filters that do not go together, a type that nothing gives: another draw
            if attempt == TRIES - 1:
                raise
    raise AssertionError("the last attempt gives back or raises")


def _block(sampler: Sampler, rng: Random) -> Block:
    if rng.random() < BY_TOOL:
        blocks = sampler.by_tool[rng.choice(sorted(sampler.by_tool))]
    else:
        areas = sorted(sampler.by_area)
        blocks = sampler.by_area[rng.choices(areas, [AREAS.get(area, 1) for area in areas])[0]]
    return rng.choices(blocks, [block.weight for block in blocks])[0]


def example_samples(registry: Registry) -> Iterator[Sample]:
    """The registry's own examples, with what their plans start from."""
    slots = Slots.load()
    for tool in registry:
        for example in tool.examples:
            bound, last = _follows(example, registry)
            rng = Random(example.request)
            starts = bound.plan.steps[0].source
            names = names_here(bound, slots, rng)
            rows = result_rows(last, None, slots, rng) if last else None
            piped = starts is not None and starts.name == "stdin"
            columns = columns_here(bound, example.request, slots, rng)
            facts = facts_of(example.request, Situation(names, (), rows, piped, columns))
            yield Sample(example.request, bound.text, example.language, "examples", (), tuple(facts))


def _follows(example: Example, registry: Registry) -> tuple[BoundPlan, type[Rows] | None]:
    """An example's plan, and the type of the result it goes on with, the first that fits."""
    plan = parse(example.plan)
    source = plan.steps[0].source
    if source is None or source.name != "last":
        return check(plan, registry), None
    for last in LAST_TYPES:
        try:
            return check(plan, registry, last=last), last
        except PlanError:
            continue
    return check(plan, registry, last=Rows), Rows


def main(arguments: list[str] | None = None) -> int:
    """The program: check the grammar, or write samples."""
    parser = argparse.ArgumentParser(prog="python -m llmsh.tuning.generate", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--check", nargs="?", const="", metavar="FILE", help="check grammar files, show some samples")
    parser.add_argument("--count", type=int, default=20_000, help="how many samples to write")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same samples")
    parser.add_argument("--out", default="generated.jsonl", metavar="FILE", help="where to write them, as JSON lines")
    given = parser.parse_args(arguments)
    try:
        if given.check is not None:
            return check_files(given.check)
        registry = shipped_registry()
        samples = itertools.chain(example_samples(registry), generate(given.seed, given.count, registry))
        written = write_samples(given.out, samples)
        sys.stdout.write(f"{written} samples in {given.out}\n")
    except LlmshError as error:
        sys.stderr.write(_shown_error(error))
        return error.exit_status
    return 0


def shipped_registry() -> Registry:
    """The tools that ship with llmsh, those of its plugins among them."""
    folder = bundled("plugins")
    paths = [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(".py")]
    plugins = [derive(function, f"{BUILT_IN} plugin") for function in plugin_tools(paths)]
    return Registry((*(derive(function) for function in built_in()), *plugins))


def check_files(path: str) -> int:
    """Check one grammar file, or all where none is named: errors to standard error, samples to standard output."""
    source = Source(Grammar.load(only=path), Slots.load(), shipped_registry())
    areas = {os.path.splitext(os.path.basename(path))[0]} if path else set(source.grammar.files)
    errors = list(grammar_errors(source, areas))
    for error in errors:
        sys.stderr.write(_shown_error(error))
    for block in source.grammar.requests():
        if block.area in areas:
            sys.stdout.write(_shown(source, block))
    sys.stdout.write(f"{len(errors)} errors\n")
    return 1 if errors else 0


def _shown_error(error: LlmshError) -> str:
    return f"{error.message}\n" + (f"    hint: {error.hint}\n" if error.hint else "")


def _shown(source: Source, block: Block) -> str:
    """Some samples of a block, to be read by its writer."""
    rng = Random(f"{block.file}:{block.line}")
    text = f"\n{os.path.basename(block.file)}:{block.line}\n"
    for number in range(SHOWN):
        language = list(block.forms)[number % len(block.forms)]
        try:
            drawn = source.drawer.draw(block, language, rng)
            plan = bind(drawn, block, source.registry).text
        except (PlanError, KeyError):
            continue  # it is among the errors
        text += f"    {drawn.wording.spoken()}\n        {plan}\n"
    return text


if __name__ == "__main__":
    sys.exit(main())
