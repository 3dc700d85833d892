"""Changes one setting in config.toml and leaves the rest of the file as the user wrote it."""

from __future__ import annotations

import json
import os
import re

from llmsh.errors import ConfigError


def set_setting(path: str, name: str, value: str) -> None:
    """Set a text setting; the file and its folder are made where they are missing. Raises ConfigError."""
    line = f"{name} = {json.dumps(value)}\n"  # a JSON string is a TOML basic string
    temporary = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(temporary, "w", encoding="utf-8") as file:
            file.write(_with(_read(path), name, line))
        os.replace(temporary, path)
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror}"
        raise ConfigError(message, f"write {line.strip()} there yourself") from None


def _read(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return ""


def _with(text: str, name: str, line: str) -> str:
    """The text with the line in place of the setting's own, or before everything else: a table may follow."""
    changed, count = re.subn(rf"(?m)^\s*{name}\s*=.*\n?", lambda _: line, text, count=1)
    return changed if count else line + text
