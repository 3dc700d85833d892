"""Training for real, in little: an adapter is trained, goes on where it ended, and is one that llama.cpp uses.

It needs PyTorch and the rest of `pip install 'llmsh[tune]'`, so it is run by its name and not found as the others are:

    pytest tests/tuning/check_training.py
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pytest

from llmsh.backends.base import Message
from llmsh.backends.llama import Engine
from llmsh.config import find_folders
from llmsh.models.catalogue import load_catalogue
from llmsh.models.fetch import ensure
from llmsh.prompt import tuned_messages
from llmsh.tuning.export import architecture_of, export
from llmsh.tuning.samples import Sample
from llmsh.tuning.tokens import tokenize
from llmsh.tuning.train import Settings, Trained, train

pytestmark = pytest.mark.filterwarnings("ignore")  # those of transformers and PyTorch about one another

SAMPLES = [
    Sample("find the python files here", 'find_files(name="*.py")', "en", "test"),
    Sample("how much memory is used", "memory()", "en", "test"),
    Sample("delete a.txt", 'delete("a.txt")', "en", "test"),
    Sample("现在几点", 'now(format="time")', "zh", "test"),
]


@pytest.fixture(scope="module")
def model() -> str:
    folders = find_folders(os.environ)
    return ensure(load_catalogue(folders).default(), folders.cache, lambda progress: None)


def trained(model: str, minutes: float, checkpoint: Path, start: str = "", interpolate: float = 1) -> Trained:
    settings = Settings(rank=4, alpha=8, first_layer=20, minutes=minutes, start=start, interpolate=interpolate)
    tokens = list(tokenize(SAMPLES, model))
    return train(model, tokens, settings, str(checkpoint), lambda used, loss, speed: None, held_back=tokens)


def surprise(engine: Engine, sample: Sample) -> float:
    """Minus the log probability that the engine gives to each token of a sample's plan, on the average."""
    import numpy as np

    messages = tuned_messages(sample.request, sample.facts, sample.turns)
    prompt = engine.tokens(messages, generate=True)
    plan = engine.tokens((*messages, Message("assistant", sample.plan)), generate=False)[len(prompt) :]
    engine.advance(prompt)
    total = 0.0
    for token in plan:
        logits = engine.logits().astype(np.float64)
        total -= float(logits[token]) - float(logits.max()) - math.log(np.exp(logits - logits.max()).sum())
        engine.append([token])
    return total / len(plan)


def test_an_adapter_is_trained_goes_on_and_is_used_by_llama_cpp(model: str, tmp_path: Path) -> None:
    first = trained(model, 0.1, tmp_path / "checkpoint")
    second = trained(model, 0.3, tmp_path / "checkpoint")
    assert second.steps > first.steps
    assert second.loss < first.loss
    assert second.exact == 1
    adapter = tmp_path / "adapter.gguf"
    export(str(adapter), second.tensors, architecture_of(model), alpha=8)
    before, after = Engine(model, 512, 0), Engine(model, 512, 0, str(adapter))
    for sample in SAMPLES:
        assert surprise(after, sample) < surprise(before, sample) / 2
    resumed = trained(model, 0.02, tmp_path / "another", str(adapter))
    assert resumed.loss < first.loss
    halfway = trained(model, 0.02, tmp_path / "another", str(adapter), 0.5)  # its time is used up: it only goes back
    for name, tensor in second.tensors.items():
        middle = (tensor.half().bfloat16().float() + resumed.tensors[name]) / 2
        assert (halfway.tensors[name] - middle).abs().max() < 1e-6
    assert halfway.epochs == resumed.epochs > 0


def test_the_command_makes_an_adapter_a_record_and_the_scores_of_a_suite(tmp_path: Path) -> None:
    suite = tmp_path / "suite"
    suite.mkdir()
    case = 'id = "count-1"\nstyle = "terse"\nlines = ["how many txt files are here"]\ngold = "echo 1"'
    fixture = 'area = "finding"\nlanguage = "en"\nfixture = "one"\n\n[[case]]\n'
    (suite / "fixtures").mkdir()
    (suite / "fixtures/one.sh").write_text("touch a.txt\n", encoding="utf-8")
    (suite / "cases.toml").write_text(f"{fixture}{case}\n", encoding="utf-8")
    words = [
        *("tune", "out.gguf", "--work", "work", "--suite", "suite", "--minutes", "0.05", "--count", "40"),
        *("--first-layer", "22"),
    ]

    command = [sys.executable, "-m", "llmsh", *words]
    ran = subprocess.run(command, cwd=tmp_path, text=True, capture_output=True, check=False)

    assert ran.returncode == 0, ran.stderr
    record = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert record["scores"]["suite"]["cases"] == 1
    assert record["steps"] > 0
    assert len(record["data_sha256"]) == 64
    assert (tmp_path / "out.gguf").stat().st_size > 100_000
    assert len((tmp_path / "work/train.jsonl").read_text(encoding="utf-8").splitlines()) > 100
