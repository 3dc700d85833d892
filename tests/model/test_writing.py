"""Rewording with the real models: the default one writes, and reads with its adapter."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from llmsh.config import find_folders
from llmsh.models.adapters import adapter_path
from llmsh.models.catalogue import load_catalogue
from llmsh.registry import Registry, derive
from llmsh.tools import built_in
from llmsh.tuning.writing import TEXTS, reader, writer

pytestmark = pytest.mark.model

REQUEST = "how many python files are here"


def test_a_request_is_said_in_other_words_the_same_for_the_same_seed(model_file: str) -> None:
    first, again, other = (list(writer(model_file, seed)(REQUEST, "en")) for seed in (1, 1, 2))

    assert first == again != other
    assert len(first) == TEXTS
    assert all(text and "\n" not in text for text in (*first, *other))


def test_the_tuned_model_says_what_it_reads_and_how_surely(model_file: str, tmp_path: Path) -> None:
    adapter = load_catalogue(find_folders(os.environ)).default().adapter
    assert adapter is not None
    registry = Registry(derive(function) for function in built_in())
    plan, probability = reader(registry, model_file, adapter_path(adapter), str(tmp_path))(REQUEST)

    assert plan == 'find_files(name="*.py") | count()'
    assert 0.5 < probability <= 1
