"""Reads `zh.toml`, which ships inside the package: sections of English templates with their Chinese.

It is TOML with each entry on a line of its own, which is read here in a tenth of the time that tomllib takes: the help
of the command line must not wait for it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection

FILE = os.path.join(os.path.dirname(__file__), "zh.toml")
SECTION = re.compile(r"^\[(\w+)\]$", re.MULTILINE)
ENTRY = re.compile(r"""^(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|(\w+)) = (?:"((?:[^"\\]|\\.)*)"|'([^']*)')$""", re.MULTILINE)

ESCAPES = {"n": "\n", "b": "\b", '"': '"', "\\": "\\"}


def read_catalogue(wanted: Collection[str] = ()) -> dict[str, dict[str, str]]:
    """The sections that are wanted, all of them where none is named."""
    with open(FILE, encoding="utf-8") as source:
        _, *parts = SECTION.split(source.read())
    sections = zip(parts[::2], parts[1::2], strict=True)
    return {name: _entries(part) for name, part in sections if not wanted or name in wanted}


def _entries(part: str) -> dict[str, str]:
    found = ENTRY.findall(part)
    return {
        _plain(quoted) or literal or bare: _plain(said) or said_so for quoted, literal, bare, said, said_so in found
    }


def _plain(text: str) -> str:
    """What stands between double quotes, without its escapes."""
    return re.sub(r"\\(.)", lambda escape: ESCAPES[escape[1]], text) if "\\" in text else text
