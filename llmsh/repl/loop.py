"""The loop: read a line, hand it to the shell, draw its turn. Nothing that goes wrong in between ends it."""

from __future__ import annotations

import os
from collections.abc import Mapping

from prompt_toolkit import PromptSession
from prompt_toolkit.history import FileHistory, History, InMemoryHistory

from llmsh.app import App, Options, build
from llmsh.clean import clean_line
from llmsh.repl.completion import ShellCompleter
from llmsh.repl.highlight import PlanLexer
from llmsh.repl.keys import key_bindings
from llmsh.repl.toolbar import STYLE, prompt_text, toolbar
from llmsh.types import Preview

LEAVE = ("exit", "quit", "logout", "/quit", "/exit")


class Repl:
    """One interactive session."""

    def __init__(self, options: Options, environment: Mapping[str, str]) -> None:
        self._app: App = build(options, environment, ask=self._approved)
        self._prompt: PromptSession[str] = PromptSession(
            history=_history(self._app.folders.data),
            completer=ShellCompleter(self._app.shell.registry, environment),
            lexer=PlanLexer(self._app.shell.registry),
            key_bindings=key_bindings(),
            bottom_toolbar=self._toolbar,
            style=STYLE,
            complete_while_typing=False,
            enable_open_in_editor=True,
            prompt_continuation="  ",
        )

    def run(self) -> int:
        """Read and handle lines until Ctrl-D or `exit`; gives the exit status of the last line."""
        self._app.loader.begin()
        status = 0
        try:
            while True:
                try:
                    line = self._prompt.prompt(lambda: prompt_text(self._app.shell.session))
                    if line.strip() in LEAVE:
                        return status
                    if line.strip():
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
            answer = question.prompt(f"run {clean_line(shown.call)}? [y/N] ")
        except (KeyboardInterrupt, EOFError):
            return False
        return answer.strip().lower() in ("y", "yes", "是", "好")

    def _toolbar(self) -> str:
        text = self._prompt.default_buffer.text
        return toolbar(text, self._app.shell, self._app.loader.state)


def _history(folder: str) -> History:
    """The history file; in memory alone where it cannot be written."""
    path = os.path.join(folder, "lines")
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        with open(path, "ab"):
            os.chmod(path, 0o600)
    except OSError:
        return InMemoryHistory()
    return FileHistory(path)
