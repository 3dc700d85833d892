"""/models: which models there are, fetch one, use one, check one."""

from __future__ import annotations

import os

from llmsh.commands.base import Command, Context, said
from llmsh.config_file import set_setting
from llmsh.errors import UsageError
from llmsh.models.catalogue import ModelSpec
from llmsh.models.fetch import ensure, model_path
from llmsh.models.verify import verify
from llmsh.types import Column, Rows, Table, Unit

COLUMNS = (
    Column("model"),
    Column("size", Unit.BYTES),
    Column("memory", Unit.BYTES),
    Column("licence"),
    Column("fetched"),
    Column("in_use"),
)


def run(context: Context, words: list[str]) -> Rows:
    """List, pull, use or check models."""
    verb, *names = words or ["list"]
    if verb == "list" and not names:
        return Table(COLUMNS, [_row(context, model) for model in context.catalogue.models])
    if verb not in VERBS or len(names) > 1:
        raise UsageError(f"/models has no {' '.join(words)}", f"write it as {COMMAND.usage}")
    return VERBS[verb](context, context.catalogue.find(names[0] if names else context.loader.name))


def _row(context: Context, model: ModelSpec) -> tuple[str | int, ...]:
    there = os.path.exists(model_path(model, context.folders.cache))
    used = model.name == context.loader.name
    return (model.name, model.size, model.memory, model.licence, "yes" if there else "no", "yes" if used else "no")


def _pull(context: Context, model: ModelSpec) -> Rows:
    return said(ensure(model, context.folders.cache, context.observe, environment=context.environment))


def _use(context: Context, model: ModelSpec) -> Rows:
    name = model.path or model.name
    context.loader.choose(name)
    path = os.path.join(context.folders.config, "config.toml")
    set_setting(path, "model", name)
    return said(f"{model.name} answers from now on; {path} says so")


def _check(context: Context, model: ModelSpec) -> Rows:
    path = model_path(model, context.folders.cache)
    if not os.path.exists(path):
        raise UsageError(f"{model.name} is not fetched: there is no {path}", f"llmsh models pull {model.name}")
    verify(model, path, context.observe)
    return said(f"{path} is whole" + (f", sha256 {model.sha256}" if model.sha256 else ""))


VERBS = {"pull": _pull, "use": _use, "check": _check}
COMMAND = Command("models", "/models [list | pull NAME | use NAME | check NAME]", "which models there are", run)
