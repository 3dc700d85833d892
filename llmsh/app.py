"""Composition root: options to a running shell. The only file that names the concrete classes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from llmsh import commands
from llmsh.capture import captured
from llmsh.certainty import Choose, Sure
from llmsh.commands.base import Context
from llmsh.config import Config, Folders, find_folders, load_config
from llmsh.executor import Executor
from llmsh.language import translator_for
from llmsh.language.translator import Translator
from llmsh.loading import ModelLoader, Place
from llmsh.models.catalogue import load_catalogue
from llmsh.piped import piped_input
from llmsh.planner import Planner
from llmsh.plugins import Loaded
from llmsh.plugins import load as load_plugins
from llmsh.policy import Ground, judge
from llmsh.prompt import Prompter
from llmsh.registry import Registry, derive
from llmsh.render import Kind, renderer
from llmsh.render.base import Renderer
from llmsh.route import Routed, route
from llmsh.sandbox.base import Tier
from llmsh.sandbox.broker import Broker
from llmsh.sandbox.client import Worker
from llmsh.session import Mode, Session
from llmsh.shell import Shell
from llmsh.store.turns import NoTurns, open_turns
from llmsh.terminal import Terminal, say
from llmsh.tools import built_in
from llmsh.turn_json import turn_json
from llmsh.types import Confirm, Decision, Effects, Observe, Preview, Route, Rows, Status, Turn, Verdict


@dataclass(frozen=True)
class Options:
    """What the command line says. `output` is human, plain or json; None stands for what the setting says.

    `stdin_is_script`: standard input holds the lines themselves, and is no value for them.
    """

    output: str = "human"
    colour: bool = False
    yes: bool = False
    dry_run: bool = False
    mode: str | None = None
    model: str | None = None
    adapter: str | None = None
    config: str | None = None
    stdin_is_script: bool = False


@dataclass(frozen=True)
class App:
    """A shell with what the REPL needs beside it. `caged`: is it not known that nothing here holds a program?"""

    shell: Shell
    renderer: Renderer
    loader: ModelLoader
    config: Config
    folders: Folders
    translate: Translator
    close: Callable[[], None]
    caged: Callable[[], bool] = lambda: True


def build(
    options: Options, environment: Mapping[str, str], ask: Confirm | None = None,
    loader: ModelLoader | None = None, pick: Choose | None = None,
) -> App:  # fmt: skip
    """Everything a session needs, wired. `ask` asks the user to approve a call, `pick` which of several plans is meant;
    None where nobody can be asked. `loader` is that of an earlier session, so that its model is loaded once.

    Raises ConfigError. The worker is started here, before a model is loaded: it must never hold one.
    """
    folders = find_folders(environment)
    config = load_config(environment, options.config, {"mode": options.mode, "model": options.model})
    translate = translator_for(environment, config.language)
    output: Kind = options.output  # type: ignore[assignment]
    drawn = renderer(output, sys.stdout, sys.stderr, colour=options.colour, translate=translate)
    registry, plugins = _tools(folders, config, drawn)
    worker = _worker(folders, config, environment, plugins)
    piped = None if options.stdin_is_script else piped_input(sys.stdin)
    session = Session(dict(environment), Mode(config.mode), stdin=piped)
    catalogue = load_catalogue(folders)
    prompter = Prompter(registry)
    if loader is None:
        place = Place(catalogue, config, folders, environment, options.adapter)
        loader = ModelLoader(config.model, place, prompter.stable)
    planner = Planner(registry, prompter, loader, config.plan_tokens)
    turns = open_turns(folders.data, drawn.note) if config.history else NoTurns()

    def slash(text: str, observe: Observe) -> Turn:
        context = Context(
            registry, session, config, folders, environment, catalogue, plugins, loader, turns, observe, worker.examine
        )
        return Turn("", Route.SLASH, Status.DONE, result=commands.run_command(text, context))

    def close() -> None:
        worker.close()
        turns.close()

    shell = Shell(
        session=session,
        registry=registry,
        router=_router(registry, session),
        planner=planner,
        executor=Executor(
            sandbox=worker,
            session=session,
            judge=_judge(session, folders, lambda: worker.confines),
            confirm=_confirm(options, drawn, ask),
            details=options.output != "plain",
            refused="" if ask else "--yes approves it, --dry-run shows it",
        ),
        command=_command(session, options, translate),
        slash=slash,
        note=drawn.plan_note,
        record=lambda turn: turns.record(turn_json(turn)),
        progress=drawn.progress,
        sure=Sure(config.sure, config.sure_changing),
        choose=pick and _choose(drawn, pick),
        dry_run=options.dry_run,
    )
    return App(shell, drawn, loader, config, folders, translate, close, lambda: worker.known is not Tier.NONE)


def _tools(folders: Folders, config: Config, drawn: Renderer) -> tuple[Registry, tuple[Loaded, ...]]:
    """The tools there are, with the user's limits, and the plugins that were found; what is wrong with one is drawn."""
    registry = Registry(derive(function) for function in built_in())
    plugins = load_plugins(folders, registry)
    for plugin in plugins:
        if plugin.error is not None:
            drawn.error(plugin.error.message, plugin.error.hint)
    registry.limit(config.limits)
    return registry, plugins


def _worker(folders: Folders, config: Config, environment: Mapping[str, str], plugins: Sequence[Loaded]) -> Worker:
    """The process that runs tools, started with the plugins that load."""
    broker = Broker(config.fetch_allow, environment if config.fetch_proxy else {})
    worker = Worker(broker=broker, cache=folders.cache)
    worker.start([plugin.path for plugin in plugins if plugin.error is None])
    return worker


def _router(registry: Registry, session: Session) -> Callable[[str], Routed]:
    import shutil

    def is_program(name: str) -> bool:
        return shutil.which(name, path=session.environment.get("PATH")) is not None

    return lambda line: route(line, is_program, lambda name: registry.get(name) is not None, os.path.lexists)


def _judge(session: Session, folders: Folders, confined: Callable[[], bool]) -> Callable[[Effects], Verdict]:
    home = session.environment.get("HOME") or os.path.expanduser("~")
    protected = (folders.config, folders.data, folders.cache)

    def judged(effects: Effects) -> Verdict:
        return judge(effects, Ground(session.mode.value, session.cwd, home, confined(), protected))

    return judged


def _confirm(options: Options, drawn: Renderer, ask: Confirm | None) -> Confirm:
    """How a call that needs approval gets it: --yes gives it, the REPL asks, and without either it is refused."""

    def confirm(shown: Preview) -> bool:
        if shown.verdict.decision is not Decision.ASK:
            return False
        if options.yes:
            return True
        drawn.preview(shown)
        return ask is not None and ask(shown)

    return confirm


def _choose(drawn: Renderer, pick: Choose) -> Choose:
    """Show the plans, then ask for one of them."""

    def choose(unsure: str, plans: tuple[str, ...]) -> int | None:
        drawn.choices(unsure, plans)
        return pick(unsure, plans)

    return choose


def _command(session: Session, options: Options, translate: Translator) -> Callable[[str], Turn]:
    terminal = Terminal(lambda text: say(translate(text)))

    def command(line: str) -> Turn:
        if options.dry_run:
            return Turn("", Route.COMMAND, Status.DONE, message=f"would run: {line}")
        result: Rows | None = None
        if options.output == "json":  # standard output holds one object a line and nothing else
            with captured() as read:
                status = terminal.run(line, session)
            result = read()
        else:
            status = terminal.run(line, session)
        ended = Status.DONE if status == 0 else Status.FAILED
        return Turn("", Route.COMMAND, ended, status, result=result)

    return command
