"""The prompt, and the line below it: which way the typed line would take, the mode, the model."""

from __future__ import annotations

import os

from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.styles import Style

from llmsh.clean import clean_line
from llmsh.language.translator import Translate, as_written
from llmsh.session import Mode, Session
from llmsh.shell import Shell
from llmsh.types import Route

STYLE = Style.from_dict({"prompt": "ansicyan", "bottom-toolbar": "noreverse ansibrightblack"})
WAYS = {Route.ASK: "ask the model", Route.COMMAND: "command", Route.SLASH: "llmsh", Route.PLAN: "plan"}


def prompt_text(session: Session) -> FormattedText:
    """The folder, `~` for home, and a sign that says the mode: ❯ ask, » auto, ◇ read-only."""
    home = session.environment.get("HOME", "")
    folder = session.cwd
    if home and (folder == home or folder.startswith(home + os.sep)):
        folder = "~" + folder.removeprefix(home)
    sign = {Mode.ASK: "❯", Mode.AUTO: "»", Mode.READ_ONLY: "◇"}[session.mode]
    return FormattedText([("class:prompt", clean_line(folder)), ("", f" {sign} ")])


def toolbar(text: str, shell: Shell, model: str, translate: Translate = as_written, *, caged: bool = True) -> str:
    """What Enter would do with the text, and in what state the shell is."""
    way = f"{translate(WAYS[shell.router(text).route])} · " if text.strip() else ""
    held = "" if caged else f" · {translate('no cage here: only reading (llmsh doctor)')}"
    return f" {way}{shell.session.mode.value} · {translate('model')} {clean_line(translate(model))}{held}"
