"""`llmsh eval`: reads a suite, or results of an earlier run, and draws the report."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version

from llmsh.app import Options
from llmsh.config import find_folders, load_config
from llmsh.errors import UsageError
from llmsh.evaluation import report, results
from llmsh.evaluation.compare import compare
from llmsh.evaluation.run import Settings, run_cases
from llmsh.evaluation.suite import read_suite
from llmsh.loading import SCRIPT
from llmsh.render import renderer
from llmsh.render.base import Renderer
from llmsh.types import Route, Status, Turn


@dataclass(frozen=True)
class Wanted:
    """What the command line of `llmsh eval` says: a folder of cases, or a file of results to show once more."""

    suite: str
    only: str = "*"
    jobs: int = 1
    seconds: float = 30.0
    json: str | None = None
    compare: str | None = None
    model: str | None = None
    adapter: str | None = None
    through_program: bool = False
    check: bool = False


def run_eval(wanted: Wanted, options: Options, environment: Mapping[str, str]) -> int:
    """Evaluate and report; the exit status is 1 where a case could not be judged. Raises LlmshError."""
    options = replace(options, model=wanted.model or options.model, adapter=wanted.adapter or options.adapter)
    earlier = results.read(wanted.compare) if wanted.compare else None  # before an hour's work, not after it
    drawn = renderer(options.output, sys.stdout, sys.stderr, colour=options.colour)  # type: ignore[arg-type]
    evaluation = _evaluated(wanted, options, environment, drawn)
    if wanted.json:
        results.write(wanted.json, evaluation)
    if wanted.check:
        drawn.note(f"{len(evaluation.judged)} of {len(evaluation.results)} cases can be judged")
        evaluation = results.Evaluation(evaluation.about, tuple(each for each in evaluation.results if each.broken))
    _draw(drawn, report.sections(evaluation), headings=options.output != "json")
    if earlier is not None:
        _draw(drawn, report.comparison(compare(earlier, evaluation)), headings=options.output != "json")
    return 1 if any(result.broken for result in evaluation.results) else 0


def _evaluated(wanted: Wanted, options: Options, environment: Mapping[str, str], drawn: Renderer) -> results.Evaluation:
    if wanted.suite.endswith(".json"):
        return results.read(wanted.suite)
    cases = read_suite(wanted.suite, wanted.only)
    config = load_config(environment, options.config, {"model": options.model})
    cache = find_folders(environment).cache
    os.makedirs(cache, exist_ok=True)
    settings = Settings(
        cache,
        _absolute(config.model),
        options.adapter and _file(options.adapter),
        wanted.jobs,
        wanted.seconds,
        through_program=wanted.through_program,
        dry=wanted.check,
    )
    with drawn.progress() as observe:
        found, model = run_cases(cases, settings, observe)
    about = {
        "suite": os.path.abspath(wanted.suite),
        "only": wanted.only,
        "version": version("llmsh"),
        "model": model,
        "adapter": settings.adapter,
        "jobs": wanted.jobs,
        "through_program": wanted.through_program,
    }
    return results.Evaluation(about, tuple(found))


def _absolute(model: str) -> str | None:
    """A model's name as it is, a file's as an absolute path: it is loaded by processes that stand elsewhere."""
    if model.startswith(SCRIPT):
        return SCRIPT + os.path.abspath(model.removeprefix(SCRIPT))
    if os.sep in model or model.endswith(".gguf"):
        return os.path.abspath(os.path.expanduser(model))
    return model or None


def _file(path: str) -> str:
    if not os.path.isfile(path):
        raise UsageError(f"there is no adapter {path}", "name a .gguf file that holds one")
    return os.path.abspath(path)


def _draw(drawn: Renderer, parts: Iterable[report.Section], *, headings: bool) -> None:
    for heading, table in parts:
        if headings:
            drawn.turn(Turn(heading, Route.SLASH, Status.ANSWERED, message=f"\n{heading}"))
        drawn.turn(Turn(heading, Route.SLASH, Status.DONE, result=table))
