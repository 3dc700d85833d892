"""zh.toml has every text of llmsh, with the same holes, and nothing else."""

from __future__ import annotations

import os
import re
import tomllib
from functools import cache

import pytest

from llmsh.language.catalogue import FILE, read_catalogue
from llmsh.language.translator import HOLE
from tests.message_values import Sources
from tests.messages import columns, messages

CATALOGUE = read_catalogue()
SECTIONS = {name: section for name, section in CATALOGUE.items() if name != "columns"}
ENTRIES = [(text, said) for section in SECTIONS.values() for text, said in section.items()]
OTHERS = {
    "system": {os.strerror(number) for number in range(1, 134)},
    "typer": None,
}
"""Sections of words that are not ours: the system's, and typer's, which tests/e2e/test_language.py provokes."""
HANDED_ON = {"No closing quotation", "No escaped character", "nothing"}
"""What stands inside a message of ours: words of shlex, and of a tool that takes nothing."""


@cache
def sources() -> Sources:
    return Sources()


def test_it_is_read_as_the_toml_that_it_is() -> None:
    with open(FILE, "rb") as source:
        assert read_catalogue() == tomllib.load(source)
    assert read_catalogue(["typer"]) == {"typer": SECTIONS["typer"]}


def test_every_message_has_its_chinese() -> None:
    known = {text for text, _ in ENTRIES}
    assert [text for text in messages(sources()) if text not in known] == [], "run: python -m tests.messages"


def test_every_column_has_its_chinese() -> None:
    assert [name for name in columns(sources()) if name not in CATALOGUE["columns"]] == []


def test_no_entry_is_unused() -> None:
    used = messages(sources())
    ours = {text for name, section in SECTIONS.items() if name not in OTHERS for text in section}
    assert sorted(ours - used.keys() - HANDED_ON) == []
    assert sorted(CATALOGUE["columns"].keys() - columns(sources()).keys()) == []


def test_the_systems_words_are_the_systems() -> None:
    assert sorted(SECTIONS["system"].keys() - (OTHERS["system"] or set())) == []


def test_no_text_stands_in_two_sections() -> None:
    assert len(ENTRIES) == len(dict(ENTRIES))


@pytest.mark.parametrize(("text", "said"), ENTRIES, ids=[text[:40] for text, _ in ENTRIES])
def test_a_translation_holds_what_its_text_holds(text: str, said: str) -> None:
    assert said
    assert sorted({hole[1] for hole in HOLE.finditer(said)}) == [hole[1] for hole in HOLE.finditer(text)]


def test_what_a_user_types_is_not_translated() -> None:
    """Options, environment variables and calls stand in the Chinese as they do in the English."""
    typed = re.compile(r"--[a-z-]+|[A-Z]+_[A-Z_]+|[a-z_]+\(|/[a-z]{3,}\b|\[[a-z]+\]")
    ours = [entry for name, section in SECTIONS.items() if name not in OTHERS for entry in section.items()]
    different = [text for text, said in ours if sorted(typed.findall(text)) != sorted(typed.findall(said))]
    assert different == []
