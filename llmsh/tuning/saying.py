"""How a value is said where it stands: a folder with its preposition, a name in quotes, "the last week"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from llmsh.tuning.forms import Slot
from llmsh.tuning.slots import PATH_KINDS
from llmsh.tuning.values_file import Value
from llmsh.tuning.wording import EMPTY, Held

HERE = {"en": ("", "", "here", "in here", "in this folder", "in the current directory", "in this directory",
               "in the current folder"),
        "zh": ("", "", "当前目录下", "当前文件夹里", "这里", "这个目录里", "当前目录里", "本目录下")}  # fmt: skip
WITHIN = {
    "en": ("in {}", "in {}", "in {}", "in the {} folder", "in the {} directory", "under {}", "inside {}",
           "in the folder {}", "in directory {}", "inside the {} folder", "from {}", "within {}", "below {}"),
    "zh": ("{}里", "{}里", "{}下", "{}目录下", "{}目录里", "{}文件夹里", "{}里面", "{}中", "{}文件夹下", "{}目录中",
           "{}里头", "{}底下", "{}里边", "{}这个目录里", "{}那个文件夹里"),
}  # fmt: skip
NAMED_IN_WORDS = re.compile(r"^(my |the )|目录|文件夹|主目录$")
NOUNS_BEFORE = re.compile(
    r"(\b(file|files|folder|directory|the|a|an|my|this|named|called|archive|image|script|log)|文件|目录|文件夹|叫|名为|[“\"'「])\s*$"
)
NOUNS_AFTER = re.compile(r"^\s*(files?|folders?|director|script|log|archive|image|文件|目录|文件夹|'|[”\"」])")


@dataclass(frozen=True)
class Speech:
    """What is spoken: a language, by whom, and the values so far."""

    language: str
    rng: Random
    held: Held


def say(slot: Slot, value: Value, before: str, after: str, speech: Speech) -> str:
    """How a value is said where it stands; held, unless it is left out."""
    rng, language = speech.rng, speech.language
    if slot.within:
        said = _within(value, speech)
        return speech.held.hold(said) if said else EMPTY
    said = str(value.plan) if slot.bare else rng.choice(value.forms(language))
    if slot.kind in ("file", *PATH_KINDS) and value.plan != ".":
        said = _named(said, slot.kind, before, after, speech)
    elif slot.kind == "age" and re.search(r"\b(last|past|previous)\s*$", before):
        said = re.sub(r"^(an?|one|1) ", "", said)
    return speech.held.hold(said)


def _within(value: Value, speech: Speech) -> str:
    rng, language = speech.rng, speech.language
    if value.plan == ".":
        return rng.choice(HERE[language])
    said = rng.choice(value.forms(language))
    if NAMED_IN_WORDS.search(said):
        return f"in {said}" if language == "en" else rng.choice(("{}里", "{}下", "{}中")).format(said)
    said = quoted(said, rng)
    return rng.choice(WITHIN[language]).format(said)


def quoted(name: str, rng: Random) -> str:
    """A name in quotes: often where it has a space, seldom otherwise."""
    if rng.random() < (0.6 if " " in name else 0.02) and "'" not in name and '"' not in name:
        return rng.choice(("'{}'", '"{}"', '"{}"')).format(name)
    return name


def _named(said: str, kind: str, before: str, after: str, speech: Speech) -> str:
    """A name with the word for what it is now and then, where no such word stands beside it."""
    rng = speech.rng
    if before.endswith("/") or after.startswith("/"):  # a part of a path
        return said
    if NAMED_IN_WORDS.search(said) or NOUNS_BEFORE.search(before) or NOUNS_AFTER.search(after):
        return said if NAMED_IN_WORDS.search(said) else quoted(said, rng)
    said = quoted(said, rng)
    if kind.startswith("new") or rng.random() > 0.16:
        return said
    folder = kind.endswith("folder")
    if speech.language == "zh":
        return rng.choice(
            ("{}文件夹", "{}目录", "{}这个文件夹") if folder else ("{}文件", "{}这个文件", "文件{}")
        ).format(said)
    if folder:
        return rng.choice(("the {} folder", "the folder {}", "the {} directory", "the directory {}")).format(said)
    return f"the file {said}"
