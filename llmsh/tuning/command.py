"""`llmsh tune`: data, training, export and evaluation, one after the other, each kept in a folder to go on from."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib.util import find_spec

from llmsh.app import Options
from llmsh.config import find_folders, load_config
from llmsh.errors import UsageError
from llmsh.evaluation.report import scores
from llmsh.evaluation.results import Evaluation, write
from llmsh.evaluation.run import Settings, run_cases
from llmsh.evaluation.suite import read_suite
from llmsh.models.catalogue import load_catalogue
from llmsh.models.fetch import ensure
from llmsh.registry import Registry
from llmsh.render import renderer
from llmsh.tuning.generate import example_samples, generate, shipped_registry
from llmsh.tuning.leaks import HeldOut
from llmsh.tuning.mix import Mixed, mix
from llmsh.tuning.samples import Sample, read_samples, write_samples
from llmsh.types import Observe, Progress, Scalar

NEEDED = ("torch", "peft", "transformers", "gguf")
MOST = {"nl2bash-run": 600, "tldr-run": 400, "agentbench-run": 200, "grammar/knowledge": 600}
"""Rows of a source at most: plans that hand the whole request to a command must not become a habit, and nothing is
learned from commands that could as well have been others (one in ten is met), nor from knowledge learned by heart."""


@dataclass(frozen=True)
class Wanted:
    """What the command line of `llmsh tune` says.

    `data` is the folder of request and command pairs, "" for none; `suites` are folders whose requests are kept out of
    the data, and whose cases named by `only` are run with the new adapter, `jobs` at once; `start` is an adapter to go
    on from, "" for none, and `interpolate` the share of what is learned then that is kept; `work` keeps data and
    checkpoints; `out` is the adapter to write.
    """

    out: str
    work: str
    data: str = ""
    suites: tuple[str, ...] = ()
    count: int = 20_000
    minutes: float = 60.0
    rank: int = 16
    first_layer: int = 8
    rate: float = 4e-4
    seed: int = 1
    threads: int = 0
    start: str = ""
    interpolate: float = 1.0
    only: str = "*"
    jobs: int = 1


def run_tune(wanted: Wanted, options: Options, environment: Mapping[str, str]) -> int:
    """Tune the model that `options` names; exit status 0. Raises LlmshError."""
    if wanted.interpolate < 1 and not wanted.start:
        raise UsageError("there is nothing to interpolate with", "name the adapter to go on from: --from FILE")
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise UsageError(f"tuning needs {', '.join(missing)}", "pip install 'llmsh[tune]'")
    drawn = renderer(options.output, sys.stdout, sys.stderr, colour=options.colour)  # type: ignore[arg-type]
    folders = find_folders(environment)
    config = load_config(environment, options.config, {"model": options.model})
    spec = load_catalogue(folders).find(config.model)
    os.makedirs(wanted.work, exist_ok=True)
    with drawn.progress() as observe:
        model = ensure(spec, folders.cache, observe, environment=environment)
        mixed = _mixed(wanted, observe)
        record = _tune(wanted, model, mixed, observe)
        found = {suite: _scores(suite, wanted, config.model, folders.cache, observe) for suite in wanted.suites}
    record = {"model": spec.name, "model_sha256": spec.sha256, **record, "scores": found}
    with open(f"{os.path.splitext(wanted.out)[0]}.json", "w", encoding="utf-8") as file:
        json.dump(record, file, indent=2)
    drawn.note(f"{wanted.out}: {os.path.getsize(wanted.out):,} bytes; try it with llmsh eval --adapter {wanted.out}")
    return 0


def _mixed(wanted: Wanted, observe: Observe) -> Mixed:
    """The training data, written to the folder of work beside what is held back of it."""
    registry = shipped_registry()
    held_out = HeldOut(line for suite in wanted.suites for case in read_suite(suite, "*") for line in case.lines)
    mixed = mix(_samples(wanted, registry, observe), registry, held_out, MOST, wanted.seed)
    write_samples(os.path.join(wanted.work, "train.jsonl"), mixed.train)
    write_samples(os.path.join(wanted.work, "held-back.jsonl"), mixed.held_back)
    return mixed


def _samples(wanted: Wanted, registry: Registry, observe: Observe) -> Iterator[Sample]:
    """All that there is to learn from; what was made before, in the same folder, is read back."""
    yield from example_samples(registry)
    generated = os.path.join(wanted.work, "generated.jsonl")
    if not os.path.exists(generated):
        observe(Progress("making requests"))
        write_samples(generated, generate(wanted.seed, wanted.count, registry))
    yield from read_samples(generated)
    translated = os.path.join(wanted.work, "bash.jsonl")
    if wanted.data and not os.path.exists(translated):
        from llmsh.tuning.bash.run import translate_folder

        observe(Progress("proving translations"))
        translate_folder(wanted.data, translated)
    made = (os.path.join(wanted.work, name) for name in ("sampled.jsonl", "reworded.jsonl"))
    for path in (translated, *made):
        if os.path.exists(path):
            yield from read_samples(path)


def _tune(wanted: Wanted, model: str, mixed: Mixed, observe: Observe) -> dict[str, object]:
    """Train and export; the record of it."""
    from llmsh.tuning.export import architecture_of, export
    from llmsh.tuning.tokens import tokenize
    from llmsh.tuning.train import Settings as Training
    from llmsh.tuning.train import train

    observe(Progress("reading the data"))
    tokens, held_back = (list(tokenize(samples, model)) for samples in (mixed.train, mixed.held_back))
    settings = Training(
        rank=wanted.rank, alpha=2 * wanted.rank, first_layer=wanted.first_layer, rate=wanted.rate,
        minutes=wanted.minutes, seed=wanted.seed, threads=wanted.threads, start=wanted.start,
        interpolate=wanted.interpolate,
    )  # fmt: skip
    log = open(os.path.join(wanted.work, "train.log"), "a", encoding="utf-8")  # noqa: SIM115  closed below

    def watch(used: float, loss: float, speed: float) -> None:
        observe(Progress(f"training, loss {loss:.3f}, {speed:.0f} tokens a second", 100 * used, 100.0))
        log.write(f"{time.strftime('%H:%M:%S')} {used:.4f} {loss:.4f} {speed:.0f}\n")
        log.flush()

    with log:
        checkpoint = os.path.join(wanted.work, "checkpoint")
        trained = train(model, tokens, settings, checkpoint, watch, held_back=held_back)
    export(wanted.out, trained.tensors, architecture_of(model), settings.alpha)
    return {
        "settings": asdict(settings), "samples": len(tokens), "tokens": sum(map(len, tokens)),
        "sources": dict(mixed.stayed), "data_sha256": mixed.sha256, "steps": trained.steps,
        "epochs": round(trained.epochs, 3), "loss": round(trained.loss, 4), "seconds": round(trained.seconds),
        "held_back_exact": round(trained.exact, 4),
    }  # fmt: skip


def _scores(suite: str, wanted: Wanted, model: str, cache: str, observe: Observe) -> dict[str, Scalar]:
    """How the adapter does in a suite, by execution; every result is kept in the folder of work.

    What is asked back is a question of settings (LLMSH_SURE): they are those of this program.
    """
    settings = Settings(cache, model, os.path.abspath(wanted.out), jobs=wanted.jobs)
    cases, evaluated = run_cases(read_suite(suite, wanted.only), settings, observe)
    evaluation = Evaluation({"suite": os.path.abspath(suite), "only": wanted.only, "model": evaluated}, tuple(cases))
    write(os.path.join(wanted.work, f"{os.path.basename(os.path.abspath(suite))}.json"), evaluation)
    return scores(evaluation.judged)
