"""Every error llmsh raises on purpose, each with a message, a hint and an exit status.

LlmshError                  1
|- ToolFailed               1   a tool could not do it
|- WorkerFailed             1   the process that ran a tool crashed, hung or ran out of something
|- UsageError               2   an option, a file or a value that cannot be used
|  |- PlanError             2   a plan that does not parse or does not fit together; knows its column
|  |- ConfigError           2   config.toml, models.toml or the database is damaged
|  `- PluginError           2   a plugin that cannot be registered
|- NotUnderstood            3   the model gave no usable plan
|- Interrupted            130   the user pressed Ctrl-C
|- Denied                   4   policy or the user said no
`- NoModel                  5   there is no model to ask
   `- DamagedModel          5   the file is there but its bytes are wrong
"""

from __future__ import annotations

from llmsh.types import Rows


class LlmshError(Exception):
    """Base of all. `message` names the thing, what was expected and what was found; `hint` what to do about it."""

    exit_status = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ToolFailed(LlmshError):
    """A tool could not do what it was asked. `exit_status` is the program's own where a program was run.

    `rows` is what it gave before it failed: a program's output, say. None where that is nothing.
    """

    def __init__(self, message: str, hint: str = "", exit_status: int = 1, rows: Rows | None = None) -> None:
        super().__init__(message, hint)
        self.exit_status = exit_status
        self.rows = rows


class WorkerFailed(LlmshError):
    """The process that ran a tool crashed, hung, flooded its output or ran out of memory."""


class UsageError(LlmshError):
    """An option, a file or a value that cannot be used."""

    exit_status = 2


class PlanError(UsageError):
    """A plan that does not parse or does not fit together. `column` counts characters of `text` from 0."""

    def __init__(self, message: str, text: str = "", column: int = 0, hint: str = "") -> None:
        super().__init__(message, hint)
        self.text = text
        self.column = column


class ConfigError(UsageError):
    """A settings file or the database is damaged."""


class PluginError(UsageError):
    """A plugin that cannot be registered."""


class NotUnderstood(LlmshError):
    """The model gave no usable plan."""

    exit_status = 3


class Denied(LlmshError):
    """Policy said no, or the user did."""

    exit_status = 4


class Interrupted(LlmshError):
    """The user pressed Ctrl-C."""

    exit_status = 130


class NoModel(LlmshError):
    """There is no model to ask."""

    exit_status = 5


class DamagedModel(NoModel):
    """The model file is there but its bytes are not the ones the catalogue names."""
