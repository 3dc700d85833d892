"""Values as people read them: sizes, ages, percentages, file names in the colours of their kind."""

from __future__ import annotations

import math
import os
from datetime import datetime

from rich.text import Text

from llmsh.language.translator import Translate, as_written
from llmsh.plain import moment_text, plain_value
from llmsh.render.stream import shown
from llmsh.render.words import age
from llmsh.types import Column, Scalar, Unit
from llmsh.units import show_seconds, show_size

KIND_STYLES = {"folder": "bold blue", "link": "cyan", "fifo": "yellow", "socket": "magenta", "device": "bold yellow"}
ARCHIVES = (".7z", ".bz2", ".deb", ".gz", ".iso", ".jar", ".rar", ".rpm", ".tar", ".tgz", ".whl", ".xz", ".zip", ".zst")
MEDIA = (
    ".avi",
    ".bmp",
    ".flac",
    ".gif",
    ".jpeg",
    ".jpg",
    ".mkv",
    ".mov",
    ".mp3",
    ".mp4",
    ".ogg",
    ".png",
    ".svg",
    ".wav",
    ".webm",
    ".webp",
)


def safe(text: str, style: str = "") -> Text:
    """Text from the world, on one line, with nothing in it that a terminal or rich would act upon."""
    return Text(shown(text), style, no_wrap=True, end="")


def one_cell(text: str, style: str = "") -> Text:
    """The same for a table, where a tab would break the columns."""
    return safe(text.replace("\t", "\\t"), style)


def path_cell(path: str, kind: Scalar = None) -> Text:
    """A path; a folder ends with a slash."""
    if kind == "folder" and not path.endswith("/"):
        path += "/"
    return one_cell(path, path_style(path, kind))


def path_style(path: str, kind: Scalar) -> str:
    """A colour as ls would choose it."""
    extension = os.path.splitext(path)[1].lower()
    if isinstance(kind, str) and kind in KIND_STYLES:
        return KIND_STYLES[kind]
    if extension in ARCHIVES:
        return "red"
    return "magenta" if extension in MEDIA else ""


def cell(value: Scalar, column: Column, now: datetime, translate: Translate = as_written) -> Text:
    """One value of a table."""
    if isinstance(value, bool):
        return Text(translate("yes" if value else "no"))
    if value is None or isinstance(value, str):
        return one_cell(value or "")
    return Text(number_text(value, column.unit, now, translate))


def number_text(value: float, unit: Unit, now: datetime, translate: Translate = as_written) -> str:
    """A number for people."""
    if not math.isfinite(value):
        return plain_value(value)
    if unit is Unit.BYTES:
        return show_size(value)
    if unit is Unit.TIME:
        return age(value, now, translate) or plain_value(value, unit)
    if unit is Unit.SECONDS:
        return translate(show_seconds(value))
    if unit is Unit.PERCENT:
        return f"{value:.1f}%"
    return plain_value(value) if isinstance(value, int) or value.is_integer() else f"{value:.6g}"


def number_sentence(value: Scalar, unit: Unit, now: datetime, translate: Translate = as_written) -> str:
    """A number alone: for people, and exactly where that differs."""
    if value is None or isinstance(value, bool | str):
        return plain_value(value)
    short = number_text(value, unit, now, translate)
    if unit is Unit.BYTES and abs(value) >= 1000:
        return translate(f"{short} ({value:,.0f} bytes)")
    if unit is Unit.SECONDS and value >= 60:
        return translate(f"{short} ({value:,.0f} seconds)")
    if unit is Unit.TIME and (exact := moment_text(value)):
        return f"{short} ({exact})"
    if unit is Unit.NONE and math.isfinite(value) and abs(value) >= 10_000 and float(value).is_integer():
        return f"{int(value):,}"
    return plain_value(value) if unit is Unit.NONE else short
