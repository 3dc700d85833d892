"""The language of what people read: English as the code says it, or Chinese by the catalogue `zh.toml`.

Messages are made in English where they arise and translated where they are drawn, as whole sentences: a finished
message is matched against the templates of the catalogue. Data is never translated: not --json, not --plain, no path,
no plan, no row that a tool gave.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # --help in English does without it
    from llmsh.language.translator import Translator

LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
CHINESE = "zh"


def is_chinese(environment: Mapping[str, str], chosen: str = "auto") -> bool:
    """Whether to speak Chinese: as `chosen` says (en, zh), by the locale where that is `auto`."""
    if chosen != "auto":
        return chosen == CHINESE
    locale = next((environment[name] for name in LOCALE if environment.get(name)), "")
    return locale.startswith(CHINESE)


def translator_for(environment: Mapping[str, str], chosen: str = "auto", wanted: Collection[str] = ()) -> Translator:
    """The translator for a user, of the `wanted` sections or all; in English what it is given comes back as it is."""
    from llmsh.language.translator import Translator

    if not is_chinese(environment, chosen):
        return Translator({}, {})
    from llmsh.language.catalogue import read_catalogue

    sections = read_catalogue(wanted)
    columns = sections.pop("columns", {})
    return Translator({text: said for section in sections.values() for text, said in section.items()}, columns)
