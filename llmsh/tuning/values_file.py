"""Values and how people say them: `value = English | forms = Chinese | forms`, joined by `;` or one a line."""

from __future__ import annotations

import ast
import os
import re
from dataclasses import dataclass

from llmsh.types import Argument, Scalar

NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")


@dataclass(frozen=True)
class Value:
    """What stands in the plan, and the ways to say it in each language."""

    plan: Argument
    en: tuple[str, ...]
    zh: tuple[str, ...]

    def forms(self, language: str) -> tuple[str, ...]:
        """The ways to say it in a language."""
        return self.zh if language == "zh" else self.en


def plain_value(text: str) -> Value:
    """A value that is said as it is written."""
    return Value(text, (text,), (text,))


def parse_values(text: str) -> tuple[Value, ...]:
    """The values of a text. Raises ValueError."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    entries = [entry.strip() for line in lines for entry in _split(line, ";")]
    return tuple(_value(entry) for entry in entries if entry)


def read_values(folder: str) -> dict[str, tuple[Value, ...]]:
    """The values of every file NAME.txt of a folder, by NAME."""
    found = {}
    for name in sorted(os.listdir(folder)):
        if name.endswith(".txt"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                found[name.removesuffix(".txt")] = parse_values(file.read())
    return found


def _value(entry: str) -> Value:
    parts = [part.strip() for part in _split(entry, " = ")]
    if len(parts) > 3:
        raise ValueError(f"a value is written value = English = 中文, not {entry[:60]}")
    plan = _literal(parts[0])
    shown = str(plan)
    forms = [tuple(form.strip() for form in _split(part, "|") if form.strip()) for part in parts[1:]]
    english = forms[0] if forms and forms[0] else (shown,)
    chinese = forms[1] if len(forms) > 1 and forms[1] else (shown,)
    return Value(plan, english, chinese)


def _split(text: str, separator: str) -> list[str]:
    """Split at the separators that no backslash stands before."""
    found = re.split(rf"(?<!\\){re.escape(separator)}", text)
    return [part.replace("\\" + separator.strip(), separator.strip()) for part in found]


def _literal(text: str) -> Scalar:
    """Numbers, True and False are themselves, a text in double quotes is read as Python, all else as it stands."""
    if NUMBER.fullmatch(text) or text in ("True", "False") or re.fullmatch(r'"(?:[^"\\]|\\.)*"', text):
        value = ast.literal_eval(text)
        if isinstance(value, str | int | float | bool):
            return value
    return text
