"""The loop: read a line, hand it to the shell, draw its turn. Nothing that goes wrong in between ends it."""

from __future__ import annotations

import os
from collections.abc import Mapping

from prompt_toolkit import PromptSession
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.output import create_output

from llmsh.app import App, Options, build
from llmsh.clean import clean_line
from llmsh.repl.completion import ShellCompleter
from llmsh.repl.highlight import PlanLexer
from llmsh.repl.history import open_history
from llmsh.repl.keys import key_bindings
from llmsh.repl.toolbar import STYLE, prompt_text, toolbar
from llmsh.shell import is_nothing, leaving
from llmsh.types import Preview

REDRAWN = 1.0
"""Seconds after which the toolbar is drawn again: the model loads while the prompt waits."""


class Repl:
    """One interactive session."""

    def __init__(self, options: Options, environment: Mapping[str, str]) -> None:
        self._app: App = build(options, environment, ask=self._approved, pick=self._picked)
        self._prompt: PromptSession[str] = PromptSession(
            history=open_history(self._app.folders.data) if self._app.config.history else InMemoryHistory(),
            completer=ShellCompleter(self._app.shell.registry, environment),
            lexer=PlanLexer(self._app.shell.registry),
            key_bindings=key_bindings(),
            bottom_toolbar=self._toolbar,
            style=STYLE,
            complete_while_typing=False,
            enable_open_in_editor=True,
            prompt_continuation="  ",
            refresh_interval=REDRAWN,
            output=create_output(always_prefer_tty=True),  # llmsh > file: the prompt is no data
        )

    def run(self) -> int:
        """Read and handle lines until Ctrl-D or `exit`; gives the exit status of the last line."""
        self._app.loader.begin()
        status = 0
        try:
            while True:
                try:
                    line = self._prompt.prompt(lambda: prompt_text(self._app.shell.session))
                    left = leaving(line, status)
                    if left is not None:
                        return left
                    if not is_nothing(line):
                        status = self._handle(line)
                except KeyboardInterrupt:  # an empty line, or a drawing that took too long: a new prompt
                    continue
                except EOFError:
                    return status
        finally:
            self._app.close()

    def _handle(self, line: str) -> int:
        """One line to its end; one of the four places that catch everything: a bug must not end the session."""
        try:
            turn = self._app.shell.handle(line)
            self._app.renderer.turn(turn)
        except Exception as error:  # see above
            if os.environ.get("LLMSH_DEBUG"):
                raise
            self._app.renderer.error(f"llmsh has a bug: {type(error).__name__}: {error}", "LLMSH_DEBUG=1 shows where")
            return 1
        return turn.exit_status

    def _approved(self, shown: Preview) -> bool:
        """Ask whether a call may run. Anything but yes is no: an empty answer, Ctrl-C, Ctrl-D."""
        question = PromptSession[str]()
        try:
            answer = question.prompt(self._app.translate(f"run {clean_line(shown.call)}? [y/N] "))
        except (KeyboardInterrupt, EOFError):
            return False
        return answer.strip().lower() in ("y", "yes", "是", "好")

    def _picked(self, unsure: str, plans: tuple[str, ...]) -> int | None:  # noqa: ARG002  it is on the screen already
        """Ask for the number of a plan. Anything else chooses none of them."""
        question = PromptSession[str]()
        try:
            answer = question.prompt(self._app.translate(f"which one? [1-{len(plans)}, Enter: none] ")).strip()
        except (KeyboardInterrupt, EOFError):
            return None
        return int(answer) - 1 if answer in map(str, range(1, len(plans) + 1)) else None

    def _toolbar(self) -> str:
        text = self._prompt.default_buffer.text
        caged = self._app.caged()
        return toolbar(text, self._app.shell, self._app.loader.state, self._app.translate, caged=caged)
