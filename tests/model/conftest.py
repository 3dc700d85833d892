"""Tests with the real default model: fetched once into the user's cache, loaded once."""

from __future__ import annotations

import os

import pytest

from llmsh.backends.llama import Engine
from llmsh.config import find_folders
from llmsh.models.catalogue import load_catalogue
from llmsh.models.fetch import ensure


@pytest.fixture(scope="session")
def model_file() -> str:
    """The path of the default model."""
    folders = find_folders(os.environ)
    return ensure(load_catalogue(folders).default(), folders.cache, lambda progress: None)


@pytest.fixture(scope="session")
def engine(model_file: str) -> Engine:
    """The default model, loaded."""
    return Engine(model_file, context=8192, threads=0)
