"""Drawing: the one folder that knows rich. `renderer` chooses how a turn reaches the user."""

from __future__ import annotations

from typing import Literal, TextIO

from llmsh.language.translator import Translator
from llmsh.render.base import Renderer

Kind = Literal["human", "plain", "json"]


def renderer(
    kind: Kind, stdout: TextIO, stderr: TextIO, *, colour: bool, translate: Translator | None = None
) -> Renderer:
    """The renderer of a kind.

    `colour` allows escape codes where a stream is a terminal: pass False for NO_COLOR, TERM=dumb or no TERM.
    `translate` is for what is drawn for people: never for data that is plain or JSON.
    A BrokenPipeError (`| head -1`) or other OSError of `stdout` passes through every renderer to the caller.
    """
    if kind == "json":
        from llmsh.render.json_lines import JsonRenderer

        return JsonRenderer(stdout, stderr, colour=colour, translate=translate)
    if kind == "plain":
        from llmsh.render.plain import PlainRenderer

        return PlainRenderer(stdout, stderr, colour=colour, translate=translate)
    from llmsh.render.human import HumanRenderer

    return HumanRenderer(stdout, stderr, colour=colour, translate=translate)
