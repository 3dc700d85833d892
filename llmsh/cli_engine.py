"""The commands that make and measure models, for the command line: eval and tune."""

from __future__ import annotations

import os
from typing import Annotated, Optional

import typer

Model = Annotated[str | None, typer.Option("--model", help="A name in the catalogue or the path of a .gguf file.")]
Adapter = Annotated[str | None, typer.Option("--adapter", metavar="FILE", help="Tune the model with this adapter.")]


def add_commands(app: typer.Typer) -> None:
    """Add them to the command line."""
    app.command("eval", help="Run the cases of a suite, or show a file of results: how much is understood, and how.")(
        evaluate
    )
    app.command("tune", help="Train an adapter for the model: from its own weights, on a CPU or a GPU, in steps.")(tune)


def evaluate(  # noqa: PLR0917  typer calls it by name
    ctx: typer.Context,
    suite: Annotated[str, typer.Argument(help="A folder of cases, or a .json file of earlier results.")],
    only: Annotated[str, typer.Option("--only", metavar="GLOB", help="Only cases whose id fits.")] = "*",
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Cases at once; the cores are shared out.")] = 1,
    limit: Annotated[float, typer.Option("--limit", min=0.1, help="Seconds that the lines of a case may take.")] = 30,
    json: Annotated[str | None, typer.Option("--json", metavar="FILE", help="Keep all results in this file.")] = None,
    compare: Annotated[
        str | None, typer.Option("--compare", metavar="FILE", help="Compare with these results.")
    ] = None,
    model: Model = None,
    adapter: Adapter = None,
    through_program: Annotated[bool, typer.Option("--through-program", help="Run llmsh -c for each case.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Only try the fixtures and gold commands.")] = False,
) -> None:
    """Evaluate by execution."""
    from llmsh.evaluation.command import Wanted, run_eval

    wanted = Wanted(suite, only, jobs, limit, json, compare, model, adapter, through_program, check)
    ctx.exit(run_eval(wanted, ctx.obj, os.environ))


def tune(  # noqa: PLR0917  typer calls it by name
    ctx: typer.Context,
    out: Annotated[str, typer.Argument(help="The adapter to write, a .gguf file.")],
    work: Annotated[str, typer.Option("--work", metavar="DIR", help="Keeps data and checkpoints, to go on from.")],
    data: Annotated[str, typer.Option("--data", metavar="DIR", help="Requests with commands, as .jsonl files.")] = "",
    suites: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option("--suite", metavar="DIR", help="Kept out of the data, then run with the new adapter."),
    ] = None,
    count: Annotated[int, typer.Option("--count", min=1, help="How many requests are made from the tools.")] = 20_000,
    minutes: Annotated[float, typer.Option("--minutes", min=0.01, help="Time for training, all runs together.")] = 60,
    rank: Annotated[int, typer.Option("--rank", min=1, help="Rank of the adapter.")] = 16,
    first_layer: Annotated[int, typer.Option("--first-layer", min=0, help="Layers below it stay as they are.")] = 8,
    rate: Annotated[float, typer.Option("--rate", help="The highest learning rate.")] = 4e-4,
    seed: Annotated[int, typer.Option("--seed", help="Decides all that is left to chance.")] = 1,
    threads: Annotated[int, typer.Option("--threads", min=0, help="Threads that compute; 0 leaves it to PyTorch.")] = 0,
    start: Annotated[str, typer.Option("--from", metavar="FILE", help="An adapter to go on from.")] = "",
    interpolate: Annotated[
        float, typer.Option("--interpolate", min=0, max=1, help="Share of the new weights in the mean with the old.")
    ] = 1.0,
    only: Annotated[str, typer.Option("--only", metavar="GLOB", help="Run only cases of the suite named so.")] = "*",
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="How many of its cases are run at once.")] = 1,
) -> None:
    """Tune."""
    from llmsh.tuning.command import Wanted, run_tune

    known = tuple(suites or ())
    wanted = Wanted(
        out, work, data, known, count, minutes, rank, first_layer, rate, seed, threads, start, interpolate, only, jobs
    )
    ctx.exit(run_tune(wanted, ctx.obj, os.environ))
